/** The files that the operator named: one, or a folder of them. Only read, never written, moved or deleted. */
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import { type Clock, systemClock } from '../../../src/connector/clock.ts';
import { type ConnectorError, Forbidden, NotFound } from '../../../src/connector/errors.ts';
import { empty, stillWritten } from './failures.ts';

export interface ExportFile {
  readonly path: string;
  /** For people: the file's own name. */
  readonly name: string;
  /** Whom it is about, by its name; null when the name tells none. */
  readonly team: string | null;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Bytes. */
  readonly size: number;
}

/** A file that changed within this time may still be being written. */
const quietMs = 2000;
const patience = 5;

/**
 * A file as it is; of a folder, the newest file of each team, in order of their names. Folders in it, links, hidden and
 * temporary files are passed over. @throws NotFound, Forbidden, Malformed (empty, still being written)
 */
export async function exportFiles(
  path: string,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<ExportFile[]> {
  const about = await stat(path).catch((error: unknown) => {
    throw notReadable(path, error);
  });
  if (!about.isDirectory()) return [await settled(path, null, signal, clock)];
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw notReadable(path, error);
  });
  const names = entries.filter((entry) => entry.isFile() && isExport(entry.name)).map(({ name }) => name);
  if (names.length === 0) throw noExports(path);
  const files: ExportFile[] = [];
  for (const name of names.sort()) files.push(await settled(join(path, name), teamOf(name), signal, clock));
  return newestPerTeam(files);
}

/** `Larkfield members 2026-07-01.csv` is about Larkfield; so is `Larkfield (1).csv`, a second download. */
export function teamOf(name: string): string | null {
  const team = parse(name)
    .name.replace(/\s*\(\d+\)$/, '')
    .replace(/[\s_-]*20\d\d[-_.]?\d\d[-_.]?\d\d(?:[T\s_-]*\d\d[-_:.]?\d\d(?:[-_:.]?\d\d)?)?$/, '')
    .replace(/(?:^|[\s_-]+)(?:members?|users?|learners?|progress|report|export)$/i, '')
    .trim();
  return team === '' ? null : team;
}

function newestPerTeam(files: readonly ExportFile[]): ExportFile[] {
  const groups = Map.groupBy(files, ({ team, name }) => (team ?? name).toLowerCase());
  return [...groups.values()].map((group) => group.reduce((a, b) => (b.modifiedAt >= a.modifiedAt ? b : a)));
}

/** `~$members.csv` is a spreadsheet program's lock; `.part` and `.tmp` are not complete. */
function isExport(name: string): boolean {
  return /\.(csv|txt|tsv)$/i.test(name) && !/^(\.|~\$)/.test(name);
}

async function settled(path: string, team: string | null, signal: AbortSignal, clock: Clock): Promise<ExportFile> {
  const name = basename(path);
  for (let tries = 0; tries < patience; tries += 1) {
    const { size, mtimeMs } = await look(path);
    const age = clock.now() - mtimeMs;
    // A time to come is another machine's clock; it says nothing about now.
    if (age >= quietMs || age < 0) {
      if (size === 0) throw empty(name);
      return { path, name, team, modifiedAt: mtimeMs, size };
    }
    await clock.sleep(quietMs - age, signal);
  }
  throw stillWritten(name);
}

async function look(path: string) {
  try {
    await access(path, constants.R_OK);
    return await stat(path);
  } catch (error) {
    throw notReadable(path, error);
  }
}

function notReadable(path: string, error: unknown): ConnectorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new NotFound({
      reason: `There is no ${path}.`,
      fix: 'Choose the file or folder again; it must be on this machine.',
      detail: 'file_missing',
    });
  }
  return new Forbidden('the exports', {
    reason: `${path} cannot be read${code === '' ? '' : ` (${code})`}.`,
    fix: 'Let the user that this program runs as read it.',
    detail: 'file_unreadable',
  });
}

function noExports(path: string): NotFound {
  return new NotFound({
    reason: `There is no export in ${path}: no file that ends in .csv, .txt or .tsv.`,
    fix: 'Put the exports there, or choose another folder. Folders in it are not looked into.',
    detail: 'file_missing',
  });
}
