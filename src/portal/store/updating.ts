/** What a row changes of the record that it is linked to. */
import { definitionOf } from '../records/index.ts';
import type { Batch, RecordItem } from './batch.ts';
import * as links from './links.ts';
import * as rows from './rows.ts';
import { type Cell, labelOf, type Row } from './tables.ts';
import type { Values } from './told.ts';

/** @param hash null: the row is to be looked at again, even when it comes as it is */
export function update(
  batch: Batch,
  item: RecordItem,
  values: Values,
  hash: string | null,
  link: links.StoredLink,
  present: Row,
): void {
  const { statements, integration, type, linkOnly: pointsOnly } = batch.source;
  const { externalId, modifiedAt } = item;
  const { changed, kept } = differing(batch, item, values, present);
  const fields = Object.keys(changed);
  const restored = link.goneAt !== null;
  if (fields.length === 0 && !restored && link.pointsOnly === pointsOnly) {
    // Another telling of the same (fewer fields, or a blank that stays filled): not worth a write.
    batch.unchanged(externalId);
    return;
  }
  const { recordId } = link;
  rows.write(batch, recordId, changed);
  // A blank that erased nothing would, once the operator wants it so.
  const known = kept ? null : hash;
  links.save(statements, { integration, type, externalId, recordId, hash: known, modifiedAt, pointsOnly });
  if (restored) batch.live.integration += 1;
  if (restored && !pointsOnly) batch.live.whole += links.revive(statements, type, recordId);
  batch.counters.updated += 1;
  batch.changed({
    externalId,
    outcome: restored ? 'restored' : 'updated',
    label: labelOf(batch.table, { ...present, ...values }, externalId),
    fields,
    values: Object.fromEntries(
      fields.map((field) => [field, { before: present[field] ?? null, after: changed[field] ?? null }]),
    ),
  });
}

/**
 * What this row changes of its record, and whether something was kept against a blank. The record follows the row it came from first;
 * another one, of whatever integration, only fills what is blank.
 */
function differing(
  { source }: Batch,
  item: RecordItem,
  values: Values,
  present: Row,
): { changed: Record<string, Cell>; kept: boolean } {
  const { integration, type, linkOnly, erases } = source;
  if (linkOnly) return { changed: {}, kept: false };
  if (present.provider !== integration || present.externalId !== item.externalId) {
    return { changed: fillingBlanks(values, present), kept: false };
  }
  const { descriptive = [] } = definitionOf(type);
  const others = Object.entries(values).filter(([field, value]) => value !== present[field]);
  const changed = others.filter(([field, value]) => value !== null || !descriptive.includes(field) || erases(field));
  return { changed: Object.fromEntries(changed), kept: changed.length < others.length };
}

export function fillingBlanks(values: Values, present: Row): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(values).filter(([field, value]) => value !== null && (present[field] ?? null) === null),
  );
}
