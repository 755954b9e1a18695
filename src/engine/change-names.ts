/** Changes as people read them: a change names a technician, a contact, a company by the vendor's id; people know their names. */
import type { Change } from '../portal/change.ts';
import { definitionOf, type RecordType } from '../portal/records/index.ts';
import type { Engine } from './engine.ts';

/**
 * The same changes, to be shown and not to be sent: where a value is the vendor's id of a record that is here, it is the name of it.
 * Each record is asked for once.
 */
export async function withNames(
  engine: Pick<Engine, 'records'>,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const asked = new Map<string, Promise<unknown>>();
  const nameOf = (integration: string, type: RecordType, value: unknown): Promise<unknown> => {
    const key = JSON.stringify([integration, type, value]);
    const known = asked.get(key) ?? recordName(engine, integration, type, value);
    asked.set(key, known);
    return known;
  };
  return await Promise.all(changes.map((change) => named(change, nameOf)));
}

async function named(
  change: Change,
  nameOf: (integration: string, type: RecordType, value: unknown) => Promise<unknown>,
): Promise<Change> {
  const { references } = definitionOf(change.type);
  const value = async (field: string, given: unknown): Promise<unknown> => {
    const to = references.find(({ from }) => from === field)?.to;
    return to === undefined || typeof given !== 'string' ? given : nameOf(change.integration, to as RecordType, given);
  };
  const all = async <T extends Readonly<Record<string, unknown>>>(values: T): Promise<T> => {
    const entries = Object.entries(values).map(async ([field, given]) => [field, await value(field, given)] as const);
    return Object.fromEntries(await Promise.all(entries)) as T;
  };
  const touched = references.some(({ from }) => from in change.fields);
  if (!touched) return change;
  const conflicts = change.conflicts.map(async (conflict) => ({
    ...conflict,
    base: await value(conflict.field, conflict.base),
    ours: await value(conflict.field, conflict.ours),
    theirs: await value(conflict.field, conflict.theirs),
  }));
  return {
    ...change,
    fields: await all(change.fields),
    base: await all(change.base),
    conflicts: await Promise.all(conflicts),
  };
}

/** The id itself, where no such record is here. */
async function recordName(
  engine: Pick<Engine, 'records'>,
  integration: string,
  type: RecordType,
  externalId: unknown,
): Promise<unknown> {
  const where = [{ field: 'externalId', op: '=', value: String(externalId) }] as const;
  const [record] = (await engine.records({ type, integration, where, limit: 1 })).records;
  const [title = ''] = definitionOf(type).title;
  return record?.[title] ?? externalId;
}
