/** Retrying sync issues on a real engine, a real store and a real simulator. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HaloDesk } from './halo-desk.ts';
import { type House, openHouse } from './house.ts';

const id = 'halo-psa';
const waiting = { integration: id, type: 'tickets', reason: 'company-not-imported' } as const;
let house: House;

beforeEach(async () => {
  house = await openHouse(id, { scale: 40 });
  const settings = { types: ['tickets'] as const };
  await house.engine.connect({ id, credentials: house.sim.credentials, settings, enable: false });
  await house.engine.sync(id);
  house.clock.pass(3_600_000);
});
afterEach(() => house?.[Symbol.asyncDispose]());

test('tickets that wait for companies come in by a retry once companies are synced, and not before', async () => {
  const { engine } = house;
  const [group] = await engine.issueGroups({ integration: id });
  expect(group).toMatchObject({ type: 'tickets', reason: 'company-not-imported' });
  const { count } = group!;
  expect(count).toBeGreaterThan(3);

  const [one] = await engine.issues({ ...waiting, limit: 1 });
  expect(await engine.retryIssues({ ids: [one!.id] })).toMatchObject({ tried: 1, settled: 0, undecided: 0 });
  expect((await engine.issueGroups(waiting))[0]!.count).toBe(count);

  await engine.configure(id, { types: ['companies', 'tickets'] });
  const tickets = await engine.countRecords({ type: 'tickets' });
  const retried = await engine.retryIssues(waiting);
  expect(retried).toMatchObject({ tried: count, settled: count, undecided: 0 });
  expect(retried.runs.map(({ status, types }) => [status, Object.keys(types)])).toEqual([
    ['succeeded', ['companies', 'tickets']],
  ]);
  expect(await engine.issueGroups(waiting)).toEqual([]);
  expect(await engine.countRecords({ type: 'tickets' })).toBe(tickets + count);
});

test('a retry that joins a run of other types reads what it is about after that', async () => {
  const { engine } = house;
  await engine.configure(id, { types: ['companies', 'users', 'tickets'] });
  const other = engine.sync(id, { types: ['users'] });
  const { settled, tried } = await engine.retryIssues(waiting);
  expect(Object.keys((await other).types)).toEqual(['users']);
  expect(settled).toBe(tried);
});

test('a ticket whose status had no name comes in by a retry once the vendor lists it, though nobody touched the ticket', async () => {
  const { engine } = house;
  await engine.configure(id, { types: ['companies', 'tickets'] });
  await engine.sync(id);
  const where = [{ field: 'isClosed', op: '=', value: false }] as const;
  const [{ externalId } = { externalId: null }] = (await engine.records({ type: 'tickets', where, limit: 1 })).records;
  const status = (listed: boolean) => house.control<{ id: string }>('status', { name: 'Limbo', listed });
  await new HaloDesk(house.sim).edit(externalId as string, { status_id: Number((await status(false)).id) });
  await engine.sync(id);
  const unknown = { integration: id, reason: 'unmapped-value' } as const;
  expect(await engine.issues(unknown)).toMatchObject([{ externalId }]);

  // Past the time that is read again with each sync.
  for (const listed of [false, true]) {
    house.clock.pass(3_600_000);
    await status(listed);
    await engine.sync(id);
  }
  expect(await engine.issues(unknown)).toHaveLength(1);
  expect(await engine.retryIssues(unknown)).toMatchObject({ tried: 1, settled: 1 });
});

test('a refused change is sent again and stands as long as the vendor refuses it; a conflict waits for a decision', async () => {
  const { engine } = house;
  await engine.configure(id, { types: ['companies', 'tickets'] });
  await engine.sync(id);
  house.clock.pass(3_600_000);
  const ticket = async (isClosed: boolean) => {
    const where = [{ field: 'isClosed', op: '=', value: isClosed }] as const;
    return (await engine.records({ type: 'tickets', where, limit: 1 })).records[0];
  };
  const [one, other] = [await ticket(false), await ticket(true)];
  await house.control('fault', { name: 'close-needs-confirmation' });
  const propose = (recordId: string, fields: { status: string } | { title: string }) =>
    engine.propose({ type: 'tickets', kind: 'update', recordId, fields });
  const refused = await propose(one!.id, { status: 'Closed' });
  await propose(other!.id, { title: 'Ours' });
  await new HaloDesk(house.sim).edit(other!.externalId as string, { summary: 'Theirs' });
  await engine.sync(id);
  expect((await engine.issueGroups({ integration: id })).map(({ reason }) => reason).sort()).toEqual([
    'conflict',
    'refused',
  ]);

  expect(await engine.retryIssues({ integration: id })).toMatchObject({ tried: 1, settled: 0, undecided: 1 });
  await house.control('fault', { name: null });
  expect(await engine.retryIssues({ integration: id })).toMatchObject({ tried: 1, settled: 1, undecided: 1 });
  expect(await engine.changes({ id: refused.id })).toMatchObject([{ state: 'confirmed' }]);
  expect((await engine.issueGroups({ integration: id })).map(({ reason }) => reason)).toEqual(['conflict']);
});

test('what is dismissed no longer counts, and comes back as it was', async () => {
  const { engine } = house;
  const { issues } = engine.getSnapshot().integrations.find((view) => view.id === id)!;
  const ids = await engine.dismissIssues(waiting);
  const now = () => engine.getSnapshot().integrations.find((view) => view.id === id)!.issues;
  expect(now()).toBe(issues - ids.length);
  await engine.restoreIssues({ ids });
  expect(now()).toBe(issues);
});

test('what the settings leave out is told, but is no figure to worry about', async () => {
  const { engine } = house;
  const view = () => engine.getSnapshot().integrations.find((each) => each.id === id)!;
  const { issues } = view();
  await engine.configure(id, { types: ['contacts'], options: { includeInactive: false } });
  await engine.sync(id);
  const left = await engine.issues({ integration: id, reason: 'not-selected', limit: 1_000 });
  expect(left.length).toBeGreaterThan(0);
  const others = await engine.issues({
    integration: id,
    type: 'contacts',
    reason: 'company-not-imported',
    limit: 9_999,
  });
  expect(view()).toMatchObject({ issues: issues + others.length, leftOut: left.length });
  expect((await engine.issueGroups({ integration: id })).at(-1)?.reason).toBe('not-selected');
});
