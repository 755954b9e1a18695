/**
 * What both sides must agree on. After every sync nothing at the vendor may have changed but by an edit of ours that was made in sight of
 * what it replaced, or with the conflict on record. In the end both sides are the same, every ticket and note exists once, and what
 * could not be done says why.
 */
import { expect } from 'vitest';
import type { FieldValue } from '../../../src/connector/writer.ts';
import { InvalidInput } from '../../../src/engine/engine.ts';
import type { Proposal } from '../../../src/engine/outbox-commands.ts';
import { type Change, type ChangeState, openStates } from '../../../src/portal/change.ts';
import { same } from '../../../src/portal/same.ts';
import type { ExpectedRecord } from '../../../src/simulator/control.ts';
import type { House } from '../house.ts';
import type { Deed } from './actions.ts';
import { Subject } from './subject.ts';
import type { Desk, EditedType, Place, TwoWayVendor } from './vendor.ts';

export type Rule = 'vendor' | 'portal' | 'ask';

/** How many of each type are edited. */
const edited = { tickets: 3, users: 2 } as const;

export class Model {
  readonly #house: House;
  readonly #vendor: TwoWayVendor;
  readonly #desk: Desk;
  readonly #subjects: Record<EditedType, Subject[]> = { tickets: [], users: [] };
  readonly #titles: string[] = [];
  readonly #notes: { readonly of: Subject; readonly text: string; readonly id: string }[] = [];
  /** What was asked for, before decisions took fields out of it. */
  readonly #wanted = new Map<string, Readonly<Record<string, FieldValue>>>();
  #made = 0;

  constructor(house: House, vendor: TwoWayVendor) {
    this.#house = house;
    this.#vendor = vendor;
    this.#desk = vendor.desk(house.sim);
  }

  get #all(): Subject[] {
    return [...this.#subjects.tickets, ...this.#subjects.users].filter(({ gone }) => !gone);
  }

  async begin(conflicts: Rule): Promise<void> {
    const { engine, sim, clock } = this.#house;
    const { id, options = {} } = this.#vendor;
    const credentials = { ...sim.credentials, ...this.#vendor.credentials };
    await engine.connect({ id, credentials, options, settings: { conflicts }, enable: false });
    await engine.sync(id);
    clock.pass(3_600_000);
    const withCompany = [{ field: 'companyId', op: '!=', value: null }] as const;
    for (const [type, limit] of Object.entries(edited) as [EditedType, number][]) {
      const where = type === 'tickets' ? withCompany : [];
      const { records } = await engine.records({ type, where, limit });
      for (const { id: recordId, externalId } of records) {
        const vendor = await this.#atVendor(type, String(externalId));
        this.#subjects[type].push(new Subject(type, recordId, String(externalId), vendor));
      }
    }
  }

  /** What the portal would say of the vendor's values. */
  async #atVendor(type: EditedType, externalId: string): Promise<Record<string, unknown>> {
    const fields = Object.entries(this.#vendor.fields[type]);
    const values = await this.#desk.values(type, externalId);
    const told = fields.map(([name, { ours, theirs }]) => {
      const at = theirs.indexOf(values[name]);
      return [name, at < 0 ? values[name] : ours[at]];
    });
    return Object.fromEntries(told);
  }

  async #changes(...states: readonly ChangeState[]): Promise<readonly Change[]> {
    return await this.#house.engine.changes({ oldestFirst: true, ...(states.length > 0 && { states }) });
  }

  async do(deed: Deed): Promise<void> {
    const { tickets } = this.#subjects;
    switch (deed.do) {
      case 'edit': {
        const subject = nthOf(this.#subjects[deed.place.type], deed.nth);
        await this.#propose(subject, { kind: 'update', fields: this.#ours(deed) });
        return;
      }
      case 'edit at vendor':
        await this.#editThere(nthOf(this.#subjects[deed.place.type], deed.nth), deed);
        return;
      case 'create': {
        const like = await this.#house.engine.record('tickets', tickets[0]!.recordId);
        const title = this.#newTitle('here');
        const fields = { ...this.#vendor.needed, title, companyId: like!.companyId as string };
        await this.#propose(null, { kind: 'create', fields });
        return;
      }
      case 'create at vendor': {
        const like = tickets.find(({ gone }) => !gone);
        if (like !== undefined) await this.#desk.create(this.#newTitle('there'), like.externalId);
        return;
      }
      case 'note': {
        const of = nthOf(tickets, deed.nth);
        const text = `Note ${++this.#made}.`;
        const id = await this.#propose(of, { kind: 'note', fields: { text } });
        if (id !== null) this.#notes.push({ of, text, id });
        return;
      }
      case 'delete at vendor': {
        const of = nthOf(tickets, deed.nth);
        if (of.gone) return;
        of.gone = true;
        await this.#delete(of.externalId);
        return;
      }
      case 'delete another': {
        const records = await this.#house.control<readonly ExpectedRecord[]>('records/tickets');
        const others = records.filter(
          ({ externalId, title = '' }) =>
            tickets.every((each) => each.externalId !== externalId) && !this.#titles.includes(title),
        );
        if (others.length > 0) await this.#delete(nthOf(others, deed.nth).externalId);
        return;
      }
      default:
        await this.#inOutbox(deed);
    }
  }

  async #inOutbox(deed: Extract<Deed, { do: 'change' | 'withdraw' | 'retry' | 'resolve' }>): Promise<void> {
    const { engine } = this.#house;
    switch (deed.do) {
      case 'change': {
        const open = await this.#changes('waiting', 'refused', 'conflicted');
        const of = open.filter(({ kind, type }) => kind === 'update' && type === deed.place.type);
        if (of.length === 0) return;
        const { id } = nthOf(of, deed.nth);
        const fields = this.#ours(deed);
        await engine.editChange(id, fields);
        this.#wanted.set(id, { ...this.#wanted.get(id), ...fields });
        return;
      }
      case 'withdraw': {
        const open = (await this.#changes('waiting', 'refused', 'conflicted')).filter(({ kind }) => kind === 'update');
        if (open.length > 0) await engine.withdrawChange(nthOf(open, deed.nth).id);
        return;
      }
      case 'retry': {
        const refused = await this.#changes('refused');
        if (refused.length > 0) await engine.retryChange(nthOf(refused, deed.nth).id);
        return;
      }
      case 'resolve':
        await this.#resolve(deed.choice);
    }
  }

  #ours({ place, value }: { readonly place: Place; readonly value: number }): Record<string, FieldValue> {
    return { [place.field]: nthOf(this.#vendor.fields[place.type][place.field]!.ours, value) };
  }

  /** Null: the portal knows already that the vendor has deleted it, and says so. */
  async #propose(of: Subject | null, proposal: Pick<Proposal, 'kind' | 'fields'>): Promise<string | null> {
    const { type, recordId } = of ?? { type: 'tickets' as const, recordId: undefined };
    const integration = this.#vendor.id;
    try {
      const whole = { ...proposal, integration, type, ...(recordId === undefined ? {} : { recordId }) };
      const { id, fields } = await this.#house.engine.propose(whole);
      this.#wanted.set(id, fields);
      return id;
    } catch (error) {
      if (!(error instanceof InvalidInput) || of?.gone !== true) throw error;
      return null;
    }
  }

  async #editThere(of: Subject, { place, value }: { readonly place: Place; readonly value: number }): Promise<void> {
    if (of.gone) return;
    const { theirs } = this.#vendor.fields[place.type][place.field]!;
    await this.#desk.edit(of.type, of.externalId, place.field, nthOf(theirs, value));
    of.editedThere(place.field, await this.#atVendor(of.type, of.externalId), await this.#changes());
  }

  async #delete(externalId: string): Promise<void> {
    await this.#house.control('delete', { type: 'tickets', ids: [externalId] });
  }

  #newTitle(where: string): string {
    const title = `Made ${where} ${++this.#made}.`;
    this.#titles.push(title);
    return title;
  }

  async #resolve(choice: 'portal' | 'vendor'): Promise<void> {
    const { engine } = this.#house;
    for (const { id, conflicts } of await this.#changes('conflicted')) {
      const asked = conflicts.filter(({ winner }) => winner === null);
      await engine.resolveConflict(id, Object.fromEntries(asked.map(({ field }) => [field, choice])));
    }
  }

  async check(): Promise<void> {
    const changes = await this.#changes();
    for (const each of this.#all) {
      each.expectExplained(await this.#atVendor(each.type, each.externalId), changes);
    }
  }

  /** Undisturbed, everything comes to its end. */
  async end(): Promise<void> {
    const { clock, engine } = this.#house;
    const sync = async (request = {}) => {
      clock.pass(15 * 60_000);
      const { status, failure } = await engine.sync(this.#vendor.id, request);
      expect([status, failure]).toEqual(['succeeded', null]);
      await this.check();
    };
    for (let round = 0; round < 6; round += 1) {
      await sync();
      await this.#resolve('portal');
      // What is refused still, when nothing is in its way any more, is a mistake.
      const open = (await this.#changes(...openStates)).filter((change) => !this.#isOfGone(change));
      if (open.length === 0 && round > 0) break;
      for (const { id } of round < 4 ? open.filter(({ state }) => state === 'refused') : [])
        await engine.retryChange(id);
    }
    await sync({ full: true, acceptDeletions: true });
    await this.#expectEnded();
    await this.#expectAgreement();
    await this.#expectOnce();
    await this.#expectNoEcho();
  }

  #isOfGone({ recordId }: Pick<Change, 'recordId'>): boolean {
    return this.#subjects.tickets.some((each) => each.gone && each.recordId === recordId);
  }

  async #expectEnded(): Promise<void> {
    const { engine } = this.#house;
    for (const change of await this.#changes()) {
      const said = `${change.id}: ${change.state}, ${change.reason}`;
      if (this.#isOfGone(change) && change.state === 'refused') {
        const issues = await engine.issues({ integration: this.#vendor.id });
        expect(issues.map(({ externalId }) => externalId)).toContain(`change:${change.id}`);
        continue;
      }
      expect(openStates as readonly string[], said).not.toContain(change.state);
      const open = change.conflicts.filter(({ winner }) => winner === null);
      expect(change.state === 'confirmed' ? open : [], said).toEqual([]);
      this.#expectKept(change);
    }
  }

  /** Every field that was wanted was written or agreed on, or its loss is on record. */
  #expectKept(change: Change): void {
    if (change.state !== 'confirmed' || change.kind !== 'update') return;
    for (const name of Object.keys(this.#wanted.get(change.id) ?? {})) {
      const kept = change.fields[name] !== undefined;
      const recorded = change.conflicts.some((each) => each.field === name && each.winner === 'vendor');
      expect(kept || recorded, `${name} of ${change.id}`).toBe(true);
    }
  }

  async #expectAgreement(): Promise<void> {
    const { engine } = this.#house;
    for (const each of this.#all) {
      const row = (await engine.record(each.type, each.recordId))!;
      expect(row.goneAt ?? null, `${each.type} ${each.externalId}`).toBeNull();
      for (const [name, value] of Object.entries(each.vendor)) {
        expect(same(row[name], value), `${name} of ${each.type} ${each.externalId}: ${row[name]}, not ${value}`).toBe(
          true,
        );
      }
    }
    for (const each of this.#subjects.tickets.filter(({ gone }) => gone)) {
      expect((await engine.record('tickets', each.recordId))?.goneAt, each.externalId).not.toBeNull();
    }
    expect(await engine.countRecords({ type: 'tickets' })).toBe(this.#house.sim.totals().tickets);
  }

  async #expectOnce(): Promise<void> {
    const { engine } = this.#house;
    for (const title of this.#titles) {
      expect(await this.#desk.titled(title), title).toHaveLength(1);
      const where = [{ field: 'title', op: '=', value: title }] as const;
      expect(await engine.countRecords({ type: 'tickets', where }), title).toBe(1);
    }
    for (const { of, text } of this.#notes) {
      if (of.gone) continue;
      const found = (await this.#desk.notes(of.externalId)).filter((note) => note === text);
      expect(found, text).toHaveLength(1);
    }
  }

  async #expectNoEcho(): Promise<void> {
    const { engine, control } = this.#house;
    const writes = async () => (await control<{ writes: number }>('stats')).writes;
    const before = await writes();
    const { types } = await engine.sync(this.#vendor.id, { full: true });
    const nothing = { created: 0, updated: 0, gone: 0, pushed: 0 };
    expect(types).toMatchObject({ tickets: nothing, users: nothing });
    expect(await writes()).toBe(before);
  }
}

function nthOf<T>(list: readonly T[], nth: number): T {
  return list[nth % list.length] as T;
}
