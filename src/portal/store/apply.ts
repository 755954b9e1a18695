/** Stores what a vendor told, row by row, inside the caller's transaction. */
import type { HoldReason, SourceItem } from '../../connector/contract.ts';
import { ignoredDetail } from '../issue-reasons.ts';
import { noCounters, type RowChange, type TypeCounters } from '../portal.ts';
import type { MatchRule } from '../records/define.ts';
import { definitionOf, type RecordType } from '../records/index.ts';
import { hashOf } from './canonical.ts';
import * as counts from './counts.ts';
import * as decisions from './decisions.ts';
import * as issues from './issues.ts';
import * as links from './links.ts';
import { match } from './match.ts';
import { follow, resolve, resolveLate } from './references.ts';
import type { Statements } from './statements.ts';
import { type Cell, encode, labelOf, type Row, type Table, tableOf } from './tables.ts';

export interface Source {
  readonly statements: Statements;
  readonly integration: string;
  readonly type: RecordType;
  /** Our clock, ISO. */
  readonly at: string;
  readonly newId: () => string;
  /** Called with every row that the vendor still has, held ones too. */
  readonly seen: ((externalId: string) => void) | null;
  /** Rows are only tied to records that are there. */
  readonly linkOnly: boolean;
  /** A row that is linked to nothing becomes a record of its own, whatever it looks like. */
  readonly createsNew?: boolean;
  /** Whether a blank in this descriptive field empties it. */
  readonly erases: (field: string) => boolean;
}

export interface Applied {
  readonly counters: TypeCounters;
  readonly changes: readonly RowChange[];
  /** Whether anything was written. */
  readonly wrote: boolean;
}

export interface AppliedItems extends Applied {
  /** The items for which something was written, each in a form that survives JSON. */
  readonly writing: readonly SourceItem[];
  /** Of `changes`, those of rows that were held back before as they are now: nothing was written. */
  readonly standing: readonly RowChange[];
}

type RecordItem = Extract<SourceItem, { kind: 'record' }>;

export function applyItems(source: Source, items: readonly SourceItem[]): AppliedItems {
  const batch = new Batch(source);
  for (const item of items) batch.take(item);
  return batch.finish();
}

class Batch {
  readonly #source: Source;
  readonly #table: Table;
  readonly #counters = noCounters();
  readonly #changes: RowChange[] = [];
  #writes = 0;
  readonly #writing: SourceItem[] = [];
  readonly #standing: RowChange[] = [];
  /** The item at hand, as it can be kept. */
  #kept: SourceItem | null = null;
  /** Most types have no issue most of the time: then no row looks for its own. */
  #anyIssues: boolean;
  readonly #anyDecisions: boolean;
  #live = { whole: 0, integration: 0 };

  constructor(source: Source) {
    this.#source = source;
    this.#table = tableOf(source.type);
    this.#anyDecisions = decisions.any(source.statements, source.integration, source.type);
    this.#anyIssues = issues.anyOfRows(source.statements, source.integration, source.type);
  }

  take(item: SourceItem): void {
    const [writes, changes] = [this.#writes, this.#changes.length];
    this.#kept = item;
    this.#look(item);
    if (this.#writes > writes) this.#writing.push(this.#kept);
    else this.#standing.push(...this.#changes.slice(changes));
  }

  #look(item: SourceItem): void {
    this.#counters.read += 1;
    if (item.kind === 'gone') {
      this.#gone(item.externalId);
      return;
    }
    this.#source.seen?.(item.externalId);
    if (item.kind === 'held') this.#hold(item.externalId, item.reason, item.label, item.detail);
    else this.#record(item);
  }

  finish(): AppliedItems {
    const { statements, integration, type } = this.#source;
    counts.adjust(statements, counts.WHOLE, type, this.#live.whole);
    counts.adjust(statements, integration, type, this.#live.integration);
    const wrote = this.#writes > 0;
    return {
      counters: this.#counters,
      changes: this.#changes,
      wrote,
      writing: this.#writing,
      standing: this.#standing,
    };
  }

  #record(item: RecordItem): void {
    const { statements, integration, type } = this.#source;
    const { externalId } = item;
    const hash = this.#hash(item);
    const link = links.find(statements, integration, type, externalId);
    if (hash !== null && link !== undefined && link.hash === hash && link.goneAt === null) {
      this.#unchanged(externalId);
      return;
    }

    const told = this.#validate(item, link === undefined);
    if (told === null) return;
    const present = link === undefined ? null : this.#present(link.recordId);
    const resolution = resolve(statements, integration, type, told, present);
    if (resolution.kind === 'held') {
      const { wants } = resolution;
      const payload = issues.kept({ item, linkOnly: this.#source.linkOnly });
      const waiting = { payload, wantsType: wants.type, wantsId: wants.externalId };
      const label = labelOf(this.#table, { ...present, ...told }, externalId);
      this.#hold(externalId, resolution.reason, label, resolution.detail, waiting);
      return;
    }

    const values = { ...told, ...resolution.values };
    // A reference that was left open may be found later: then the same row is looked at again.
    const kept = resolution.complete ? hash : null;
    if (link === undefined || present === null) this.#place(item, values, kept);
    else this.#update(item, values, kept, link, present);
  }

  /** A row that is not linked yet: another telling of a record that is there, or a new one. */
  #place(item: RecordItem, values: Readonly<Record<string, Cell>>, hash: string | null): void {
    const { statements, integration, type, linkOnly, createsNew } = this.#source;
    if (createsNew === true) {
      this.#create(item, values, hash);
      return;
    }
    const row = { integration, type, externalId: item.externalId };
    const decision = this.#anyDecisions ? decisions.find(statements, row) : null;
    if (decision !== null) {
      this.#asDecided(item, values, decision);
      return;
    }
    const found = match(statements, { integration, type, exclusive: !linkOnly }, values);
    if (found.kind === 'certain') this.#link(item, values, hash, found.recordId);
    else if (found.kind === 'none' && !linkOnly) this.#create(item, values, hash);
    else this.#waitForMatch(item, values, found.kind === 'doubtful' ? found.recordIds.length : 0);
  }

  #asDecided(item: RecordItem, values: Readonly<Record<string, Cell>>, decision: decisions.Decision): void {
    const label = labelOf(this.#table, values, item.externalId);
    const waiting = this.#waitingForAPerson(item);
    if (decision === 'ask') {
      this.#hold(item.externalId, 'doubtful-match', label, 'It was unlinked by hand. Say what it is.', waiting);
      return;
    }
    const { statements, integration, type } = this.#source;
    this.#hold(item.externalId, 'not-selected', label, ignoredDetail, waiting);
    issues.dismissRow(statements, integration, type, item.externalId, 'not-selected');
  }

  #waitForMatch(item: RecordItem, values: Readonly<Record<string, Cell>>, candidates: number): void {
    const { type } = this.#source;
    const { singular, label: plural } = definitionOf(type);
    const label = labelOf(this.#table, values, item.externalId);
    if (candidates > 0) {
      const detail = `${candidates} ${plural.toLowerCase()} in the portal fit it equally well, so none was chosen.`;
      this.#hold(item.externalId, 'doubtful-match', label, detail, this.#waitingForAPerson(item));
      return;
    }
    const reason = type === 'companies' ? 'company-not-imported' : 'reference-missing';
    const same = (definitionOf(type).match ?? []).map(({ by }) => matchWords[by]).join(' or ');
    const detail = `No ${singular} in the portal has this ${same}, and this integration does not make any. Import it from the PSA with the same ${same}, and it is linked by itself.`;
    this.#hold(item.externalId, reason, label, detail, this.#waitingForAPerson(item));
  }

  #waitingForAPerson(item: RecordItem): issues.Waiting {
    return { payload: issues.kept({ item, linkOnly: this.#source.linkOnly }), wantsType: null, wantsId: null };
  }

  /** Fills what the record lacks and changes nothing else: what it says comes from where it came from first. */
  #link(item: RecordItem, values: Readonly<Record<string, Cell>>, hash: string | null, recordId: string): void {
    const { statements, integration, type, linkOnly } = this.#source;
    const { externalId, modifiedAt } = item;
    const present = this.#present(recordId) ?? {};
    if (!linkOnly) this.#write(recordId, fillingBlanks(values, present));
    links.save(statements, { integration, type, externalId, recordId, hash, modifiedAt, pointsOnly: linkOnly });
    resolveLate(statements, integration, type, externalId, { ...values, ...present });
    this.#live.integration += 1;
    this.#counters.updated += 1;
    this.#change({ externalId, outcome: 'linked', label: labelOf(this.#table, present, externalId) });
    this.#settle(externalId);
  }

  #write(recordId: string, changed: Readonly<Record<string, Cell>>): void {
    const { statements, type } = this.#source;
    const fields = Object.keys(changed);
    if (fields.length === 0) return;
    const set = fields.map((field) => `"${field}" = ?`).join(', ');
    statements
      .sql(`UPDATE "${type}" SET ${set} WHERE "id" = ?`)
      .run(...fields.map((field) => changed[field] ?? null), recordId);
    follow(statements, type, recordId, changed);
  }

  #create(item: RecordItem, values: Readonly<Record<string, Cell>>, hash: string | null): void {
    const { statements, integration, type } = this.#source;
    const { externalId, modifiedAt } = item;
    const row: Record<string, Cell> = { ...values, id: this.#source.newId(), provider: integration, externalId };
    const places = Array.from(this.#table.kinds, () => '?').join(', ');
    statements
      .sql(`INSERT INTO "${type}" (${this.#table.columns}) VALUES (${places})`)
      .run(...Array.from(this.#table.kinds.keys(), (field) => row[field] ?? null));
    links.save(statements, { integration, type, externalId, recordId: row.id as string, hash, modifiedAt });
    resolveLate(statements, integration, type, externalId, row);
    this.#live.whole += 1;
    this.#live.integration += 1;
    this.#counters.created += 1;
    this.#change({ externalId, outcome: 'created', label: labelOf(this.#table, row, externalId) });
    this.#settle(externalId);
  }

  #update(
    item: RecordItem,
    values: Readonly<Record<string, Cell>>,
    hash: string | null,
    link: links.StoredLink,
    present: Row,
  ): void {
    const { statements, integration, type, linkOnly: pointsOnly } = this.#source;
    const { externalId, modifiedAt } = item;
    const { changed, kept } = this.#differing(item, values, present);
    const fields = Object.keys(changed);
    const restored = link.goneAt !== null;
    if (fields.length === 0 && !restored && link.pointsOnly === pointsOnly) {
      // Another telling of the same (fewer fields, or a blank that stays filled): not worth a write.
      this.#unchanged(externalId);
      return;
    }
    this.#write(link.recordId, changed);
    // A blank that erased nothing would, once the operator wants it so.
    const known = kept ? null : hash;
    const { recordId } = link;
    links.save(statements, { integration, type, externalId, recordId, hash: known, modifiedAt, pointsOnly });
    if (restored) this.#live.integration += 1;
    if (restored && !pointsOnly) {
      const back = statements
        .sql(`UPDATE "${type}" SET gone_at = NULL WHERE "id" = ? AND gone_at IS NOT NULL`)
        .run(link.recordId);
      this.#live.whole += Number(back.changes);
    }
    this.#counters.updated += 1;
    const label = labelOf(this.#table, { ...present, ...values }, externalId);
    this.#change({
      externalId,
      outcome: restored ? 'restored' : 'updated',
      label,
      fields,
      values: Object.fromEntries(
        fields.map((field) => [field, { before: present[field] ?? null, after: changed[field] ?? null }]),
      ),
    });
    this.#settle(externalId);
  }

  /**
   * What this row changes of its record, and whether something was kept against a blank. The record follows the row it came from first;
   * another one, of whatever integration, only fills what is blank.
   */
  #differing(
    item: RecordItem,
    values: Readonly<Record<string, Cell>>,
    present: Row,
  ): { changed: Record<string, Cell>; kept: boolean } {
    const { integration, type, linkOnly, erases } = this.#source;
    if (linkOnly) return { changed: {}, kept: false };
    if (present.provider !== integration || present.externalId !== item.externalId) {
      return { changed: fillingBlanks(values, present), kept: false };
    }
    const { descriptive = [] } = definitionOf(type);
    const differing = Object.entries(values).filter(([field, value]) => value !== present[field]);
    const changed = differing.filter(
      ([field, value]) => value !== null || !descriptive.includes(field) || erases(field),
    );
    return { changed: Object.fromEntries(changed), kept: changed.length < differing.length };
  }

  #gone(externalId: string): void {
    const { statements, integration, type, at } = this.#source;
    const link = links.find(statements, integration, type, externalId);
    if (link === undefined || link.goneAt !== null) {
      this.#unchanged(externalId);
      return;
    }
    const label = labelOf(this.#table, this.#present(link.recordId) ?? {}, externalId);
    if (links.markGone(statements, integration, type, externalId, link.recordId, at)) this.#live.whole -= 1;
    this.#live.integration -= 1;
    this.#counters.gone += 1;
    this.#change({ externalId, outcome: 'gone', label });
    this.#settle(externalId);
  }

  #unchanged(externalId: string): void {
    this.#counters.unchanged += 1;
    this.#settle(externalId);
  }

  #hold(externalId: string, reason: HoldReason, label: string, detail: string, waiting?: issues.Waiting): void {
    const { statements, integration, type, at } = this.#source;
    const failed = reason === 'malformed' || reason === 'refused';
    if (failed) this.#counters.failed += 1;
    else this.#counters.held += 1;
    this.#settle(externalId, reason);
    const issue = { integration, type, externalId, reason, label, detail, at };
    if (issues.hold(statements, issue, waiting ?? null)) this.#writes += 1;
    this.#anyIssues = true;
    this.#changes.push({ externalId, outcome: failed ? 'failed' : 'held', label, reason });
  }

  #settle(externalId: string, except?: HoldReason): void {
    const { statements, integration, type } = this.#source;
    if (this.#anyIssues && issues.settle(statements, integration, type, externalId, except)) this.#writes += 1;
  }

  #change(change: RowChange): void {
    this.#changes.push(change);
    this.#writes += 1;
  }

  #present(id: string): Row | null {
    const row = this.#source.statements
      .sql(`SELECT ${this.#table.columns} FROM "${this.#source.type}" WHERE "id" = ?`)
      .get(id);
    return (row as Row | undefined) ?? null;
  }

  /** Null: not even JSON; validation will say what is wrong. */
  #hash(item: RecordItem): string | null {
    try {
      return hashOf(item.record, this.#table.told);
    } catch {
      return null;
    }
  }

  /** The told fields as the table holds them; null when the row does not fit (it is an issue then). */
  #validate(item: RecordItem, isNew: boolean): Record<string, Cell> | null {
    const { type } = this.#source;
    const parsed = definitionOf(type).source.safeParse(item.record);
    let problem: string | null = null;
    if (!parsed.success) {
      problem = parsed.error.issues
        .slice(0, 3)
        .map((issue) => `${issue.path.join('.') || 'the row'}: ${issue.message}`)
        .join('; ');
    } else if (isNew) {
      const missing = this.#table.required.filter((field) => parsed.data[field] === undefined);
      if (missing.length > 0) problem = `${missing.join(', ')}: missing`;
    }
    if (problem !== null || !parsed.success) {
      const label = labelOf(this.#table, item.record ?? {}, item.externalId);
      const detail = `The vendor's answer does not fit a ${definitionOf(type).singular} (${problem}). The rest of the page was taken; it is tried again whenever the vendor sends it.`;
      this.#hold(item.externalId, 'malformed', label, detail);
      // What did not fit may fit once it was JSON: a NaN becomes a blank.
      const { externalId, modifiedAt } = item;
      this.#kept = { kind: 'held', externalId, reason: 'malformed', label, detail, modifiedAt };
      return null;
    }
    const told: Record<string, Cell> = {};
    for (const field of this.#table.told) {
      const value = parsed.data[field];
      if (value !== undefined) told[field] = encode(this.#table.kinds.get(field)!, value);
    }
    return told;
  }
}

const matchWords: Readonly<Record<MatchRule['by'], string>> = {
  name: 'name',
  domain: 'domain',
  email: 'e-mail address',
};

function fillingBlanks(values: Readonly<Record<string, Cell>>, present: Row): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(values).filter(([field, value]) => value !== null && (present[field] ?? null) === null),
  );
}
