/** The connection test of exported files: what is there, how it was understood, and how old it is. */
import type { CheckOutcome, CheckStep } from '../../../src/connector/contract.ts';
import { Rejected } from '../../../src/connector/errors.ts';
import { emailOf } from '../mapping.ts';
import { cellReader, describeMapping, type ExportKind, type Mapping } from './columns.ts';
import { acceptColumns, acceptedBefore, type Exports } from './exports.ts';
import { noRows } from './failures.ts';
import { type ExportFile, exportFiles } from './files.ts';
import { BadRow, unknownStatus } from './rows.ts';
import type { Files } from './source.ts';
import { openTable, type Row } from './table.ts';

/** Rows of each file that are tried. */
const tried = 20;
const samples = 3;
const day = 86_400_000;

const labels: Readonly<Record<ExportKind, string>> = {
  members: 'Read the members export',
  progress: 'Read the progress export',
  courses: 'Read the course list',
};

export function csvChecks({ members, progress, courses }: Files): CheckStep[] {
  const step = (exports: Exports): CheckStep => ({
    id: exports.kind,
    label: labels[exports.kind],
    hard: exports.kind === 'members',
    run: (signal) => readable(exports, signal),
  });
  return [
    step(members),
    step(progress),
    ...(courses === null ? [] : [step(courses)]),
    { id: 'age', label: 'Exports are recent', run: (signal) => recent([members, progress], signal) },
  ];
}

interface Tried {
  readonly file: ExportFile;
  readonly headings: readonly string[];
  readonly encoding: string;
  readonly rows: readonly Row[];
}

async function readable(exports: Exports, signal: AbortSignal): Promise<CheckOutcome> {
  const before = acceptedBefore(exports);
  const files = await exportFiles(exports.path, signal);
  let mapping: Mapping | null = null;
  const all: Tried[] = [];
  for (const file of files) {
    const { headings, encoding, rows } = await openTable(file, exports.settings.encoding);
    const head: Row[] = [];
    for await (const row of rows) if (head.push(row) === tried) break;
    const here = acceptColumns(exports, { headings }, file);
    if (mapping !== null && JSON.stringify(here) !== JSON.stringify(mapping)) throw otherColumns(file, files[0]);
    mapping = here;
    all.push({ file, headings, encoding, rows: head });
  }
  const [first] = all;
  if (first === undefined || mapping === null || all.every(({ rows }) => rows.length === 0)) {
    throw noRows(files.map(({ name }) => name));
  }
  const unknown = tryRows(exports, mapping, all);
  const changed = before !== null && JSON.stringify(before) !== JSON.stringify(mapping);
  return {
    status: 'passed',
    detail: [
      `${files.length === 1 ? first.file.name : `${files.length} files`} in ${[...new Set(all.map(({ encoding }) => encoding))].join(', ')}`,
      `${changed ? 'the columns have changed and are now taken as: ' : ''}${describeMapping(mapping, first.headings)}`,
      ...(unknown.length === 0 ? [] : [`words for the state that are not known: ${unknown.join(', ')}`]),
      `for example: ${examples(mapping, all).join('; ')}`,
    ].join('. '),
  };
}

/** The first bad row is told: at the start of a file it is rarely the row that is wrong. Returns unknown words for the state. */
function tryRows(exports: Exports, mapping: Mapping, all: readonly Tried[]): string[] {
  const unknown = new Set<string>();
  for (const { file, headings, rows } of all) {
    const reader = cellReader(mapping, headings);
    let bad = 0;
    for (const { line, cells } of rows) {
      try {
        exports.tryRow(reader(cells), file);
        const word = exports.kind === 'progress' ? unknownStatus(reader(cells)) : null;
        if (word !== null) unknown.add(`"${word.slice(0, 30)}"`);
      } catch (error) {
        if (!(error instanceof BadRow)) throw error;
        bad += 1;
        if (error.setting || bad > rows.length / 2) throw badRow(`${file.name}, line ${line}`, error);
      }
    }
  }
  return [...unknown];
}

/** Names and courses as they are; of addresses the first letter and the domain. */
function examples(mapping: Mapping, all: readonly Tried[]): string[] {
  return all
    .flatMap(({ headings, rows }) => rows.map(({ cells }) => cellReader(mapping, headings)(cells)))
    .slice(0, samples)
    .map((cell) => {
      const name = cell('fullName') || `${cell('firstName')} ${cell('lastName')}`.trim();
      const what = [name, masked(cell('email')) || cell('username'), cell('courseTitle'), cell('status')];
      return what.filter(Boolean).join(' ');
    });
}

function masked(address: string): string {
  const email = emailOf(address);
  return email === null ? '' : `${email.slice(0, 1)}…${email.slice(email.indexOf('@'))}`;
}

async function recent(all: readonly Exports[], signal: AbortSignal): Promise<CheckOutcome> {
  const files: ExportFile[] = [];
  for (const { path } of all) files.push(...(await exportFiles(path, signal)));
  const oldest = files.reduce((a, b) => (b.modifiedAt < a.modifiedAt ? b : a));
  const { staleAfterDays = 7 } = all[0]?.settings ?? {};
  const days = Math.floor((Date.now() - oldest.modifiedAt) / day);
  const told = `${oldest.name} is of ${new Date(oldest.modifiedAt).toISOString().slice(0, 10)}`;
  if (days <= staleAfterDays) return { status: 'passed', detail: told };
  return {
    status: 'untested',
    cause: `${told}: nobody has exported it for ${days} days, so what is read is as old.`,
    fix: 'Export again, or have it exported on a schedule.',
  };
}

function badRow(at: string, { message, setting }: BadRow): Rejected {
  return new Rejected(
    {},
    {
      reason: `${at}: ${message}`,
      fix: setting
        ? 'Choose the other order in the option "CSV dates".'
        : 'If it holds something else than its heading says, set "CSV columns".',
    },
  );
}

function otherColumns(file: ExportFile, first: ExportFile | undefined): Rejected {
  return new Rejected(
    {},
    {
      reason: `${file.name} has other columns than ${first?.name ?? 'the first file'}.`,
      fix: 'Export all teams in the same way, and keep other files out of the folder.',
    },
  );
}
