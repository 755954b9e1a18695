/** The rows of all exports of one kind, with the columns that were accepted for it. */
import type { ConnectorMemory } from '../../../src/connector/contract.ts';
import { Rejected } from '../../../src/connector/errors.ts';
import type { Settings } from '../settings.ts';
import {
  type Cells,
  cellReader,
  type ExportKind,
  type Mapping,
  mapColumns,
  missingColumns,
  quoted,
} from './columns.ts';
import { noRows, tooManyBadRows } from './failures.ts';
import { type ExportFile, exportFiles } from './files.ts';
import { BadRow } from './rows.ts';
import { openTable, type Table } from './table.ts';

export interface Exports {
  readonly kind: ExportKind;
  readonly path: string;
  readonly settings: Settings;
  readonly memory: ConnectorMemory;
  /** All that is read of a row of this kind. @throws BadRow */
  readonly tryRow: (cells: Cells, file: ExportFile) => unknown;
  /** The state of the files that were found whole, for as long as the connection is open. */
  readonly found: { state: string };
}

/** What came of one row. */
export type Told<T> =
  | { readonly kind: 'row'; readonly value: T; readonly file: ExportFile }
  | { readonly kind: 'bad'; readonly at: string; readonly why: string; readonly nobody: boolean };

/** More than this share of bad rows is no slip: the file is damaged, or its columns are others. */
const tolerated = 0.05;

/**
 * Every row through `read`, which may throw BadRow. The files are read to their end before the first row is given, so that
 * a damaged one changes nothing. @throws Rejected when the headings are not those that were accepted, or dates contradict the
 * chosen order; Malformed when a file is empty, damaged or cut off
 */
export async function* rowsOf<T>(
  exports: Exports,
  read: (cells: Cells, file: ExportFile) => T,
  signal: AbortSignal,
): AsyncGenerator<Told<T>> {
  const files = await exportFiles(exports.path, signal);
  const state = stateOf(files);
  if (exports.found.state !== state) {
    for await (const _ of walk(exports, files, exports.tryRow, signal));
    exports.found.state = state;
  }
  yield* walk(exports, files, read, signal);
}

/** Changes when a file does, and when other columns are accepted. */
export async function fingerprint(exports: Exports, signal: AbortSignal): Promise<string> {
  const files = await exportFiles(exports.path, signal);
  const [first] = files;
  if (first !== undefined && acceptedBefore(exports) === null) {
    const { headings, rows } = await openTable(first, exports.settings.encoding);
    await rows.return(undefined);
    acceptColumns(exports, { headings }, first);
  }
  return `${stateOf(files)}\n${exports.memory.get(keyOf(exports))}`;
}

function stateOf(files: readonly ExportFile[]): string {
  return files.map(({ path, modifiedAt, size }) => `${path} ${modifiedAt} ${size}`).join('\n');
}

async function* walk<T>(
  exports: Exports,
  files: readonly ExportFile[],
  read: (cells: Cells, file: ExportFile) => T,
  signal: AbortSignal,
): AsyncGenerator<Told<T>> {
  const bad = { count: 0, example: '' };
  let all = 0;
  for (const file of files) {
    const table = await openTable(file, exports.settings.encoding);
    const reader = cellReader(acceptedMapping(exports, table, file), table.headings);
    for await (const { line, cells } of table.rows) {
      signal.throwIfAborted();
      all += 1;
      const at = `${file.name}, line ${line}`;
      const told = attempt(() => {
        if (cells.slice(table.headings.length).some((cell) => cell.trim() !== '')) {
          throw new BadRow('It has more cells than there are headings.');
        }
        return read(reader(cells), file);
      }, at);
      if (told instanceof BadRow) {
        bad.count += 1;
        bad.example ||= `${at}: ${told.message}`;
        yield { kind: 'bad', at, why: told.message, nobody: told.nobody };
      } else yield { kind: 'row', value: told.value, file };
    }
  }
  if (all === 0) throw noRows(files.map(({ name }) => name));
  if (bad.count > Math.max(1, all * tolerated)) throw tooManyBadRows(bad.count, all, bad.example);
}

/** The columns as they are now. Remembers them as accepted: for the connection test, which shows them to a person. */
export function acceptColumns(exports: Exports, table: Pick<Table, 'headings'>, file: ExportFile): Mapping {
  const mapping = mapColumns(exports.kind, table.headings, exports.settings.columns, file.name);
  exports.memory.set(keyOf(exports), JSON.stringify({ choices: choicesOf(exports), mapping }));
  return mapping;
}

/** What was accepted before; the first time, and when the operator has set columns, what is found now. */
function acceptedMapping(exports: Exports, table: Table, file: ExportFile): Mapping {
  const known = acceptedBefore(exports);
  if (known === null) return acceptColumns(exports, table, file);
  const missing = missingColumns(known, table.headings);
  if (missing.length === 0) return known;
  throw new Rejected(Object.fromEntries(missing.map((field) => [field, 'column is gone'])), {
    reason: `The headings of ${file.name} have changed: there is no column "${missing.map((field) => known[field]).join('", "')}" any more (${missing.join(', ')}). They are now: ${quoted(table.headings)}.`,
    fix: 'Nothing is guessed. Test the connection, which shows what the columns are taken for and accepts them; or set "CSV columns". What was read before stays.',
  });
}

export function acceptedBefore(exports: Exports): Mapping | null {
  const stored = exports.memory.get(keyOf(exports));
  if (stored === undefined) return null;
  const { choices, mapping } = JSON.parse(stored) as { choices: string; mapping: Mapping };
  return choices === choicesOf(exports) ? mapping : null;
}

const keyOf = ({ kind }: Exports) => `columns:${kind}`;
const choicesOf = ({ settings }: Exports) => JSON.stringify(settings.columns);

function attempt<T>(read: () => T, at: string): { readonly value: T } | BadRow {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof BadRow)) throw error;
    if (!error.setting) return error;
    throw new Rejected(
      {},
      {
        reason: `${at}: ${error.message} So the others may have been read wrongly as well.`,
        fix: 'Choose the other order in the option "CSV dates".',
      },
    );
  }
}
