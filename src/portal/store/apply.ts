/** Stores what a vendor told, row by row, inside the caller's transaction. */
import type { SourceItem } from '../../connector/source-item.ts';
import { definitionOf } from '../records/index.ts';
import { type AppliedItems, Batch, type RecordItem, type Source } from './batch.ts';
import * as decisions from './decisions.ts';
import * as issues from './issues.ts';
import * as links from './links.ts';
import { place } from './placing.ts';
import { resolve } from './references.ts';
import * as rows from './rows.ts';
import { labelOf } from './tables.ts';
import { hashOfRow, validate } from './told.ts';
import { update } from './updating.ts';

export function applyItems(source: Source, items: readonly SourceItem[]): AppliedItems {
  const batch = new Batch(source);
  const anyDecisions = decisions.any(source.statements, source.integration, source.type);
  batch.each(items, (item) => {
    if (item.kind !== 'gone') source.seen?.(item.externalId);
    if (item.kind === 'record') return takeRecord(batch, item, anyDecisions);
    if (item.kind === 'gone') takeGone(batch, item.externalId);
    else batch.hold(item.externalId, item.reason, item.label, item.detail);
    return item;
  });
  return batch.finish();
}

/** Returns the item as it can be kept. */
function takeRecord(batch: Batch, item: RecordItem, anyDecisions: boolean): SourceItem {
  const { statements, integration, type, linkOnly } = batch.source;
  const { externalId } = item;
  const hash = hashOfRow(batch.table, item);
  const link = links.find(statements, integration, type, externalId);
  if (hash !== null && link !== undefined && link.hash === hash && link.goneAt === null) {
    batch.unchanged(externalId);
    return item;
  }

  const told = validate(batch.table, item, link === undefined);
  if ('problem' in told) return holdMalformed(batch, item, told.problem);
  const present = link === undefined ? null : rows.present(batch, link.recordId);
  const resolution = resolve(statements, integration, type, told.values, present);
  if (resolution.kind === 'held') {
    const { reason, detail, wants } = resolution;
    const payload = issues.kept({ item, linkOnly });
    const waiting = { payload, wantsType: wants.type, wantsId: wants.externalId };
    batch.hold(externalId, reason, labelOf(batch.table, { ...present, ...told.values }, externalId), detail, waiting);
    return item;
  }

  const values = { ...told.values, ...resolution.values };
  // A reference that was left open may be found later: then the same row is looked at again.
  const kept = resolution.complete ? hash : null;
  if (link === undefined || present === null) place(batch, item, values, kept, anyDecisions);
  else update(batch, item, values, kept, link, present);
  return item;
}

/** What did not fit may fit once it was JSON, where a NaN becomes a blank: so it is kept as the row that was held. */
function holdMalformed(batch: Batch, item: RecordItem, problem: string): SourceItem {
  const { externalId, modifiedAt } = item;
  const label = labelOf(batch.table, item.record ?? {}, externalId);
  const detail = `The vendor's answer does not fit a ${definitionOf(batch.source.type).singular} (${problem}). The rest of the page was taken; it is tried again whenever the vendor sends it.`;
  batch.hold(externalId, 'malformed', label, detail);
  return { kind: 'held', externalId, reason: 'malformed', label, detail, modifiedAt };
}

function takeGone(batch: Batch, externalId: string): void {
  const { statements, integration, type, at } = batch.source;
  const link = links.find(statements, integration, type, externalId);
  if (link === undefined || link.goneAt !== null) {
    batch.unchanged(externalId);
    return;
  }
  const label = labelOf(batch.table, rows.present(batch, link.recordId) ?? {}, externalId);
  if (links.markGone(statements, integration, type, externalId, link.recordId, at)) batch.live.whole -= 1;
  batch.live.integration -= 1;
  batch.counters.gone += 1;
  batch.changed({ externalId, outcome: 'gone', label });
}
