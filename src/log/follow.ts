/** New entries of the log as they are written, by whatever process. */
import { type FileHandle, open } from 'node:fs/promises';
import { fits, type LogEntry, type LogFilter, parseEntry } from './read.ts';

const chunk = 64 * 1024;
const newline = 0x0a;

/** From the end of the file as it is now. `next` waits before each look; the log may be moved aside meanwhile. */
export async function* followLog(
  file: string,
  filter: LogFilter,
  options: { signal: AbortSignal; next: (signal: AbortSignal) => Promise<void> },
): AsyncGenerator<LogEntry> {
  const { signal, next } = options;
  let reader = await TailReader.open(file, 'end');
  try {
    while (!signal.aborted) {
      for (const entry of await entriesOf(reader, filter)) yield entry;
      if (reader === null || (await reader.isMoved(file))) {
        const fresh = await TailReader.open(file, 'start');
        if (fresh !== null) {
          // What was written between the last look and the move is in the old file.
          for (const entry of await entriesOf(reader, filter)) yield entry;
          await reader?.close();
          reader = fresh;
          continue;
        }
      }
      await next(signal);
    }
  } finally {
    await reader?.close();
  }
}

async function entriesOf(reader: TailReader | null, filter: LogFilter): Promise<LogEntry[]> {
  const lines = reader === null ? [] : await reader.lines();
  return lines.map(parseEntry).filter((entry) => entry !== null && fits(entry, filter)) as LogEntry[];
}

class TailReader {
  readonly #file: FileHandle;
  readonly #inode: number;
  #position: number;
  /** A line whose end has not been written yet. */
  #rest = Buffer.alloc(0);

  private constructor(file: FileHandle, inode: number, position: number) {
    this.#file = file;
    this.#inode = inode;
    this.#position = position;
  }

  /** Null while there is no such file. */
  static async open(path: string, from: 'start' | 'end'): Promise<TailReader | null> {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (file === null) return null;
    const { ino, size } = await file.stat();
    return new TailReader(file, ino, from === 'end' ? size : 0);
  }

  /** Whole lines written since the last call. */
  async lines(): Promise<string[]> {
    const parts = [this.#rest];
    for (;;) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(chunk), 0, chunk, this.#position);
      if (bytesRead === 0) break;
      this.#position += bytesRead;
      parts.push(buffer.subarray(0, bytesRead));
    }
    const all = Buffer.concat(parts);
    const end = all.lastIndexOf(newline) + 1;
    this.#rest = Buffer.from(all.subarray(end));
    return end === 0
      ? []
      : all
          .subarray(0, end - 1)
          .toString('utf8')
          .split('\n');
  }

  async isMoved(path: string): Promise<boolean> {
    const there = await open(path, 'r').catch(() => null);
    if (there === null) return false;
    try {
      return (await there.stat()).ino !== this.#inode;
    } finally {
      await there.close();
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
