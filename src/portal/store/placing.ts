/** Where a row belongs that is not linked yet: it is another telling of a record that is there, a new one, or somebody must say. */
import { ignoredDetail } from '../issue-reasons.ts';
import type { MatchRule } from '../records/define.ts';
import { definitionOf } from '../records/index.ts';
import type { Batch, RecordItem } from './batch.ts';
import * as decisions from './decisions.ts';
import * as issues from './issues.ts';
import * as links from './links.ts';
import { match } from './match.ts';
import { missingReason, resolveLate } from './references.ts';
import * as rows from './rows.ts';
import { type Cell, labelOf } from './tables.ts';
import type { Values } from './told.ts';
import { fillingBlanks } from './updating.ts';

/**
 * @param hash null: the row is to be looked at again, even when it comes as it is
 * @param anyDecisions false: nobody has decided anything about rows of this source, so that no row looks for it
 */
export function place(
  batch: Batch,
  item: RecordItem,
  values: Values,
  hash: string | null,
  anyDecisions: boolean,
): void {
  const { statements, integration, type, linkOnly, createsNew } = batch.source;
  if (createsNew === true) {
    create(batch, item, values, hash);
    return;
  }
  const row = { integration, type, externalId: item.externalId };
  const decision = anyDecisions ? decisions.find(statements, row) : null;
  if (decision !== null) {
    asDecided(batch, item, values, decision);
    return;
  }
  const found = match(statements, { integration, type, exclusive: !linkOnly }, values);
  if (found.kind === 'certain') link(batch, item, values, hash, found.recordId);
  else if (found.kind === 'none' && !linkOnly) create(batch, item, values, hash);
  else waitForMatch(batch, item, values, found.kind === 'doubtful' ? found.recordIds.length : 0);
}

function create(batch: Batch, item: RecordItem, values: Values, hash: string | null): void {
  const { statements, integration, type, newId } = batch.source;
  const { externalId, modifiedAt } = item;
  const recordId = newId();
  const row: Record<string, Cell> = { ...values, id: recordId, provider: integration, externalId };
  rows.insert(batch, row);
  links.save(statements, { integration, type, externalId, recordId, hash, modifiedAt });
  resolveLate(statements, integration, type, externalId, row);
  batch.live.whole += 1;
  batch.live.integration += 1;
  batch.counters.created += 1;
  batch.changed({ externalId, outcome: 'created', label: labelOf(batch.table, row, externalId) });
}

/** Fills what the record lacks and changes nothing else: what it says comes from where it came from first. */
function link(batch: Batch, item: RecordItem, values: Values, hash: string | null, recordId: string): void {
  const { statements, integration, type, linkOnly } = batch.source;
  const { externalId, modifiedAt } = item;
  const present = rows.present(batch, recordId) ?? {};
  if (!linkOnly) rows.write(batch, recordId, fillingBlanks(values, present));
  links.save(statements, { integration, type, externalId, recordId, hash, modifiedAt, pointsOnly: linkOnly });
  resolveLate(statements, integration, type, externalId, { ...values, ...present });
  batch.live.integration += 1;
  batch.counters.updated += 1;
  batch.changed({ externalId, outcome: 'linked', label: labelOf(batch.table, present, externalId) });
}

function asDecided(batch: Batch, item: RecordItem, values: Values, decision: decisions.Decision): void {
  const label = labelOf(batch.table, values, item.externalId);
  const waiting = waitingForAPerson(batch, item);
  if (decision === 'ask') {
    batch.hold(item.externalId, 'doubtful-match', label, 'It was unlinked by hand. Say what it is.', waiting);
    return;
  }
  const { statements, integration, type } = batch.source;
  batch.hold(item.externalId, 'not-selected', label, ignoredDetail, waiting);
  issues.dismissRow(statements, integration, type, item.externalId, 'not-selected');
}

function waitForMatch(batch: Batch, item: RecordItem, values: Values, candidates: number): void {
  const { type } = batch.source;
  const { singular, label: plural, match: rules = [] } = definitionOf(type);
  const label = labelOf(batch.table, values, item.externalId);
  const waiting = waitingForAPerson(batch, item);
  if (candidates > 0) {
    const detail = `${candidates} ${plural.toLowerCase()} in the portal fit it equally well, so none was chosen.`;
    batch.hold(item.externalId, 'doubtful-match', label, detail, waiting);
    return;
  }
  const same = rules.map(({ by }) => matchWords[by]).join(' or ');
  const detail = `No ${singular} in the portal has this ${same}, and this integration does not make any. Import it from the PSA with the same ${same}, and it is linked by itself.`;
  batch.hold(item.externalId, missingReason(type), label, detail, waiting);
}

function waitingForAPerson({ source }: Batch, item: RecordItem): issues.Waiting {
  return { payload: issues.kept({ item, linkOnly: source.linkOnly }), wantsType: null, wantsId: null };
}

const matchWords: Readonly<Record<MatchRule['by'], string>> = {
  name: 'name',
  domain: 'domain',
  email: 'e-mail address',
};
