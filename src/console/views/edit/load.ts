/** What the form needs before it can be drawn: what may be written, what is there, and what a change in the outbox wants already. */

import type { Manifest, RecordTypeSpec } from '../../../connector/manifest.ts';
import type { FieldValue } from '../../../connector/writer.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Change } from '../../../portal/change.ts';
import type { StoredRecord } from '../../../portal/query.ts';
import { portalFieldOf } from '../../../portal/records/define.ts';
import { definitionOf, type RecordType } from '../../../portal/records/index.ts';
import { cell } from '../records/columns.ts';
import type { ViewProps } from '../view-props.ts';
import type { Entries, Entry } from './rows.ts';

export interface LoadedForm {
  readonly manifest: Manifest;
  readonly spec: RecordTypeSpec | undefined;
  readonly record: StoredRecord | null;
  /** What the form begins with: nothing, but for a change that is in the outbox. */
  readonly initial: Entries;
  /** What the record is called; null: it has no name yet. */
  readonly title: string | null;
}

export async function loadForm(engine: Engine, place: ViewProps<'edit'>['place']): Promise<LoadedForm> {
  const { integration, type, record: id, change: changeId } = place;
  const manifest = await engine.manifest(integration);
  const record = id === undefined ? null : await engine.record(type, id);
  const [change] = changeId === undefined ? [] : await engine.changes({ id: changeId });
  const { title: fields } = definitionOf(type);
  return {
    manifest,
    spec: manifest.recordTypes.find((each) => each.type === type),
    record,
    initial: change === undefined ? {} : await entriesOf(engine, change),
    title: record === null ? null : fields.map((field) => cell(record[field])).join(' '),
  };
}

async function entriesOf(engine: Engine, change: Change): Promise<Entries> {
  const { references } = definitionOf(change.type);
  const entries = Object.entries(change.fields).map(async ([field, value]): Promise<[string, Entry]> => {
    const reference = references.find(({ from }) => from === field);
    if (reference === undefined) return [field, { value, shown: typeof value === 'string' ? value : cell(value) }];
    return [portalFieldOf(reference), await recordEntry(engine, change.integration, reference.to as RecordType, value)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A change names another record by the vendor's id of it; the form by the portal's, and for people by its name. */
async function recordEntry(engine: Engine, integration: string, type: RecordType, value: FieldValue): Promise<Entry> {
  if (value === null) return { value, shown: '' };
  const where = [{ field: 'externalId', op: '=', value }] as const;
  const [record] = (await engine.records({ type, integration, where, limit: 1 })).records;
  const [title = ''] = definitionOf(type).title;
  return record === undefined ? { value, shown: String(value) } : { value: record.id, shown: cell(record[title]) };
}
