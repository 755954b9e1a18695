/**
 * A vendor and the portal edited at random, with syncs, lost answers, throttling, ended tokens and crashes in between. After every sync
 * nothing at the vendor may have changed but by an edit of ours that was made in sight of what it replaced, or with the conflict on
 * record. In the end both sides agree, and every ticket and note exists once.
 *
 * MSPORTAL_SEQUENCES=1000 for the long mode; MSPORTAL_SEED repeats one.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogue } from '../../connectors/index.ts';
import type { FieldValue, FieldValues } from '../../src/connector/contract.ts';
import type { Change } from '../../src/portal/change.ts';
import { same } from '../../src/portal/same.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import type { RunningSimulator } from '../../src/simulator/simulator.ts';
import { type House, openHouse } from './house.ts';

/** Somebody who works at the vendor with a sign-in of their own, through the very API that it has. */
export interface Desk {
  /** The vendor's own values of the model's fields. */
  values(ticket: string): Promise<Readonly<Record<string, unknown>>>;
  edit(ticket: string, field: string, value: unknown): Promise<unknown>;
  /** For the company of another ticket. */
  create(title: string, like: string): Promise<unknown>;
  titled(title: string): Promise<readonly unknown[]>;
  /** Their texts. */
  notes(ticket: string): Promise<readonly string[]>;
}

export interface TwoWayVendor {
  readonly id: string;
  readonly desk: (sim: RunningSimulator) => Desk;
  /** Of each field some values here and at the vendor, by the same place in the list. */
  readonly fields: Readonly<
    Record<string, { readonly ours: readonly FieldValue[]; readonly theirs: readonly unknown[] }>
  >;
  /** What a new ticket must say beside its title and company. */
  readonly needed?: FieldValues;
}

const sequences = Number(process.env.MSPORTAL_SEQUENCES ?? 4);
const seed = process.env.MSPORTAL_SEED === undefined ? {} : { seed: Number(process.env.MSPORTAL_SEED) };

const ticket = fc.nat({ max: 2 });
const faults = [
  'create-504',
  'cut-creates',
  'truncated-body',
  'reset',
  'rate-limit',
  'expired-mid-run',
  'server-error',
  'gateway-html',
  null,
  null,
];
/** @param of the vendor's fields; @param faults that its simulator has */
const actions = (of: readonly string[], faults: readonly (string | null)[]) => {
  const field = fc.constantFrom(...of);
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('edit'), ticket, field, value: fc.nat({ max: 2 }) }) },
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('edit at vendor'), ticket, field, value: fc.nat({ max: 2 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('create') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('create at vendor') }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('note'), ticket }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('sync'),
        fault: fc.constantFrom(...faults),
        count: fc.integer({ min: 1, max: 9 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('crash'), after: fc.integer({ min: 1, max: 14 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('resolve'), choice: fc.constantFrom('portal', 'vendor') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('time'), minutes: fc.constantFrom(0.2, 2, 30) }) },
  );
};
type Action = ReturnType<typeof actions> extends fc.Arbitrary<infer A> ? A : never;
const rule = fc.constantFrom('vendor', 'portal', 'ask');

class Model {
  readonly #house: House;
  readonly #vendor: TwoWayVendor;
  readonly #names: readonly string[];
  readonly #desk: Desk;
  /** The first tickets, and what the vendor was last known to have in them. */
  readonly #tickets: { readonly recordId: string; readonly externalId: string; vendor: Record<string, unknown> }[] = [];
  readonly #titles: string[] = [];
  readonly #notes: { externalId: string; text: string }[] = [];
  /** What was asked for, before decisions took fields out of it. */
  readonly #wanted = new Map<string, Change>();
  #made = 0;

  constructor(house: House, vendor: TwoWayVendor) {
    this.#house = house;
    this.#vendor = vendor;
    this.#names = Object.keys(vendor.fields);
    this.#desk = vendor.desk(house.sim);
  }

  async begin(rule: string): Promise<void> {
    const { engine, sim, clock } = this.#house;
    const conflicts = rule as 'vendor' | 'portal' | 'ask';
    const { id } = this.#vendor;
    await engine.connect({ id, credentials: sim.credentials, settings: { conflicts }, enable: false });
    await engine.sync(id);
    clock.pass(3_600_000);
    const where = [{ field: 'companyId', op: '!=', value: null }] as const;
    const { records } = await engine.records({ type: 'tickets', where, limit: 3 });
    for (const record of records) {
      const externalId = String(record.externalId);
      this.#tickets.push({ recordId: record.id, externalId, vendor: await this.#atVendor(externalId) });
    }
  }

  /** What the portal would say of the vendor's values. */
  async #atVendor(externalId: string): Promise<Record<string, unknown>> {
    const values = await this.#desk.values(externalId);
    const told = (name: string) => {
      const { ours, theirs } = this.#vendor.fields[name]!;
      const at = theirs.indexOf(values[name]);
      return at < 0 ? values[name] : ours[at];
    };
    return Object.fromEntries(this.#names.map((name) => [name, told(name)]));
  }

  async take(step: Action): Promise<void> {
    const { engine, clock } = this.#house;
    const { id, fields, needed } = this.#vendor;
    const of = this.#tickets[('ticket' in step ? step.ticket : 0) % this.#tickets.length]!;
    switch (step.do) {
      case 'edit': {
        const { ours } = fields[step.field]!;
        const value = ours[step.value % ours.length] ?? null;
        await this.#propose({ kind: 'update', recordId: of.recordId, fields: { [step.field]: value } });
        return;
      }
      case 'edit at vendor': {
        const { theirs } = fields[step.field]!;
        await this.#desk.edit(of.externalId, step.field, theirs[step.value % theirs.length]);
        of.vendor = await this.#atVendor(of.externalId);
        return;
      }
      case 'create': {
        const record = await engine.record('tickets', of.recordId);
        const title = `Made here ${++this.#made}.`;
        this.#titles.push(title);
        await this.#propose({ kind: 'create', fields: { ...needed, title, companyId: record!.companyId as string } });
        return;
      }
      case 'create at vendor': {
        const title = `Made there ${++this.#made}.`;
        this.#titles.push(title);
        await this.#desk.create(title, of.externalId);
        return;
      }
      case 'note': {
        const text = `Note ${++this.#made}.`;
        this.#notes.push({ externalId: of.externalId, text });
        await this.#propose({ kind: 'note', recordId: of.recordId, fields: { text } });
        return;
      }
      case 'sync':
        await this.#house.control('fault', { name: step.fault, ...(step.fault === null ? {} : { count: step.count }) });
        await engine.sync(id);
        await this.#house.control('fault', { name: null });
        await this.check();
        return;
      case 'crash':
        await this.#crash(step.after);
        await this.check();
        return;
      case 'restart':
        await this.#house.reopen();
        return;
      case 'resolve':
        await this.#resolve(step.choice as 'portal' | 'vendor');
        return;
      case 'withdraw': {
        const [waiting] = await engine.changes({ states: ['waiting'], type: 'tickets' });
        if (waiting?.kind !== 'update') return;
        await engine.withdrawChange(waiting.id);
        return;
      }
      case 'time':
        clock.pass(step.minutes * 60_000);
    }
  }

  async #propose(proposal: object): Promise<void> {
    const change = await this.#house.engine.propose({
      integration: this.#vendor.id,
      type: 'tickets',
      ...proposal,
    } as never);
    this.#wanted.set(change.id, change);
  }

  async #resolve(choice: 'portal' | 'vendor'): Promise<void> {
    const { engine } = this.#house;
    for (const change of await engine.changes({ states: ['conflicted'] })) {
      const asked = change.conflicts.filter(({ winner }) => winner === null);
      await engine.resolveConflict(change.id, Object.fromEntries(asked.map(({ field }) => [field, choice])));
    }
  }

  /** The process dies after so many requests of a sync: from one moment on nothing of what it does is kept. */
  async #crash(after: number): Promise<void> {
    const { engine, control, paths, clock } = this.#house;
    const requests = async () => (await control<{ requests: number }>('stats')).requests;
    const limit = (await requests()) + after;
    let over = false;
    const run = engine.sync(this.#vendor.id).then(
      () => {
        over = true;
      },
      () => {
        over = true;
      },
    );
    while (!over && (await requests()) < limit);
    openPortal({ file: paths.database, now: clock.now, newId: () => crypto.randomUUID(), owner: 'crash' }).close();
    await run;
    await this.#house.reopen();
  }

  /** Whatever changed at the vendor was changed by an edit that knew what it replaced. */
  async check(): Promise<void> {
    const changes = [...(await this.#house.engine.changes({ type: 'tickets', oldestFirst: true }))];
    for (const of of this.#tickets) {
      const now = await this.#atVendor(of.externalId);
      for (const name of this.#names) {
        if (same(now[name], of.vendor[name])) continue;
        let present = of.vendor[name];
        for (const change of changes) {
          if (change.recordId !== of.recordId || change.fields[name] === undefined || change.attempts === 0) continue;
          const knew =
            same(change.base[name], present) ||
            change.conflicts.some((each) => each.field === name && same(each.theirs, present));
          if (knew) present = change.fields[name];
        }
        expect(present, `${name} was ${of.vendor[name]}, and is ${now[name]}`).toSatisfy((value) =>
          same(value, now[name]),
        );
      }
      of.vendor = now;
    }
  }

  async end(): Promise<void> {
    const { clock } = this.#house;
    for (let round = 0; round < 6; round += 1) {
      clock.pass(15 * 60_000);
      const { status, failure } = await this.#house.engine.sync(this.#vendor.id);
      expect([status, failure]).toEqual(['succeeded', null]);
      await this.check();
      await this.#resolve('portal');
    }
    const { engine, control } = this.#house;
    const changes = await engine.changes({ type: 'tickets' });
    for (const { id, state, reason } of changes) {
      expect(['confirmed', 'withdrawn'], `${id}: ${reason}`).toContain(state);
    }
    for (const change of changes) this.#expectKept(change);

    for (const of of this.#tickets) {
      const row = (await engine.record('tickets', of.recordId))!;
      for (const name of this.#names) {
        expect(row[name], `${name} of ${of.externalId}`).toSatisfy((value) => same(value, of.vendor[name]));
      }
    }
    for (const title of this.#titles) {
      expect(await this.#desk.titled(title), title).toHaveLength(1);
      const where = [{ field: 'title', op: '=', value: title }] as const;
      expect(await engine.countRecords({ type: 'tickets', where }), title).toBe(1);
    }
    for (const { externalId, text } of this.#notes) {
      expect(
        (await this.#desk.notes(externalId)).filter((note) => note === text),
        text,
      ).toHaveLength(1);
    }
    expect(await engine.countRecords({ type: 'tickets' })).toBe(this.#house.sim.totals().tickets);

    const writes = async () => (await control<{ writes: number }>('stats')).writes;
    const before = await writes();
    const { types } = await engine.sync(this.#vendor.id, { full: true });
    expect(types.tickets).toMatchObject({ created: 0, updated: 0, gone: 0, pushed: 0 });
    expect(await writes()).toBe(before);
  }

  /** Every field that was wanted was written or agreed on, or its loss is on record. */
  #expectKept(change: Change): void {
    if (change.state !== 'confirmed' || change.kind !== 'update') return;
    for (const name of Object.keys(this.#wanted.get(change.id)?.fields ?? {})) {
      const kept = change.fields[name] !== undefined;
      const recorded = change.conflicts.some((each) => each.field === name && each.winner === 'vendor');
      expect(kept || recorded, `${name} of ${change.id}`).toBe(true);
    }
  }
}

async function play(vendor: TwoWayVendor, rule: string, steps: readonly Action[]): Promise<void> {
  const house = await openHouse(vendor.id, { scale: 8 });
  try {
    const model = new Model(house, vendor);
    await model.begin(rule);
    for (const each of steps) await model.take(each);
    await model.end();
  } finally {
    await house[Symbol.asyncDispose]();
  }
}

export function testBothSides(vendor: TwoWayVendor): void {
  test('whatever happens, both sides agree in the end, nothing is doubled and nothing is lost in silence', {
    timeout: 60_000 + sequences * 10_000,
  }, async () => {
    const entry = catalogue.find(({ id }) => id === vendor.id);
    const { faults: known } = await entry!.simulator!();
    const action = actions(
      Object.keys(vendor.fields),
      faults.filter((name) => name === null || name in known),
    );
    const property = fc.asyncProperty(rule, fc.array(action, { minLength: 5, maxLength: 22 }), (chosen, steps) =>
      play(vendor, chosen, steps),
    );
    await fc.assert(property, {
      numRuns: sequences,
      endOnFailure: process.env.MSPORTAL_SHRINK === undefined,
      ...seed,
    });
  });
}
