/** The control surface over a simulator's tables: for each record type what is expected of it, and how people edit it. */
import type { RecordType } from '../portal/records/index.ts';
import type { Controlled, ExpectedRecord, Which } from './control.ts';
import { type Random, random } from './random.ts';

/** One record type of a vendor. `change` and `remove` do to a row what a person at the vendor would. */
export interface Kind<R> {
  /** The rows that a connection with default options ends up with. */
  rows(): R[];
  expected(row: R): ExpectedRecord;
  change(row: R): unknown;
  remove(row: R): unknown;
  create(): R;
}

type Kinds = Partial<Record<RecordType, Controls>>;

interface Controls {
  records(): ExpectedRecord[];
  change(count: number, draw: Random): string[];
  remove(which: Which, draw: Random): string[];
  create(count: number): string[];
}

export function controls<R>(of: Kind<R>): Controls {
  const idOf = (row: R) => of.expected(row).externalId;
  const each = (which: Which, draw: Random, act: (row: R) => unknown): string[] => {
    const chosen = choose(of.rows(), which, draw, idOf);
    const ids = chosen.map(idOf);
    for (const row of chosen) act(row);
    return ids;
  };
  return {
    records: () => of.rows().map(of.expected),
    change: (count, draw) => each(count, draw, of.change),
    remove: (which, draw) => each(which, draw, of.remove),
    create: (count) => Array.from({ length: Math.max(0, count) }, () => idOf(of.create())),
  };
}

/** Rows are drawn anew with every edit, and the same ones for the same seed. */
export function controlledBy(seed: number, kinds: Kinds): Controlled {
  let rounds = 0;
  const draw = (): Random => random(seed, 'control', rounds++);
  return {
    records: (type) => kinds[type]?.records() ?? null,
    totals: () => Object.fromEntries(Object.entries(kinds).map(([type, { records }]) => [type, records().length])),
    change: (type, count) => kinds[type]?.change(count, draw()) ?? null,
    remove: (type, which) => kinds[type]?.remove(which, draw()) ?? null,
    create: (type, count) => kinds[type]?.create(count) ?? null,
  };
}

/** `Printer offline (rev 2)`, then `(rev 3)`. */
export function revised(text: string): string {
  const [, plain = text, count = '1'] = /^(.*) \(rev (\d+)\)$/s.exec(text) ?? [];
  return `${plain} (rev ${Number(count) + 1})`;
}

/** The rows with these ids, or that many distinct ones. */
export function choose<R>(rows: R[], which: Which, draw: Random, idOf: (row: R) => string): R[] {
  if (typeof which !== 'number') return rows.filter((row) => which.includes(idOf(row)));
  const wanted = Math.min(Math.max(0, which), rows.length);
  for (let i = 0; i < wanted; i++) {
    const other = i + draw.below(rows.length - i);
    [rows[i], rows[other]] = [rows[other] as R, rows[i] as R];
  }
  return rows.slice(0, wanted);
}
