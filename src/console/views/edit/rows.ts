/** The rows of the form for a change: what may be written by the manifest, and what may not, with the reason. Pure. */

import type { RecordTypeSpec } from '../../../connector/manifest.ts';
import type { FieldValue, FieldValues } from '../../../connector/writer.ts';
import type { ChangeKind } from '../../../portal/change.ts';
import type { StoredRecord } from '../../../portal/query.ts';
import { portalFieldOf, type RecordTypeDefinition } from '../../../portal/records/define.ts';
import { fieldLabel } from '../../../portal/records/field-label.ts';
import { kindOf } from '../../../portal/records/filter.ts';
import type { RecordType } from '../../../portal/records/names.ts';
import { cell } from '../records/columns.ts';

export interface FormRow {
  /** As it is proposed: another record is named by the portal's id of it, such as `companyId`. */
  readonly field: string;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'flag' | 'choice' | 'record';
  /** For `choice`: the vendor's list. */
  readonly list?: string;
  /** For `record`: what it names. */
  readonly to?: RecordType;
  readonly required: boolean;
  /** What is there now, for people. */
  readonly before: string;
  /** For `text`: it may have several lines. */
  readonly lines?: true;
  /** Why it cannot be changed from here; null: it can. */
  readonly reason: string | null;
}

/** What was entered in a row: for the vendor, and for people. */
export interface Entry {
  readonly value: FieldValue;
  readonly shown: string;
}
export type Entries = Readonly<Record<string, Entry>>;

/** @param record null for what is to be created */
export function formRows(
  kind: ChangeKind,
  spec: RecordTypeSpec,
  definition: RecordTypeDefinition,
  record: StoredRecord | null,
): readonly FormRow[] {
  const { writes } = spec;
  if (writes === undefined) return [];
  if (kind === 'note') return writes.notes ? noteRows : [];
  const required = kind === 'create' ? (writes.create?.required ?? []) : [];
  const writable = (kind === 'create' ? writes.create : writes.update)?.fields ?? [];
  const row = (field: string) => formRow(field, spec, definition, record, required.includes(field));
  const rows = [...required, ...writable.filter((field) => !required.includes(field))].map(row);
  if (kind === 'create') return rows;
  // What follows another record is shown in the row of that record already.
  const shown = definition.references
    .filter(({ from }) => writable.includes(from))
    .flatMap(({ copy, fill }) => Object.keys({ ...copy, ...fill }));
  const fixed = Object.entries(writes.readOnly).filter(
    ([field]) => !writable.includes(field) && !shown.includes(field),
  );
  return [...rows, ...fixed.map(([field, reason]) => ({ ...row(field), reason }))];
}

const plain = { required: false, before: '', reason: null } as const;
const noteRows: readonly FormRow[] = [
  { ...plain, field: 'text', label: 'Note', kind: 'text', lines: true, required: true },
  { ...plain, field: 'private', label: 'Private', kind: 'flag', before: 'yes' },
];

function formRow(
  field: string,
  { named = {} }: RecordTypeSpec,
  definition: RecordTypeDefinition,
  record: StoredRecord | null,
  required: boolean,
): FormRow {
  const base = { required, reason: null };
  const label = fieldLabel(definition, field);
  const reference = definition.references.find(({ from }) => from === field);
  if (reference !== undefined) {
    const { to, copy, fill } = reference;
    const [shownBy] = Object.keys(copy ?? fill ?? {});
    const before = shownBy === undefined ? '' : cell(record?.[shownBy]);
    return { ...base, field: portalFieldOf(reference), label, kind: 'record', to: to as RecordType, before };
  }
  const before = cell(record?.[field]);
  const list = named[field];
  if (list !== undefined) return { ...base, field, label, kind: 'choice', list, before };
  const own = kindOf(definition, field);
  if (own === 'number') return { ...base, field, label, kind: 'number', before };
  if (own === 'boolean') return { ...base, field, label, kind: 'flag', before };
  return { ...base, field, label, kind: 'text', before, ...(field === 'description' ? { lines: true } : {}) };
}

/** What was typed as the field's own kind; a problem where it does not fit. Empty text empties the field. */
export function typed(
  row: FormRow,
  text: string,
  definition: RecordTypeDefinition,
): { readonly value: FieldValue } | { readonly problem: string } {
  if (text === '') return row.required ? { problem: `${row.label} is needed.` } : { value: null };
  if (row.kind === 'number' && Number.isNaN(Number(text))) return { problem: `${row.label} is a number.` };
  const value = row.kind === 'number' ? Number(text) : text;
  const issue = definition.source.shape[row.field]?.safeParse(value).error?.issues[0];
  return issue === undefined ? { value } : { problem: issue.message };
}

/** The first row that needs a value and has none. */
export const missingRow = (rows: readonly FormRow[], entries: Entries): FormRow | undefined =>
  rows.find(({ field, required }) => required && (entries[field]?.value ?? '') === '');

/** What became of a change's fields: which have another value now, and which are no longer wanted. */
export function edited(initial: Entries, entries: Entries): { readonly fields: FieldValues; readonly drop: string[] } {
  const changed = Object.entries(entries).filter(([field, { value }]) => initial[field]?.value !== value);
  return {
    fields: Object.fromEntries(changed.map(([field, { value }]) => [field, value])),
    drop: Object.keys(initial).filter((field) => entries[field] === undefined),
  };
}

export const proposed = (kind: ChangeKind, entries: Entries): FieldValues => ({
  ...(kind === 'note' ? { private: true } : {}),
  ...Object.fromEntries(Object.entries(entries).map(([field, { value }]) => [field, value])),
});
