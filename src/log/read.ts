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
  readonly type?: string;
  /** The vendor's id of a record, or its number or name as the log says it. */
  readonly record?: string;
  /** ISO; older entries are left out. */
  readonly since?: string;
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
        if (!mayFit(line, filter)) continue;
        const entry = parseEntry(line);
        // The file is in the order of time, but for two processes that write at once.
        if (entry !== null && filter.since !== undefined && isLongBefore(entry.time, filter.since)) break;
        if (entry !== null && fits(entry, filter)) entries.push(entry);
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

/** Whether an entry is one that the filter asks for. */
export function fits(entry: LogEntry, { integration, run, type, record, level, since }: LogFilter): boolean {
  if (integration !== undefined && entry.integration !== integration) return false;
  if (run !== undefined && entry.run !== run) return false;
  if (type !== undefined && entry.type !== type) return false;
  if (record !== undefined && entry.record !== record && !named(entry, record)) return false;
  if (since !== undefined && entry.time < since) return false;
  return level === undefined || SEVERITY.indexOf(entry.level) >= SEVERITY.indexOf(level);
}

/** `48213` names "48213 Printer is out of paper" and "Ticket 48213", and not 148213. */
function named({ label }: LogEntry, record: string): boolean {
  if (typeof label !== 'string') return false;
  const [name, wanted] = [label.toLowerCase(), record.toLowerCase()];
  return name === wanted || name.startsWith(`${wanted} `);
}

/** Most lines of a search do not fit, and looking for the value is much quicker than parsing. */
function mayFit(line: string, { integration, run, type }: LogFilter): boolean {
  return [integration, run, type].every((value) => value === undefined || line.includes(JSON.stringify(value)));
}

const minute = 60_000;
const isLongBefore = (time: string, since: string) => Date.parse(time) < Date.parse(since) - minute;

/** The entry of a line; null when it is none. */
export function parseEntry(line: string): LogEntry | null {
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
