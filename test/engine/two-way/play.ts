/**
 * A vendor and the portal edited at random, with syncs, lost answers, throttling, ended tokens, repeated and moving rows, deletions and
 * crashes in between.
 *
 * MSPORTAL_SEQUENCES=1000 for the long mode; MSPORTAL_SEED repeats one; MSPORTAL_SHRINK=1 looks for the shortest that fails.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogue } from '../../../connectors/index.ts';
import { openPortal } from '../../../src/portal/store/open.ts';
import { disturbed } from '../disturbed.ts';
import { type House, openHouse } from '../house.ts';
import { type Step, stepsWith } from './actions.ts';
import { cases } from './cases.ts';
import { Model, type Rule } from './model.ts';
import { placesOf, type TwoWayVendor } from './vendor.ts';

const howMany = Number(process.env.MSPORTAL_SEQUENCES ?? 4);
const seed = process.env.MSPORTAL_SEED === undefined ? {} : { seed: Number(process.env.MSPORTAL_SEED) };

/** Of those that any vendor can have. */
const faults = [
  'create-504',
  'cut-creates',
  'truncated-body',
  'reset',
  'rate-limit',
  'expired-mid-run',
  'server-error',
  'gateway-html',
  'repeats-rows',
];

async function take(step: Step, house: House, model: Model): Promise<void> {
  const { clock, control } = house;
  switch (step.do) {
    case 'sync': {
      const { full, fault, count, meanwhile } = step;
      await control('fault', { name: fault, ...(fault === null ? {} : { count }) });
      if (meanwhile === null) await house.engine.sync(house.id, { full });
      else {
        await disturbed(house, { full, after: meanwhile.after }, async () => {
          await control('fault', { name: null });
          await model.check();
          for (const deed of meanwhile.deeds) await model.do(deed);
        });
      }
      await control('fault', { name: null });
      await model.check();
      return;
    }
    case 'crash': {
      const { full, after, cut } = step;
      const { paths } = house;
      await disturbed(house, { full, after, cut }, async () => {
        // From this moment on nothing of what the process does is kept.
        const newId = () => crypto.randomUUID();
        openPortal({ file: paths.database, now: clock.now, newId, owner: 'crash' }).close();
      });
      await house.reopen();
      await model.check();
      return;
    }
    case 'restart':
      await house.reopen();
      return;
    case 'time':
      clock.pass(step.minutes * 60_000);
      return;
    default:
      await model.do(step);
  }
}

/** Vendors' limits are kept in real time, which a test does not have: here they are never reached. */
async function openPlace({ id }: TwoWayVendor, scale: number): Promise<House> {
  return await openHouse(id, { scale, limit: 1_000_000 }, { integrations: { [id]: { requestsPerWindow: 1_000_000 } } });
}

/** Tickets of a small vendor, whose list is one page: most of what can go wrong does so there as well, and sooner. */
const few = 8;

export interface Sequence {
  readonly rule: Rule;
  /** Lists have more than one page. */
  readonly pages: boolean;
  readonly steps: readonly Step[];
}

async function play(vendor: TwoWayVendor, { rule, pages, steps }: Sequence): Promise<void> {
  await using house = await openPlace(vendor, pages ? vendor.scale : few);
  const model = new Model(house, vendor);
  await model.begin(rule);
  for (const step of steps) await take(step, house, model);
  await model.end();
}

export function testBothSides(vendor: TwoWayVendor): void {
  for (const [name, sequence] of Object.entries(cases)) test(name, async () => play(vendor, sequence));

  test('rows that move while a list is read are neither missed, nor taken for deleted, nor doubled', async () => {
    await using house = await openPlace(vendor, vendor.scale);
    const { engine, control, sim } = house;
    await engine.connect({ id: vendor.id, credentials: sim.credentials, enable: false });
    await engine.sync(vendor.id);
    const present = async () =>
      (await control<{ externalId: string }[]>('records/tickets')).map(({ externalId }) => externalId);
    await control('fault', { name: vendor.smallPages ?? null });
    const { requests } = await engine.sync(vendor.id, { full: true });
    for (let turn = 0; turn < 12; turn += 1) {
      house.clock.pass(3_600_000);
      const before = await present();
      await disturbed(house, { full: true, after: requests - 6 + (turn % 6) }, async () => {
        // Near one end and near the other: lists begin with the oldest or with the newest.
        await control('delete', { type: 'tickets', ids: [turn < 6 ? before.at(-4) : before[3]] });
        // A new one hides that there are fewer.
        if (turn >= 6) await control('create', { type: 'tickets', count: 1 });
      });
      const { records } = await engine.records({ type: 'tickets', limit: 1000 });
      const here = records.map(({ externalId }) => externalId);
      const still = new Set(await present());
      const missed = before.filter((id) => still.has(id) && !here.includes(id));
      expect(missed, `turn ${turn}`).toEqual([]);
      expect(new Set(here).size).toBe(here.length);
    }
  });

  test('whatever happens, both sides agree in the end, nothing is doubled and nothing is lost in silence', {
    timeout: 60_000 + howMany * 10_000,
  }, async () => {
    const entry = catalogue.find(({ id }) => id === vendor.id);
    const { faults: known } = await entry!.simulator!();
    const usable = [...faults.filter((name) => name in known), ...vendor.faults];
    const sequence = fc.record({
      rule: fc.constantFrom<Rule>('vendor', 'portal', 'ask'),
      pages: fc.constantFrom(true, false, false, false),
      steps: stepsWith(placesOf(vendor), usable),
    });
    const property = fc.asyncProperty(sequence, (each) => play(vendor, each));
    const endOnFailure = process.env.MSPORTAL_SHRINK === undefined;
    await fc.assert(property, { numRuns: howMany, endOnFailure, ...seed });
  });
}
