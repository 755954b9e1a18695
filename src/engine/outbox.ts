/** Changes from the wish to the outbox, and what people do with those that are stuck there. */

import type { Manifest, RecordTypeSpec } from '../connector/manifest.ts';
import type { FieldValue, FieldValues } from '../connector/writer.ts';
import {
  type Change,
  type ChangeFilter,
  type ChangeState,
  type ChangeStep,
  editableStates,
  type FieldConflict,
  issueOf,
} from '../portal/change.ts';
import type { Portal, PortalReader } from '../portal/portal.ts';
import { portalFieldOf } from '../portal/records/define.ts';
import { definitionOf, type RecordType } from '../portal/records/index.ts';
import type { Connections } from './connections.ts';
import { InvalidInput } from './engine.ts';
import { configured } from './input.ts';
import { chosenTypes, type Integrations } from './integrations.ts';
import type { ConflictChoice, OutboxCommands, Proposal } from './outbox-commands.ts';
import { type Problem, problemsOf } from './sync/writable.ts';

export interface OutboxParts {
  readonly connections: Connections;
  readonly integrations: Integrations;
  readonly reader: PortalReader;
  /** Throws Busy where nothing may be written. */
  readonly own: () => Portal;
  readonly now: () => number;
  readonly newId: () => string;
  readonly changed: () => void;
}

export class Outbox implements OutboxCommands {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  async changes(filter: ChangeFilter): Promise<readonly Change[]> {
    return this.#parts.reader.changes(filter);
  }

  async propose(proposal: Proposal): Promise<Change> {
    const portal = this.#parts.own();
    const { id = this.#parts.newId(), type, kind, author = '' } = proposal;
    const known = portal.changes({ id })[0];
    if (known !== undefined) return known;
    const isNew = kind === 'create';
    const recordId = isNew ? null : (proposal.recordId ?? null);
    const integration = proposal.integration ?? this.#originOf(type, recordId);
    const { manifest, spec } = await this.#writable(integration, type);
    const externalId = isNew ? null : this.#externalIdOf(integration, manifest, type, recordId);
    const fields = this.#withVendorIds(integration, manifest, type, proposal.fields);
    this.#check({ kind, fields }, spec, manifest);
    const at = this.#at();
    const change = portal.addChange({ id, integration, type, kind, recordId, externalId, fields, author, at });
    this.#parts.changed();
    return change;
  }

  async retryChange(id: string): Promise<Change> {
    const { state } = this.#one(id);
    if (state === 'unconfirmed' || state === 'waiting') return this.#one(id);
    return this.#step(id, { from: ['refused'], to: 'waiting', reason: null }, 'tried again');
  }

  async withdrawChange(id: string): Promise<Change> {
    return this.#step(id, { from: editableStates, to: 'withdrawn', reason: null }, 'withdrawn');
  }

  async editChange(id: string, given: FieldValues, drop: readonly string[] = []): Promise<Change> {
    const change = this.#one(id);
    const { integration, type, kind, recordId } = change;
    const { manifest, spec } = await this.#writable(integration, type);
    const dropped = new Set(drop.map((field) => vendorFieldOf(type, field)));
    const kept = Object.entries(change.fields).filter(([field]) => !dropped.has(field));
    const fields = { ...Object.fromEntries(kept), ...this.#withVendorIds(integration, manifest, type, given) };
    this.#check({ kind, fields }, spec, manifest);
    const record = recordId === null ? null : this.#parts.reader.get(type, recordId);
    const seen = Object.fromEntries(
      Object.keys(kind === 'update' ? fields : {}).map((field) => [field, (record?.[field] as FieldValue) ?? null]),
    );
    const base = { ...seen, ...change.base };
    // What was asked about the old values is no question any more; where it still is one, the next run asks it anew.
    const conflicts = change.conflicts.filter(({ winner }) => winner !== null);
    return this.#step(id, { from: editableStates, to: 'waiting', reason: null, fields, base, conflicts }, 'changed');
  }

  async resolveConflict(id: string, choices: Readonly<Record<string, ConflictChoice>>): Promise<Change> {
    const change = this.#one(id);
    const asked = change.conflicts.filter(({ winner }) => winner === null).map(({ field }) => field);
    const problems: Problem[] = [
      ...asked
        .filter((field) => choices[field] !== 'portal' && choices[field] !== 'vendor')
        .map((field) => ({ path: field, message: 'Say portal or vendor.' })),
      ...Object.keys(choices)
        .filter((field) => !asked.includes(field))
        .map((field) => ({ path: field, message: 'There is no conflict in this field.' })),
    ];
    if (change.state === 'conflicted' && problems.length > 0) throw new InvalidInput(problems);
    const fields: Record<string, FieldValue> = { ...change.fields };
    const base: Record<string, FieldValue> = { ...change.base };
    const conflicts = change.conflicts.map((conflict): FieldConflict => {
      const winner = choices[conflict.field];
      if (conflict.winner !== null || winner === undefined) return conflict;
      // The decision was made in sight of what the vendor has now; another change there is another question.
      if (winner === 'portal') base[conflict.field] = conflict.theirs as FieldValue;
      else delete fields[conflict.field];
      return { ...conflict, winner };
    });
    const to = Object.keys(fields).length === 0 ? 'confirmed' : 'waiting';
    const reason = to === 'confirmed' ? "The vendor's values were kept." : null;
    return this.#step(id, { from: ['conflicted'], to, reason, fields, base, conflicts }, 'resolved');
  }

  #step(id: string, step: Omit<ChangeStep, 'at'>, what: string): Change {
    const portal = this.#parts.own();
    const { integration, type, state } = this.#one(id);
    const after = portal.stepChange(id, { ...step, at: this.#at() });
    if (after === null) {
      throw new InvalidInput([{ path: 'id', message: `This change cannot be ${what}: ${standing[state]}` }]);
    }
    portal.clearIssues({ integration, type, externalId: issueOf(id) });
    this.#parts.changed();
    return after;
  }

  #one(id: string): Change {
    const change = this.#parts.reader.changes({ id })[0];
    if (change === undefined)
      throw new InvalidInput([{ path: 'id', message: `There is no change ${id} in the outbox.` }]);
    return change;
  }

  #originOf(type: RecordType, recordId: string | null): string {
    if (recordId === null)
      throw new InvalidInput([{ path: 'integration', message: 'Say which integration it is for.' }]);
    const record = this.#parts.reader.get(type, recordId);
    if (typeof record?.provider === 'string') return record.provider;
    throw new InvalidInput([{ path: 'recordId', message: `There is no ${definitionOf(type).singular} ${recordId}.` }]);
  }

  /** The manifest's word on a type that is synced and may be written. */
  async #writable(id: string, type: RecordType): Promise<{ manifest: Manifest; spec: RecordTypeSpec }> {
    const { connections, integrations } = this.#parts;
    const { manifest } = await connections.connector(id);
    const stored = configured(id, integrations);
    const spec = manifest.recordTypes.find((each) => each.type === type);
    const refuse = (message: string) => new InvalidInput([{ path: '', message }]);
    const plural = definitionOf(type).label.toLowerCase();
    if (spec === undefined) throw refuse(`${manifest.name} has no ${plural}.`);
    if (stored.settings.readOnly === true)
      throw refuse(`${manifest.name} is set to read only: nothing is written there.`);
    if (!chosenTypes(stored.settings, manifest).includes(type)) {
      throw refuse(`${manifest.name}: ${plural} are not among the record types that are synced.`);
    }
    return { manifest, spec };
  }

  #externalIdOf(integration: string, manifest: Manifest, type: RecordType, recordId: string | null): string {
    const link = this.#liveLink(integration, type, recordId);
    if (link !== null) return link;
    const { singular } = definitionOf(type);
    const message =
      recordId === null ? `Say which ${singular}.` : `There is no ${singular} ${recordId} that ${manifest.name} has.`;
    throw new InvalidInput([{ path: 'recordId', message }]);
  }

  #liveLink(integration: string, type: RecordType, recordId: string | null): string | null {
    if (recordId === null) return null;
    const links = this.#parts.reader.links(type, recordId);
    return links.find((link) => link.integration === integration && link.goneAt === null)?.externalId ?? null;
  }

  /** `companyId` and its like become the vendor's ids. */
  #withVendorIds(integration: string, manifest: Manifest, type: RecordType, given: FieldValues): FieldValues {
    const fields: Record<string, FieldValue> = { ...given };
    const problems: Problem[] = [];
    for (const reference of definitionOf(type).references) {
      const { from, to } = reference;
      const into = portalFieldOf(reference);
      const named = fields[into];
      if (named === undefined) continue;
      delete fields[into];
      const externalId = named === null ? null : this.#liveLink(integration, to as RecordType, String(named));
      if (named !== null && externalId === null) {
        const { singular } = definitionOf(to as RecordType);
        problems.push({ path: into, message: `${manifest.name} has no ${singular} that is linked to ${named}.` });
      }
      fields[from] = externalId;
    }
    if (problems.length > 0) throw new InvalidInput(problems);
    return fields;
  }

  #check(change: Pick<Change, 'kind' | 'fields'>, spec: RecordTypeSpec, manifest: Manifest): void {
    const problems = problemsOf(change, spec, manifest, this.#parts.integrations.get(manifest.id)?.options ?? {});
    if (problems.length > 0) throw new InvalidInput(problems);
  }

  #at(): string {
    return new Date(this.#parts.now()).toISOString();
  }
}

/** `companyId` is `companyExternalId` in a change. */
function vendorFieldOf(type: RecordType, field: string): string {
  const reference = definitionOf(type).references.find((each) => portalFieldOf(each) === field);
  return reference?.from ?? field;
}

const standing: Readonly<Record<ChangeState, string>> = {
  waiting: 'it waits for the next sync.',
  sending: 'it is being sent.',
  unconfirmed: 'it was sent, and whether it was done is not known yet. The next sync finds out.',
  confirmed: 'the vendor has it already.',
  conflicted: 'it waits for a decision. Resolve it first.',
  refused: 'it was refused.',
  withdrawn: 'it was withdrawn.',
};
