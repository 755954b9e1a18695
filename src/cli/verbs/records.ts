import type { Engine } from '../../engine/engine.ts';
import type { RecordQuery, StoredRecord } from '../../portal/query.ts';
import { definitionOf, type RecordType } from '../../portal/records/index.ts';
import { count, counted } from '../../text/format.ts';
import { truncate, width } from '../../text/width.ts';
import { columns } from '../columns.ts';
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { integrationOf, recordTypeOf } from '../integration.ts';
import { note, plain, print, printJson, printJsonLine } from '../output.ts';
import { parseWhere } from '../where.ts';

const pageSize = 500;
const tableRows = 20;

export const run: Run = async ({ args: [name = ''], options, json }, { open, signal }) => {
  const type = recordTypeOf(name);
  const integration = options.text('--integration');
  if (integration !== undefined) integrationOf(integration);
  const where = parseWhere(type, options.all('--where'));
  const query = { type, where, ...(integration === undefined ? {} : { integration }) };
  const limit = options.integer('--limit', { min: 1 });
  const engine = await open('look');

  if (options.has('--count')) {
    const n = await engine.countRecords(query);
    if (json) printJson({ count: n });
    else print(String(n));
    return exitCodes.done;
  }
  if (json) {
    for await (const record of read(engine, query, limit ?? Number.POSITIVE_INFINITY)) {
      if (signal.aborted) break;
      await printJsonLine(record);
    }
    return exitCodes.done;
  }
  const rows: StoredRecord[] = [];
  for await (const record of read(engine, query, limit ?? tableRows)) rows.push(record);
  const total = await engine.countRecords(query);
  const { singular, label } = definitionOf(type);
  const all = counted(total, singular, label.toLowerCase());
  if (rows.length > 0) print(table(type, rows).join('\n'));
  note(rows.length === total ? `${all}.` : `${count(rows.length)} of ${all}; --limit N shows more, --json all.`);
  return exitCodes.done;
};

async function* read(engine: Engine, query: RecordQuery, limit: number): AsyncGenerator<StoredRecord> {
  let after: string | null = null;
  let left = limit;
  do {
    const page = await engine.records({ ...query, limit: Math.min(pageSize, left), after });
    yield* page.records;
    left -= page.records.length;
    after = page.next;
  } while (after !== null && left > 0);
}

/** At a terminal: the most important columns that fit, cut to their width. Elsewhere: all list columns in full. */
function table(type: RecordType, rows: readonly StoredRecord[]): string[] {
  const terminal = process.stdout.isTTY ? process.stdout.columns : undefined;
  const inOrder = Object.entries(definitionOf(type).columns)
    .filter(([, column]) => column.priority !== undefined)
    .sort(([, a], [, b]) => a.priority! - b.priority!);
  const shown: string[][] = [];
  let used = 0;
  for (const [field, { label, width: wanted = 12 }] of inOrder) {
    const cells = rows.map((row) => (terminal ? truncate(plain(row[field]), wanted) : plain(row[field])));
    used += Math.max(width(label), ...cells.map(width)) + 2;
    if (terminal && used - 2 > terminal && shown.length > 0) break;
    shown.push([label.toUpperCase(), ...cells]);
  }
  return columns(['', ...rows].map((_, index) => shown.map((column) => column[index]!)));
}
