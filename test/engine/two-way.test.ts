/**
 * Halo and the portal edited at random, with syncs, lost answers, throttling, ended tokens and crashes in between. After every sync nothing
 * at the vendor may have changed but by an edit of ours that was made in sight of what it replaced, or with the conflict on record. In
 * the end both sides agree, and every ticket and note exists once.
 *
 * MSPORTAL_SEQUENCES=1000 for the long mode; MSPORTAL_SEED repeats one.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../../src/portal/change.ts';
import { same } from '../../src/portal/same.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import { HaloDesk, type HaloTicket } from './halo-desk.ts';
import { type House, openHouse } from './house.ts';

const id = 'halo-psa';
const sequences = Number(process.env.MSPORTAL_SEQUENCES ?? 4);
const seed = process.env.MSPORTAL_SEED === undefined ? {} : { seed: Number(process.env.MSPORTAL_SEED) };

/** A field: its values here and at the vendor, by the same place in the list. */
const fields = {
  title: { ours: ['Alpha', ' Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'], key: 'summary' },
  status: {
    ours: ['New', 'In Progress', 'With User', 'Action Required', 'Closed', 'Updated', 'Re-Opened'],
    theirs: [1, 2, 4, 3, 9, 21, 22],
    key: 'status_id',
  },
  queueName: {
    ours: ['Service Desk', 'Field Engineering'],
    theirs: ['Service Desk', 'Field Engineering'],
    key: 'team',
  },
  categoryName: { ours: ['Hardware', 'Software', null], theirs: ['Hardware', 'Software', ''], key: 'category_1' },
} as const satisfies Record<string, { ours: readonly unknown[]; theirs: readonly unknown[]; key: keyof HaloTicket }>;
type Field = keyof typeof fields;

/** What the portal would say of the vendor's value. */
function told(field: Field, ticket: HaloTicket): unknown {
  const { ours, theirs, key } = fields[field];
  const at = (theirs as readonly unknown[]).indexOf(ticket[key] ?? '');
  return at < 0 ? ticket[key] : ours[at];
}

const ticket = fc.nat({ max: 2 });
const field = fc.constantFrom(...(Object.keys(fields) as Field[]));
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
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('edit'), ticket, field, value: fc.nat({ max: 2 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('edit at vendor'), ticket, field, value: fc.nat({ max: 2 }) }) },
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
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;
const rule = fc.constantFrom('vendor', 'portal', 'ask');

class Model {
  readonly #house: House;
  readonly #desk: HaloDesk;
  /** The first tickets, and what the vendor was last known to have in them. */
  readonly #tickets: { readonly recordId: string; readonly externalId: string; vendor: Record<Field, unknown> }[] = [];
  readonly #titles: string[] = [];
  readonly #notes: { externalId: string; text: string }[] = [];
  /** What was asked for, before decisions took fields out of it. */
  readonly #wanted = new Map<string, Change>();
  #made = 0;

  constructor(house: House) {
    this.#house = house;
    this.#desk = new HaloDesk(house.sim);
  }

  async begin(rule: string): Promise<void> {
    const { engine, sim, clock } = this.#house;
    const conflicts = rule as 'vendor' | 'portal' | 'ask';
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

  async #atVendor(externalId: string): Promise<Record<Field, unknown>> {
    const row = await this.#desk.ticket(externalId);
    return Object.fromEntries((Object.keys(fields) as Field[]).map((name) => [name, told(name, row)])) as Record<
      Field,
      unknown
    >;
  }

  async take(step: Action): Promise<void> {
    const { engine, clock } = this.#house;
    const of = this.#tickets[('ticket' in step ? step.ticket : 0) % this.#tickets.length]!;
    switch (step.do) {
      case 'edit': {
        const { ours } = fields[step.field];
        const value = ours[step.value % ours.length] ?? null;
        await this.#propose({ kind: 'update', recordId: of.recordId, fields: { [step.field]: value } });
        return;
      }
      case 'edit at vendor': {
        const { theirs, key } = fields[step.field];
        await this.#desk.edit(of.externalId, { [key]: theirs[step.value % theirs.length] });
        of.vendor = await this.#atVendor(of.externalId);
        return;
      }
      case 'create': {
        const record = await engine.record('tickets', of.recordId);
        const title = `Made here ${++this.#made}.`;
        this.#titles.push(title);
        await this.#propose({ kind: 'create', fields: { title, companyId: record!.companyId as string } });
        return;
      }
      case 'create at vendor': {
        const title = `Made there ${++this.#made}.`;
        this.#titles.push(title);
        const { client_id } = await this.#desk.ticket(of.externalId);
        await this.#desk.create({ summary: title, client_id });
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
    const change = await this.#house.engine.propose({ integration: id, type: 'tickets', ...proposal } as never);
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
    const run = engine.sync(id).then(
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
      for (const name of Object.keys(fields) as Field[]) {
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
      const { status, failure } = await this.#house.engine.sync(id);
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
      for (const name of Object.keys(fields) as Field[]) {
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
    const { types } = await engine.sync(id, { full: true });
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

async function play(rule: string, actions: readonly Action[]): Promise<void> {
  const house = await openHouse(id, { scale: 8 });
  try {
    const model = new Model(house);
    await model.begin(rule);
    for (const each of actions) await model.take(each);
    await model.end();
  } finally {
    await house[Symbol.asyncDispose]();
  }
}

test('whatever happens, both sides agree in the end, nothing is doubled and nothing is lost in silence', {
  timeout: 60_000 + sequences * 10_000,
}, async () => {
  await fc.assert(fc.asyncProperty(rule, fc.array(action, { minLength: 5, maxLength: 22 }), play), {
    numRuns: sequences,
    endOnFailure: process.env.MSPORTAL_SHRINK === undefined,
    ...seed,
  });
});
