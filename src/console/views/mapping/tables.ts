/** Tables of values as they are worked on, by record type and field: `tickets.status`. Pure; nothing is changed in place. */
import type { Pairs } from '../../../engine/sync/value-table.ts';
import type { ValueTables } from '../../../engine/sync/values.ts';
import type { RecordType } from '../../../portal/records/names.ts';

/** A field that is not in it has no table. */
export type Tables = Readonly<Record<string, Pairs>>;

export const tableKey = (type: RecordType, field: string): string => `${type}.${field}`;

/** A table without a row is none. */
export function asTables(mapping: ValueTables): Tables {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([type, fields]) =>
      Object.entries(fields).flatMap(([field, pairs]) =>
        pairs.length === 0 ? [] : [[tableKey(type as RecordType, field), pairs] as const],
      ),
    ),
  );
}

export function asMapping(tables: Tables): ValueTables {
  const mapping: Record<string, Record<string, Pairs>> = {};
  for (const [key, pairs] of Object.entries(tables)) {
    const [type = '', field = ''] = key.split('.');
    if (pairs.length > 0) mapping[type] = { ...mapping[type], [field]: pairs };
  }
  return mapping;
}

/** What was changed, by field; an empty table stands for none. Fields that are as they were are left out. */
export function changesOf(saved: Tables, wanted: Tables): Tables {
  const keys = [...new Set([...Object.keys(saved), ...Object.keys(wanted)])];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const [before = [], now = []] = [saved[key], wanted[key]];
      return JSON.stringify(before) === JSON.stringify(now) ? [] : [[key, now] as const];
    }),
  );
}

/** The saved tables, and over them what was changed. */
export function withChanges(saved: Tables, changes: Tables): Tables {
  return Object.fromEntries(Object.entries({ ...saved, ...changes }).filter(([, pairs]) => pairs.length > 0));
}
