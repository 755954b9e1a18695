/**
 * The operator's table of values, between a connector and the portal: what a status, a priority, a queue is called there and here. Without
 * a table for a field, names are the same on both sides.
 */
import type { Connection } from '../../connector/contract.ts';
import { Rejected } from '../../connector/errors.ts';
import type { SourceItem } from '../../connector/source-item.ts';
import type { FieldValues, RecordWriter } from '../../connector/writer.ts';
import type { RecordType } from '../../portal/records/index.ts';
import { firstByName, nameKey } from '../../portal/same.ts';
import { labelOf, tableOf } from '../../portal/store/tables.ts';
import { alike, type HeldValue, heldDetail } from './unmapped.ts';

/** Per field, in order: where several vendor values are one of ours, the first is the one that is written. */
export type ValueTable = Readonly<Record<string, readonly ValuePair[]>>;
export interface ValuePair {
  readonly vendor: string;
  readonly portal: string;
}
export type ValueTables = Readonly<Partial<Record<RecordType, ValueTable>>>;

/** The same connection, speaking the portal's words. A record with a value that has no name, or that the table lacks, is held back. */
export function withValues(connection: Connection, tables: ValueTables): Connection {
  const inward = (type: RecordType) => {
    // Looked into for every row.
    const byVendor = Object.entries(tables[type] ?? {})
      .filter(([, pairs]) => pairs.length > 0)
      .map(([field, pairs]) => [field, firstByName(pairs, ({ vendor }) => vendor)] as const);
    return (item: SourceItem) => toPortal(type, item, byVendor);
  };
  return {
    ...connection,
    async *read(request) {
      const translate = inward(request.type);
      for await (const page of connection.read(request)) yield { ...page, items: page.items.map(translate) };
    },
    writer(type) {
      const writer = connection.writer?.(type);
      return writer === undefined ? undefined : translated(writer, tables[type] ?? {}, inward(type));
    },
  };
}

function translated(writer: RecordWriter, table: ValueTable, inward: (item: SourceItem) => SourceItem): RecordWriter {
  const { create, findCreated, update } = writer;
  return {
    ...writer,
    current: async (id, signal) => inward(await writer.current(id, signal)),
    ...(create && {
      create: async (fields, ...rest) => inward(await create.call(writer, toVendor(fields, table), ...rest)),
    }),
    ...(findCreated && {
      findCreated: async ({ fields, ...search }, signal) => {
        const found = await findCreated.call(writer, { ...search, fields: toVendor(fields, table) }, signal);
        return found.map(inward);
      },
    }),
    ...(update && {
      update: async (id, fields, signal) => inward(await update.call(writer, id, toVendor(fields, table), signal)),
    }),
  };
}

function toPortal(
  type: RecordType,
  item: SourceItem,
  byVendor: readonly (readonly [field: string, pairs: ReadonlyMap<unknown, ValuePair>])[],
): SourceItem {
  if (item.kind !== 'record') return item;
  const record: Readonly<Record<string, unknown>> = item.record;
  const [unnamed] = Object.entries(item.unnamed ?? {});
  const hold = (value: HeldValue): SourceItem => ({
    kind: 'held',
    externalId: item.externalId,
    label: labelOf(tableOf(type), record, item.externalId),
    reason: 'unmapped-value',
    detail: heldDetail(type, value),
    modifiedAt: item.modifiedAt,
  });
  if (unnamed !== undefined) return hold({ field: unnamed[0], value: unnamed[1], named: false });
  const changed: Record<string, string> = {};
  for (const [field, pairs] of byVendor) {
    const value = record[field];
    if (typeof value !== 'string') continue;
    const pair = pairs.get(nameKey(value));
    if (pair === undefined) return hold({ field, value, named: true });
    changed[field] = pair.portal;
  }
  // The values are of the same kind as before: texts of the record's own fields.
  return Object.keys(changed).length === 0 ? item : ({ ...item, record: { ...record, ...changed } } as SourceItem);
}

/** @throws Rejected for a value that the table lacks */
export function toVendor(fields: FieldValues, table: ValueTable): FieldValues {
  const changed: Record<string, string> = {};
  for (const [field, pairs] of Object.entries(table)) {
    const value = fields[field];
    if (typeof value !== 'string' || pairs.length === 0) continue;
    const pair = pairs.find(({ portal }) => alike(portal, value));
    if (pair === undefined) {
      const known = [...new Set(pairs.map(({ portal }) => portal))].join(', ');
      const reason = `The ${field} "${value}" is not in the table of values.`;
      throw new Rejected({ [field]: reason }, { reason, fix: `It has: ${known}.` });
    }
    changed[field] = pair.vendor;
  }
  return { ...fields, ...changed };
}
