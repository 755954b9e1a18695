/** The rows of the options step, and what a key does to each. Pure. */

import type { Failure } from '../../../connector/errors.ts';
import type { Choice, Manifest, OptionField, RecordTypeSpec } from '../../../connector/manifest.ts';
import type { SyncSettings } from '../../../engine/engine.ts';

import { labelOf } from '../../../portal/records/names.ts';
/** What the form edits. */
export interface OptionValues {
  readonly options: Readonly<Record<string, unknown>>;
  readonly settings: SyncSettings;
}

export type OptionChange =
  | { readonly type: 'option'; readonly key: string; readonly value: unknown }
  | { readonly type: 'settings'; readonly settings: Partial<SyncSettings> };

/** Live choices of a vendor option. */
export type LiveChoices =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'loaded'; readonly choices: readonly Choice[] };

export type OptionRow =
  | { readonly kind: 'interval' }
  | { readonly kind: 'initial' }
  /** `cells`: of the longest name among the types. */
  | { readonly kind: 'type'; readonly spec: RecordTypeSpec; readonly cells: number }
  /** How both ways go together; not asked when an integration is connected. */
  | { readonly kind: 'conflicts' | 'read-only' | 'blanks-erase' }
  | { readonly kind: 'field'; readonly field: OptionField }
  /** One of a set; the set's own row stands before. */
  | { readonly kind: 'member'; readonly field: OptionField; readonly choice: Choice }
  /** A set that is being read, or could not be. */
  | { readonly kind: 'live'; readonly field: OptionField; readonly live: Exclude<LiveChoices, { state: 'loaded' }> };

export type Live = Readonly<Record<string, LiveChoices>>;

/** `initial`: whether what exists already is to be imported, asked only when an integration is connected. */
export function optionRows(manifest: Manifest, live: Live, initial: boolean): readonly OptionRow[] {
  const rows: OptionRow[] = [{ kind: 'interval' }];
  if (initial) rows.push({ kind: 'initial' });
  const cells = Math.max(...manifest.recordTypes.map(({ type }) => labelOf(type).length));
  for (const spec of manifest.recordTypes) rows.push({ kind: 'type', spec, cells });
  if (!initial && manifest.recordTypes.some(({ direction }) => direction === 'two-way')) {
    rows.push({ kind: 'conflicts' }, { kind: 'read-only' });
  }
  if (!initial) rows.push({ kind: 'blanks-erase' });
  for (const field of manifest.options) {
    rows.push({ kind: 'field', field });
    if (field.kind !== 'choices' && field.kind !== 'choice') continue;
    const known = choicesOf(field, live);
    if (known.state !== 'loaded') rows.push({ kind: 'live', field, live: known });
    else if (field.kind === 'choices') for (const choice of known.choices) rows.push({ kind: 'member', field, choice });
  }
  return rows;
}

export function choicesOf(field: OptionField, live: Live): LiveChoices {
  if (field.kind !== 'choice' && field.kind !== 'choices') return { state: 'loaded', choices: [] };
  if (field.choices !== 'vendor') return { state: 'loaded', choices: field.choices };
  return live[field.key] ?? { state: 'loading' };
}

/** The set as chosen; empty means all. */
export function chosen(field: OptionField, state: OptionValues): readonly string[] {
  const value = state.options[field.key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

const intervals = [5, 15, 30] as const;
export const conflictRules = ['ask', 'vendor', 'portal'] as const;

/** Rows whose value is typed. */
export function isTyped(row: OptionRow | undefined): row is OptionRow & { kind: 'field' } {
  return row?.kind === 'field' && (row.field.kind === 'integer' || row.field.kind === 'text');
}

/** What typing makes of a value; a problem where it does not fit. */
export function typedValue(
  field: OptionField,
  text: string,
): { readonly value: unknown } | { readonly problem: string } {
  if (field.kind === 'integer') {
    const value = Number(text.trim());
    if (text.trim() !== '' && Number.isInteger(value) && value >= field.min && value <= field.max) return { value };
    return { problem: `A whole number from ${field.min} to ${field.max}.` };
  }
  if (field.kind !== 'text' || field.schema === undefined) return { value: text };
  const result = field.schema.safeParse(text);
  return result.success ? { value: text } : { problem: result.error.issues[0]?.message ?? 'This is not valid.' };
}

/** What moving a value by one step (space and right: +1, left: -1) does; null when the row has no such step. */
export function change(row: OptionRow, direction: 1 | -1, state: OptionValues, live: Live): OptionChange | null {
  switch (row.kind) {
    case 'interval':
      return {
        type: 'settings',
        settings: { intervalMinutes: around(intervals, state.settings.intervalMinutes, direction) },
      };
    case 'initial':
      return { type: 'settings', settings: { initialImport: !state.settings.initialImport } };
    case 'type': {
      const on = state.settings.types.includes(row.spec.type);
      const types = on
        ? state.settings.types.filter((type) => type !== row.spec.type)
        : [...state.settings.types, row.spec.type];
      // At least one: an integration that syncs nothing is one that is disabled.
      return types.length === 0 ? null : { type: 'settings', settings: { types } };
    }
    case 'conflicts': {
      const conflicts = around(conflictRules, state.settings.conflicts ?? 'ask', direction);
      return { type: 'settings', settings: { conflicts } };
    }
    case 'read-only':
      return { type: 'settings', settings: { readOnly: state.settings.readOnly !== true } };
    case 'blanks-erase':
      return { type: 'settings', settings: { blanksErase: state.settings.blanksErase !== true } };
    case 'member': {
      const now = chosen(row.field, state);
      const value = now.includes(row.choice.value)
        ? now.filter((item) => item !== row.choice.value)
        : [...now, row.choice.value];
      return { type: 'option', key: row.field.key, value };
    }
    case 'field':
      return changeField(row.field, direction, state, live);
    case 'live':
      return null;
  }
}

function changeField(field: OptionField, direction: 1 | -1, state: OptionValues, live: Live): OptionChange | null {
  const value = state.options[field.key];
  switch (field.kind) {
    case 'boolean':
      return { type: 'option', key: field.key, value: value !== true };
    case 'integer': {
      const next = (typeof value === 'number' ? value : field.fallback) + direction;
      return { type: 'option', key: field.key, value: Math.min(field.max, Math.max(field.min, next)) };
    }
    case 'choice': {
      const known = choicesOf(field, live);
      if (known.state !== 'loaded' || known.choices.length === 0) return null;
      const values = known.choices.map((choice) => choice.value);
      return { type: 'option', key: field.key, value: around(values, String(value), direction) };
    }
    default:
      return null;
  }
}

function around<T>(values: readonly T[], value: T, direction: 1 | -1): T {
  const at = values.indexOf(value);
  return values[(at + direction + values.length) % values.length] ?? value;
}
