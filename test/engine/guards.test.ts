/** What keeps a PSA and the portal from harming each other, for each of the four alike. See preview.test.ts for the dry run. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import type { Change } from '../../src/portal/change.ts';
import type { StoredRecord } from '../../src/portal/query.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import type { HeldCall } from '../../src/simulator/gate.ts';
import { autotask } from '../connectors/autotask/both-sides.ts';
import { connectWise } from '../connectors/connectwise-manage/both-sides.ts';
import { halo } from '../connectors/halo-psa/both-sides.ts';
import { syncro } from '../connectors/syncro/both-sides.ts';
import { disturbed } from './disturbed.ts';
import { type House, openHouse } from './house.ts';
import type { TwoWayVendor } from './two-way/vendor.ts';

let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const hour = 3_600_000;
const writes = async () => (await house.control<{ writes: number }>('stats')).writes;
const fault = (name: string | null, count?: number) => house.control('fault', { name, ...(count && { count }) });

async function begin({ id, credentials, options = {} }: TwoWayVendor) {
  house = await openHouse(id, { scale: 8 });
  await house.engine.connect({ id, credentials: { ...house.sim.credentials, ...credentials }, options, enable: false });
  await house.engine.sync(id);
  house.clock.pass(hour);
  const where = [{ field: 'companyId', op: '!=', value: null }] as const;
  const { records } = await house.engine.records({ type: 'tickets', where, limit: 1 });
  return records[0]!;
}

/** Proposes and syncs, held one call later each time, until it is such a call that is held: then does the deed. @returns what was proposed last */
async function heldAt(
  isIt: (call: HeldCall) => boolean,
  propose: (round: number) => Promise<Change>,
  deed: () => Promise<unknown>,
): Promise<Change> {
  // The first calls of a sync read lists.
  for (let after = 3; after < 16; after += 1) {
    const change = await propose(after);
    let found = false;
    await disturbed(house, { after }, async (held) => {
      found = isIt(held);
      if (found) await deed();
    });
    if (found) return change;
  }
  throw new Error('No such call was made.');
}

describe.each([halo, connectWise, autotask, syncro])('$id', (vendor) => {
  const { id } = vendor;
  const about = { integration: id, type: 'tickets' } as const;
  const create = (title: string, like: StoredRecord) =>
    house.engine.propose({
      ...about,
      kind: 'create',
      fields: { ...vendor.needed, title, description: 'Called in.', companyId: String(like.companyId) },
    });

  test.each([null, 'rewrites-text'])(
    'what we wrote coming back writes nothing on either side (fault: %s)',
    async (name) => {
      const ticket = await begin(vendor);
      await fault(name);
      const recordId = ticket.id;
      await house.engine.propose({ ...about, kind: 'update', recordId, fields: { title: '  Two   spaces ' } });
      await house.engine.propose({ ...about, kind: 'note', recordId, fields: { text: 'Called\nback.' } });
      await create(' New   here ', ticket);
      await house.engine.sync(id);
      const changes = await house.engine.changes({});
      expect(changes.map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
      const before = await writes();
      for (const full of [false, true]) {
        house.clock.pass(hour);
        const { types } = await house.engine.sync(id, { full });
        expect(types.tickets).toMatchObject({ created: 0, updated: 0, gone: 0, pushed: 0, conflicted: 0 });
      }
      expect(await writes()).toBe(before);
    },
  );

  test.each(['create-504', 'cut-creates'])(
    '%s: a ticket that the vendor has stored is not made again',
    async (name) => {
      const ticket = await begin(vendor);
      await create('Only once', ticket);
      await fault(name);
      await house.engine.sync(id);
      await fault(null);
      house.clock.pass(hour);
      await house.engine.sync(id);
      expect(await vendor.desk(house.sim).titled('Only once')).toHaveLength(1);
      expect(await house.engine.changes({})).toMatchObject([{ state: 'confirmed', attempts: 1 }]);
      expect(await house.engine.countRecords({ type: 'tickets' })).toBe(house.sim.totals().tickets);
    },
  );

  test('a process that dies while a ticket is being made finds it afterwards, also where lists repeat rows', async () => {
    const ticket = await begin(vendor);
    const { paths, clock } = house;
    const made = await heldAt(
      ({ method, path }) => method === 'POST' && /\/tickets$/i.test(path),
      (round) => create(`Attempt ${round}`, ticket),
      async () =>
        openPortal({ file: paths.database, now: clock.now, newId: () => crypto.randomUUID(), owner: 'crash' }).close(),
    );
    await house.reopen();
    await fault('repeats-rows');
    clock.pass(hour);
    await house.engine.sync(id);
    await fault(null);
    expect((await house.engine.changes({ id: made.id }))[0]).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await vendor.desk(house.sim).titled(made.label)).toHaveLength(1);
  });

  test('a ticket that is deleted between our look and our write: the edit says so', async () => {
    const { id: recordId, externalId } = await begin(vendor);
    const isWrite = ({ method, path }: HeldCall) => method !== 'GET' && /\/tickets(\/\d+)?$/i.test(path);
    const edit = await heldAt(
      isWrite,
      (round) => house.engine.propose({ ...about, kind: 'update', recordId, fields: { title: `Title ${round}` } }),
      () => house.control('delete', { type: 'tickets', ids: [externalId] }),
    );
    expect((await house.engine.changes({ id: edit.id }))[0]).toMatchObject({ state: 'refused' });
    const issues = await house.engine.issues({ integration: id, reason: 'refused' });
    expect(issues.map((issue) => issue.externalId)).toEqual([`change:${edit.id}`]);
  });

  test('what somebody changes or takes back in mid-run counts, unless it is on its way', async () => {
    const { id: recordId, externalId } = await begin(vendor);
    const { engine } = house;
    const title = async () => (await vendor.desk(house.sim).values('tickets', String(externalId))).title;
    for (let after = 0; after < 12; after += 1) {
      const before = await title();
      const wanted = await engine.propose({ ...about, kind: 'update', recordId, fields: { title: `First ${after}` } });
      let wasLate = true;
      await disturbed(house, { after }, async () => {
        const late =
          after % 2 === 0 ? engine.editChange(wanted.id, { title: 'Second' }) : engine.withdrawChange(wanted.id);
        wasLate = await late.then(
          () => false,
          () => true,
        );
      });
      await engine.sync(id);
      const instead = after % 2 === 0 ? 'Second' : before;
      expect(await title(), `after call ${after}`).toBe(wasLate ? `First ${after}` : instead);
    }
  });

  test("the vendor's blank empties nothing here, unless the operator wants it so", async () => {
    await begin(vendor);
    const { records } = await house.engine.records({ type: 'contacts' });
    const contact = records.find(({ mobile, phone }) => mobile === null || phone === null)!;
    const field = contact.mobile === null ? 'mobile' : 'phone';
    // As if it had come from elsewhere, or the vendor had emptied it since.
    const database = new DatabaseSync(house.paths.database);
    database.prepare(`UPDATE contacts SET "${field}" = '+44 20 7946 0000' WHERE id = ?`).run(contact.id);
    database.prepare('UPDATE links SET hash = NULL WHERE record_id = ?').run(contact.id);
    database.close();
    const sync = () => house.engine.sync(id, { full: true });
    await sync();
    expect(await house.engine.record('contacts', contact.id)).toMatchObject({ [field]: '+44 20 7946 0000' });
    await house.engine.configure(id, { blanksErase: true });
    await sync();
    expect(await house.engine.record('contacts', contact.id)).toMatchObject({ [field]: null });
  });
});
