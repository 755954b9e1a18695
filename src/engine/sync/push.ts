/**
 * Sends what waits in the outbox. A change is journalled before its request; whoever does not get an answer looks before anything is sent
 * again. Changes go one after another: no vendor is quicker for being asked twice at a time, and some give the same number to both.
 */

import { Cancelled, ConnectorError, NotFound, Unreachable } from '../../connector/errors.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { SourceItem } from '../../connector/source-item.ts';
import type { FieldValues, Note, RecordWriter } from '../../connector/writer.ts';
import type { Log } from '../../log/log.ts';
import { type Change, type ChangeStep, type FieldConflict, issueOf, pendingStates } from '../../portal/change.ts';
import { fieldWord } from '../../portal/records/field-label.ts';
import { definitionOf } from '../../portal/records/index.ts';
import { noCounters, type TypeCounters } from '../../portal/run.ts';
import { decide, noLongerThere } from './decide.ts';
import { type ConflictRule, holds, type SameIn, sameOf } from './merge.ts';
import type { PullEnvironment } from './pull.ts';
import type { Problem } from './writable.ts';

export interface PushEnvironment extends Omit<PullEnvironment, 'onPage'> {
  readonly log: Log;
  readonly rule: ConflictRule;
  /** What keeps a change from being sent, by manifest and options. */
  readonly problems: (change: Change) => readonly Problem[];
  readonly newId: () => string;
  readonly onPush: (counted: TypeCounters) => void;
}

const defaultSettleMs = 60_000;
/** Clocks differ, and a vendor may note the minute in which a request came rather than that in which it was answered. */
const clockRoomMs = 10 * 60_000;

/** @throws ConnectorError when the vendor cannot be reached or no longer lets us in; what was under way is then unconfirmed */
export async function push(spec: RecordTypeSpec, env: PushEnvironment): Promise<void> {
  const writer = env.connection.writer?.(spec.type);
  const { integration, portal } = env;
  const open = portal.changes({ integration, type: spec.type, states: pendingStates, oldestFirst: true });
  // An edit that waits for a decision or a look holds back the later ones of its record: they were made on top of it.
  const held = new Set<string | null>();
  for (const { id } of open) {
    env.signal.throwIfAborted();
    // It may have been withdrawn or edited while the one before it was sent.
    const change = portal.changes({ id, states: pendingStates })[0];
    if (change === undefined) continue;
    const isEdit = change.kind === 'update';
    if (isEdit && held.has(change.recordId)) continue;
    if (change.state !== 'conflicted') await new Push(change, spec, writer, env).go();
    const after = portal.changes({ id, states: pendingStates });
    if (isEdit && after.length > 0) held.add(change.recordId);
  }
}

class Push {
  readonly #change: Change;
  readonly #spec: RecordTypeSpec;
  readonly #writer: RecordWriter | undefined;
  readonly #env: PushEnvironment;
  readonly #sameIn: SameIn;

  constructor(change: Change, spec: RecordTypeSpec, writer: RecordWriter | undefined, env: PushEnvironment) {
    this.#change = change;
    this.#spec = spec;
    this.#writer = writer;
    this.#env = env;
    this.#sameIn = sameOf(spec);
  }

  async go(): Promise<void> {
    const { problems, rule, signal } = this.#env;
    const change = this.#change;
    const writer = this.#writer;
    const decision = await decide(change, writer, {
      problems: problems(change),
      rule,
      sameIn: this.#sameIn,
      current: (from) => from.current(change.externalId ?? '', signal),
      at: this.#at(),
    });
    if (this.#isOvertaken()) return;
    switch (decision.kind) {
      case 'refuse':
        return this.#refuse(decision.reason, decision.item);
      case 'ask':
        return this.#conflict(this.#withKnown(decision.conflicts), decision.item);
      case 'settle':
        return this.#confirm({ item: decision.item, conflicts: this.#withKnown(decision.conflicts) });
      // What follows is decided only where the writer can do it.
      case 'update':
        return await this.#update(writer!, decision.write, this.#withKnown(decision.conflicts));
      case 'create':
        return await this.#create(writer!);
      case 'note':
        return await this.#note(writer!);
    }
  }

  async #update(writer: RecordWriter, write: FieldValues, conflicts: readonly FieldConflict[]): Promise<void> {
    const externalId = this.#change.externalId ?? '';
    const sent = await this.#send({ conflicts }, (signal) => writer.update!(externalId, write, signal));
    // Some vendors write to what they have deleted.
    if (sent.kind === 'answered' && sent.answer.kind === 'gone') return this.#refuse(noLongerThere, sent.answer);
    if (sent.kind === 'answered') return this.#confirm({ item: sent.answer, conflicts });
    if (sent.kind !== 'silent') return;
    const now = await writer.current(externalId, this.#env.signal);
    if (now.kind === 'record' && holds(now.record, write, this.#sameIn)) this.#confirm({ item: now, conflicts });
  }

  async #create(writer: RecordWriter): Promise<void> {
    const { findCreated } = writer;
    const { attempts, fields } = this.#change;
    const marker = this.#marker();
    const look = async (): Promise<boolean> => {
      const search = { fields, marker, since: this.#since() };
      const found = (await findCreated?.call(writer, search, this.#env.signal)) ?? [];
      // A list may show the same row twice.
      const distinct = new Map(found.map((item) => [item.externalId, item])).values();
      const ours = [...distinct].filter(({ externalId }) => !this.#isTaken({ externalId }));
      if (ours.length === 0) return false;
      if (ours.length > 1) {
        const ids = ours.map(({ externalId }) => externalId).join(', ');
        this.#refuse(
          `More than one record at the vendor may be this one (${ids}). Remove those that are not wanted there, and retry.`,
        );
        return true;
      }
      this.#confirm({ item: ours[0]! });
      return true;
    };
    if (attempts > 0 && (await look())) return;
    if (!this.#isSettled()) return;
    const sent = await this.#send({ marker }, (signal) => writer.create!(fields, marker, signal));
    if (sent.kind === 'answered') this.#confirm({ item: sent.answer });
    if (sent.kind === 'silent') await look();
  }

  async #note(writer: RecordWriter): Promise<void> {
    const { findNote } = writer;
    const { attempts, fields } = this.#change;
    const externalId = this.#change.externalId ?? '';
    const marker = this.#marker();
    const note: Note = { text: String(fields.text), private: fields.private !== false };
    const look = async (): Promise<boolean> => {
      const search = { ...note, marker, since: this.#since() };
      let found: readonly string[];
      try {
        found = (await findNote?.call(writer, externalId, search, this.#env.signal)) ?? [];
      } catch (error) {
        // Deleted since: nobody will ever find it, and what waits behind it need not wait.
        if (!(error instanceof NotFound)) throw error;
        this.#refuse(noLongerThere);
        return true;
      }
      const madeId = found.find((id) => !this.#isTaken({ madeId: id }));
      if (madeId === undefined) return false;
      await this.#confirmNote(writer, externalId, madeId);
      return true;
    };
    if (attempts > 0 && (await look())) return;
    if (!this.#isSettled()) return;
    const sent = await this.#send({ marker }, (signal) => writer.addNote!(externalId, note, marker, signal));
    if (sent.kind === 'answered') await this.#confirmNote(writer, externalId, sent.answer);
    if (sent.kind === 'silent') await look();
  }

  /** A note changes its record (at least the time of it); that must not come back as news. */
  async #confirmNote(writer: RecordWriter, externalId: string, madeId: string): Promise<void> {
    let item: SourceItem | undefined;
    try {
      item = await writer.current(externalId, this.#env.signal);
    } catch (error) {
      // The note is there; what the record says now is told by the next read.
      if (!(error instanceof ConnectorError)) throw error;
    }
    this.#confirm({ madeId, ...(item === undefined ? {} : { item }) });
  }

  /** With those of before: what was asked about and answered is not noted twice. */
  #withKnown(found: readonly FieldConflict[]): readonly FieldConflict[] {
    const { conflicts } = this.#change;
    const isKnown = ({ field, theirs, winner }: FieldConflict) =>
      conflicts.some(
        (known) => known.field === field && known.winner === winner && this.#sameIn(field, known.theirs, theirs),
      );
    return [...conflicts, ...found.filter((conflict) => !isKnown(conflict))];
  }

  /** Journals, then sends once. Throws what ends the run; what it throws for is journalled before. */
  async #send<T>(more: Partial<ChangeStep>, request: (signal: AbortSignal) => Promise<T>): Promise<Sent<T>> {
    const { signal, log } = this.#env;
    if (this.#isOvertaken()) return { kind: 'overtaken' };
    this.#step({ ...more, from: ['waiting', 'unconfirmed'], to: 'sending', reason: null, sent: true });
    const from = ['sending'] as const;
    try {
      return { kind: 'answered', answer: await request(signal) };
    } catch (error) {
      if (isRefusal(error)) {
        this.#refuse(`${error.reason} ${error.fix}`);
        return { kind: 'refused' };
      }
      if (wasNotSent(error)) {
        this.#step({ from, to: 'waiting', reason: error.reason });
        throw error;
      }
      const why = error instanceof ConnectorError ? error.reason : 'The program itself failed meanwhile.';
      this.#step({ from, to: 'unconfirmed', reason: `It was sent, and no answer tells whether it was done. ${why}` });
      log.warn(`sent without an answer: ${this.#change.label}`, this.#about({ why }));
      if (error instanceof Cancelled || !(error instanceof ConnectorError) || signal.aborted) throw error;
      return { kind: 'silent' };
    }
  }

  #confirm(step: Pick<ChangeStep, 'item' | 'madeId' | 'conflicts'>): void {
    const lost = this.#words((step.conflicts ?? []).filter(({ winner }) => winner === 'vendor'));
    const reason = lost === '' ? null : `The vendor's value was kept: ${lost}.`;
    this.#end({ ...step, to: 'confirmed', reason }, { pushed: 1 });
    this.#env.portal.clearIssues(this.#issue());
  }

  /** @param item what the vendor says of the record, where that is why */
  #refuse(reason: string, item?: SourceItem): void {
    this.#end({ to: 'refused', reason, ...(item === undefined ? {} : { item }) }, { refused: 1 });
    this.#raise('refused', reason);
  }

  #conflict(conflicts: readonly FieldConflict[], item: SourceItem): void {
    const fields = this.#words(conflicts.filter(({ winner }) => winner === null));
    const reason = `Changed here and at the vendor: ${fields}.`;
    this.#end({ to: 'conflicted', reason, conflicts, item }, { conflicted: 1 });
    this.#raise('conflict', `${reason} Say which counts: msportal conflicts resolve ${this.#change.id}`);
  }

  /** The fields of conflicts, for people. */
  #words(conflicts: readonly FieldConflict[]): string {
    const definition = definitionOf(this.#change.type);
    return conflicts.map(({ field }) => fieldWord(definition, field)).join(', ');
  }

  #end(step: Omit<ChangeStep, 'from' | 'at'>, counted: Partial<TypeCounters>): void {
    const { runId, log, onPush } = this.#env;
    const after = this.#step({ ...step, from: ['waiting', 'sending', 'unconfirmed'], runId });
    if (after === null) return;
    onPush({ ...noCounters(), ...counted });
    const level = step.to === 'confirmed' ? 'info' : 'warn';
    log[level](`${step.to}: ${after.label}`, this.#about(step.reason ? { why: step.reason } : {}));
  }

  #step(step: Omit<ChangeStep, 'at'>): Change | null {
    return this.#env.portal.stepChange(this.#change.id, { ...step, at: this.#at() });
  }

  #raise(reason: 'refused' | 'conflict', detail: string): void {
    const { portal } = this.#env;
    portal.clearIssues(this.#issue());
    portal.raiseIssue({ ...this.#issue(), reason, label: this.#change.label, detail, at: this.#at() });
  }

  /** Of the change, not of the record: reading the record settles nothing. */
  #issue() {
    return { integration: this.#env.integration, type: this.#spec.type, externalId: issueOf(this.#change.id) };
  }

  #marker(): string {
    return this.#change.marker ?? `msp-${this.#env.newId().replaceAll('-', '').slice(0, 32)}`;
  }

  /** Another change of ours made it: two tickets with the same title are two tickets. */
  #isTaken(made: { externalId?: string; madeId?: string }): boolean {
    const { integration, portal } = this.#env;
    const { id, kind } = this.#change;
    const others = portal.changes({ integration, type: this.#spec.type, ...made });
    return others.some((other) => other.id !== id && other.kind === kind);
  }

  /** Whether somebody has withdrawn or edited it while the vendor was asked. What is wanted now is for the next run. */
  #isOvertaken(): boolean {
    const { id, state, fields } = this.#change;
    const [now] = this.#env.portal.changes({ id });
    return now?.state !== state || JSON.stringify(now.fields) !== JSON.stringify(fields);
  }

  /** Whether the time in which the vendor may still come to show it is over. */
  #isSettled(): boolean {
    const { state, sentAt } = this.#change;
    if (state !== 'unconfirmed' || sentAt === null) return true;
    return this.#env.now() - Date.parse(sentAt) >= (this.#spec.writes?.settleMs ?? defaultSettleMs);
  }

  /** When it can have been sent at the earliest, by the vendor's clock. */
  #since(): string {
    const ahead = (this.#env.http.vendorNow()?.getTime() ?? this.#env.now()) - this.#env.now();
    return new Date(Date.parse(this.#change.createdAt) + ahead - clockRoomMs).toISOString();
  }

  #at(): string {
    return new Date(this.#env.now()).toISOString();
  }

  #about(more: Readonly<Record<string, unknown>>) {
    const { id, kind, externalId, author } = this.#change;
    return { type: this.#spec.type, change: id, kind, ...(externalId && { record: externalId }), by: author, ...more };
  }
}

type Sent<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'refused' }
  /** Not sent. */
  | { readonly kind: 'overtaken' }
  /** Perhaps done. */
  | { readonly kind: 'silent' };

/** The vendor looked at it and said no. */
function isRefusal(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && ['rejected', 'forbidden', 'not-found'].includes(error.code);
}

/** Refused at the door, or never got there. */
function wasNotSent(error: unknown): error is ConnectorError {
  if (error instanceof Unreachable) return error.kind !== 'timeout' && error.kind !== 'reset';
  return error instanceof ConnectorError && error.code === 'unauthorized';
}
