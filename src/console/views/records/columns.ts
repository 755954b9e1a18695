/** Columns and fields of any record type, from its definition. Pure. */
import type { StoredRecord } from '../../../portal/query.ts';
import type { RecordTypeDefinition } from '../../../portal/records/define.ts';
import { kindOf } from '../../../portal/records/filter.ts';
import { relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { stamp } from '../../app/wording.ts';
import type { Column } from '../../widgets/columns.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Line, line, pair } from '../lines.tsx';
import { words } from '../words.ts';

export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

export const firstSort = ({ newest, title }: RecordTypeDefinition): Sort =>
  newest === undefined ? { field: title[0] ?? 'id', descending: false } : { field: newest, descending: true };

export function recordColumns(
  definition: RecordTypeDefinition,
  sort: Sort,
  { glyph }: Theme,
  now: number,
): readonly Column<StoredRecord>[] {
  return Object.entries(definition.columns)
    .filter(([, { priority }]) => priority !== undefined)
    .map(([field, { label, numeric = false, priority = 0, width = 12 }]) => ({
      key: field,
      title: field === sort.field ? `${label} ${sort.descending ? glyph.down : glyph.up}` : label,
      min: numeric ? width : Math.min(width, Math.max(label.length + 2, Math.ceil(width * 0.7))),
      max: Math.ceil(width * 1.6),
      // There the most important is 1; here the highest figure stays longest. What it is sorted by is always shown.
      priority: field === sort.field ? 100 : 100 - priority,
      // Numbers of one time begin alike.
      ...(numeric ? { cut: 'middle' as const } : {}),
      ...(kindOf(definition, field) === 'number' ? { align: 'right' as const } : {}),
      value: (record) => listCell(record[field], now),
    }));
}

/** Without an index a sort reads every row: no more than some milliseconds up to here. */
const unindexed = 50_000;

/** What the list can be sorted by: any column while it is short, and where it is long those whose index makes it quick. */
export function sortFields(definition: RecordTypeDefinition, total: number): readonly string[] {
  const listed = Object.entries(definition.columns).flatMap(([field, { index, priority }]) =>
    index || (priority !== undefined && total < unindexed) ? [field] : [],
  );
  return [...new Set([...definition.title.slice(0, 1), ...listed])];
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/;

/** In a list a time is told by its distance: shorter, and what one looks for. */
const listCell = (value: unknown, now: number) =>
  typeof value === 'string' && isoTime.test(value) ? relativeTime(value, now) : cell(value);

/** One line of harmless text for any value. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return isoTime.test(value) ? stamp(value) : sanitise(value);
  if (Array.isArray(value)) return sanitise(value.join(', '));
  if (typeof value === 'object' && 'name' in value) return sanitise(String(value.name));
  return sanitise(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** The same within a sentence. */
export const cellOrNothing = (value: unknown): string => cell(value) || 'nothing';

/** What lists show comes first, as they order it; what only programs care for comes last. */
function inOrderOfUse({ schema, columns }: RecordTypeDefinition): readonly string[] {
  const rank = (field: string) => (/^(id|provider)$|Id$/.test(field) ? 200 : (columns[field]?.priority ?? 100));
  return Object.keys(schema.shape).sort((a, b) => rank(a) - rank(b));
}

/** Every field of a record; those without a value are named at the end. */
export function fieldLines(
  definition: RecordTypeDefinition,
  record: StoredRecord,
  width: number,
  { style }: Theme,
): readonly Line[] {
  const fields = inOrderOfUse(definition);
  const isEmpty = (field: string) => cell(record[field]) === '';
  const nameOf = (field: string) => definition.columns[field]?.label ?? words(field);
  const title = definition.title
    .map((field) => cell(record[field]))
    .filter(Boolean)
    .join('  ');
  const labels = 18;
  const values = fields
    .filter((field) => !isEmpty(field) && !definition.title.includes(field))
    .flatMap((field) => {
      const value = record[field];
      // Long text keeps its lines here, where there is room for them.
      const text =
        typeof value === 'string' && !isoTime.test(value) ? sanitise(value, { multiline: true }) : cell(value);
      return pair(nameOf(field), text, { width, labels, muted: style.muted });
    });
  const empty = fields.filter(isEmpty).map(nameOf);
  return [
    line(title, style.strong),
    line(' '),
    ...values,
    ...(empty.length === 0
      ? []
      : pair('Empty', empty.join(', '), { width, labels, muted: style.muted, style: style.muted })),
  ];
}
