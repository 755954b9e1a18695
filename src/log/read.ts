/** Reads the log from its end, so that the newest lines of a large file come at once. */
import { type FileHandle, open } from 'node:fs/promises';
import type { LogLevel } from './log.ts';

export interface LogEntry {
  /** ISO. */
  readonly time: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly integration?: string;
  readonly run?: string;
  readonly type?: string;
  readonly record?: string;
  readonly [key: string]: unknown;
}

export interface LogFilter {
  readonly integration?: string;
  readonly run?: string;
  /** This serious or more. */
  readonly level?: LogLevel;
  /** Default 1,000. */
  readonly limit?: number;
}

const CHUNK = 64 * 1024;
const NEWLINE = 0x0a;
const SEVERITY: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * The newest entries that fit, newest last. Lines that are not entries (cut by a crash, written by hand) are passed over, and so
 * are files that do not exist.
 * @param files newest first, see `logFiles`
 */
export async function readLog(files: readonly string[], filter: LogFilter = {}): Promise<LogEntry[]> {
  const limit = filter.limit ?? 1_000;
  const entries: LogEntry[] = [];
  for (const file of files) {
    if (entries.length >= limit) break;
    const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (handle === null) continue;
    try {
      for await (const line of linesFromEnd(handle)) {
        const entry = parseEntry(line, filter);
        if (entry !== null) entries.push(entry);
        if (entries.length >= limit) break;
      }
    } finally {
      await handle.close();
    }
  }
  return entries.reverse();
}

async function* linesFromEnd(file: FileHandle): AsyncGenerator<string> {
  let position = (await file.stat()).size;
  // The pieces, in order, of a line whose beginning has not been read yet. Cut as bytes: a chunk may end within a character.
  let tail: Buffer[] = [];
  while (position > 0) {
    const length = Math.min(CHUNK, position);
    position -= length;
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
    const chunk = buffer.subarray(0, bytesRead);
    let end = chunk.length;
    while (end > 0) {
      const newline = chunk.lastIndexOf(NEWLINE, end - 1);
      if (newline === -1) break;
      yield Buffer.concat([chunk.subarray(newline + 1, end), ...tail]).toString('utf8');
      tail = [];
      end = newline;
    }
    tail.unshift(chunk.subarray(0, end));
  }
  yield Buffer.concat(tail).toString('utf8');
}

function parseEntry(line: string, { integration, run, level }: LogFilter): LogEntry | null {
  // Most lines of a search do not fit, and looking for the value is much quicker than parsing.
  for (const value of [integration, run]) {
    if (value !== undefined && !line.includes(JSON.stringify(value))) return null;
  }
  const entry = parse(line);
  if (entry === null) return null;
  if (integration !== undefined && entry.integration !== integration) return null;
  if (run !== undefined && entry.run !== run) return null;
  if (level !== undefined && SEVERITY.indexOf(entry.level) < SEVERITY.indexOf(level)) return null;
  return entry;
}

function parse(line: string): LogEntry | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line) as LogEntry;
    return typeof entry.time === 'string' && typeof entry.message === 'string' && SEVERITY.includes(entry.level)
      ? entry
      : null;
  } catch {
    return null;
  }
}
