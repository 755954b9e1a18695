/** Our edits on their way to Halo: no echo, no double, no loss. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredRecord } from '../../src/portal/query.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import { HaloDesk } from './halo-desk.ts';
import type { House } from './house.ts';
import { syncedHouse, ticketEdits } from './ticket-edits.ts';

const id = 'halo-psa';
let house: House;
let desk: HaloDesk;
let record: StoredRecord;

beforeEach(async () => {
  const credentials = { scope: 'read:tickets edit:tickets read:customers all:teams' };
  house = await syncedHouse(id, 60, { credentials });
  desk = new HaloDesk(house.sim);
  const where = [
    { field: 'companyId', op: '!=', value: null },
    { field: 'isClosed', op: '=', value: false },
  ] as const;
  record = (await house.engine.records({ type: 'tickets', where })).records[0]!;
});
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const { edit, create, note, change, row, writes, sync, fault, expectNoEcho } = ticketEdits(() => ({ house, record }));

test('an edit is written once, shows at once, and its echo changes nothing', async () => {
  const wanted = await edit({ status: 'In Progress', queueName: 'Field Engineering', assigneeExternalId: null });
  expect(await row()).toEqual(record);
  expect((await sync()).sum('pushed')).toBe(1);
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1, author: 'kim' });
  expect(await desk.ticket(record.externalId as string)).toMatchObject({
    status_id: 2,
    team: 'Field Engineering',
    agent_id: 1,
  });
  expect(await row()).toMatchObject({ status: 'In Progress', queueName: 'Field Engineering', assignedTo: null });
  await expectNoEcho();
});

test('a new ticket is there once on both sides, and its echo changes nothing', async () => {
  const wanted = await create({
    title: 'Printer on fire',
    typeName: 'incident',
    priority: 'High',
    description: 'It burns.',
  });
  await sync();
  const done = await change(wanted);
  expect(done).toMatchObject({ state: 'confirmed' });
  expect(await row(done.recordId)).toMatchObject({
    title: 'Printer on fire',
    priority: 'High',
    typeName: 'Incident',
    description: 'It burns.',
    companyId: record.companyId,
  });
  expect(await desk.titled('Printer on fire')).toHaveLength(1);
  await expectNoEcho();
  expect(await house.engine.countRecords({ type: 'tickets' })).toBe(house.sim.totals().tickets);
});

test('a note is added once, and its echo changes nothing', async () => {
  const wanted = await note('Called <b>back</b>.\nNobody there.');
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', madeId: expect.stringContaining('/') });
  const notes = await desk.notes(record.externalId as string);
  expect(notes.filter((each) => each.startsWith('Called <b>back</b>.'))).toHaveLength(1);
  await expectNoEcho();
});

test('what the vendor makes of our words is no news, and no conflict with our next edit', async () => {
  await fault('rewrites-text');
  const long = `  Printer \t on ${'very '.repeat(20)}fire `;
  const first = await edit({ title: long });
  const second = await edit({ title: 'Printer repaired', status: 'Closed' });
  const third = await create({ title: `New ${long}` });
  await sync();
  for (const each of [first, second, third])
    expect(await change(each)).toMatchObject({ state: 'confirmed', conflicts: [] });
  expect(await row()).toMatchObject({ title: 'Printer repaired', isClosed: true });
  await expectNoEcho();
});

for (const name of ['create-504', 'cut-creates']) {
  test(`${name}: a create whose answer is lost is found again, not sent again`, async () => {
    await fault(name, 1);
    const wanted = await create({ title: 'Lost answer' });
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('Lost answer')).toHaveLength(1);
    await expectNoEcho();
  });

  test(`${name}: a note whose answer is lost is found again, and two equal notes are two`, async () => {
    await fault(name, 2);
    const [first, second] = [await note('Nobody there.'), await note('Nobody there.')];
    await sync();
    const made = [await change(first), await change(second)];
    expect(made.map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
    // Each is its own, although they say the same.
    expect(made[0]!.madeId).not.toBe(made[1]!.madeId);
    expect((await desk.notes(record.externalId as string)).filter((text) => text === 'Nobody there.')).toHaveLength(2);
    await expectNoEcho();
  });
}

test('a lost answer is looked for by what the ticket says where the vendor does not keep the reference', async () => {
  await fault('forgets-reference');
  // Alike, but somebody else's and older than our wish.
  const client = Number((await desk.ticket(record.externalId as string)).client_id);
  await desk.create({ summary: 'Same words', client_id: client });
  house.clock.pass(3_600_000);
  const first = await create({ title: 'Same words' });
  await sync();
  expect(await change(first)).toMatchObject({ state: 'confirmed' });
  expect(await desk.titled('Same words')).toHaveLength(2);
});

test('a request that never came to the vendor is sent again, but only when it can no longer come to light', async () => {
  const wanted = await create({ title: 'Never arrived' });
  await fault('reset');
  expect((await sync()).status).toBe('failed');
  await fault(null);
  // Nothing was sent: the vendor could not even be read.
  expect(await change(wanted)).toMatchObject({ state: 'waiting', attempts: 0 });
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
});

for (const kind of ['create', 'note', 'update'] as const) {
  test(`a crash right after sending: the ${kind} is found after the restart and not sent again`, async () => {
    const wanted =
      kind === 'create'
        ? await create({ title: 'Crash' })
        : kind === 'note'
          ? await note('Crash')
          : await edit({ title: 'Crash' });
    await fault('slow', 80);
    const before = await writes();
    const run = house.engine.sync(id).catch(() => {});
    while ((await writes()) === before);
    // From here on nothing of what this process does is kept.
    const newId = () => crypto.randomUUID();
    openPortal({ file: house.paths.database, now: house.clock.now, newId, owner: 'crash' }).close();
    await run;
    await fault(null);
    await house.reopen();
    expect(await change(wanted)).toMatchObject({ state: 'unconfirmed', attempts: 1 });
    const sent = await writes();
    house.clock.pass(3_600_000);
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await writes()).toBe(sent);
    if (kind === 'create') expect(await desk.titled('Crash')).toHaveLength(1);
    await expectNoEcho();
  });
}

test('an edit whose answer is lost is found done, in whatever case the vendor writes its names', async () => {
  await fault('cut-writes', 1);
  const wanted = await edit({ status: ' with user', queueName: 'FIELD ENGINEERING' });
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1, conflicts: [] });
  expect(await row()).toMatchObject({ status: 'With User', queueName: 'Field Engineering' });
  await expectNoEcho();
});

test('a name that the vendor has already, in another case, is not written; a title in another case is', async () => {
  const wanted = await edit({ status: 'in progress', title: record.title!.toString().toUpperCase() });
  await desk.edit(record.externalId as string, { status_id: 2 });
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', conflicts: [] });
  expect(await desk.ticket(record.externalId as string)).toMatchObject({
    status_id: 2,
    summary: record.title!.toString().toUpperCase(),
  });
});

test('edits of different fields merge by themselves', async () => {
  const wanted = await edit({ status: 'In Progress' });
  await desk.edit(record.externalId as string, { summary: 'Edited at the desk', category_1: 'Hardware>Printer' });
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', conflicts: [] });
  expect(await row()).toMatchObject({ title: 'Edited at the desk', status: 'In Progress' });
  expect(await desk.ticket(record.externalId as string)).toMatchObject({ summary: 'Edited at the desk', status_id: 2 });
});

test('the same edit on both sides is agreement', async () => {
  const wanted = await edit({ title: 'Same  title' });
  await desk.edit(record.externalId as string, { summary: 'Same title ' });
  const before = await writes();
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', conflicts: [] });
  expect(await writes()).toBe(before);
});

for (const rule of ['vendor', 'portal'] as const) {
  test(`different edits of one field: the ${rule} wins, and what was lost is on record`, async () => {
    await house.engine.configure(id, { conflicts: rule });
    const wanted = await edit({ title: 'Ours', status: 'In Progress' });
    await desk.edit(record.externalId as string, { summary: 'Theirs' });
    await sync();
    const title = rule === 'vendor' ? 'Theirs' : 'Ours';
    expect(await row()).toMatchObject({ title, status: 'In Progress' });
    expect(await desk.ticket(record.externalId as string)).toMatchObject({ summary: title, status_id: 2 });
    expect(await change(wanted)).toMatchObject({
      state: 'confirmed',
      conflicts: [{ field: 'title', base: record.title, ours: 'Ours', theirs: 'Theirs', winner: rule }],
    });
    await expectNoEcho();
  });
}

test('asking: nothing is written until somebody says which counts, and a later edit waits as well', async () => {
  const wanted = await edit({
    title: 'Ours',
    status: 'In Progress',
    priority: record.priority === 'Low' ? 'High' : 'Low',
  });
  await desk.edit(record.externalId as string, { summary: 'Theirs', status_id: 4 });
  const before = await writes();
  expect((await sync()).sum('conflicted')).toBe(1);
  const later = await edit({ title: 'Ours, later' });
  await sync();
  expect(await writes()).toBe(before);
  expect(await change(wanted)).toMatchObject({
    state: 'conflicted',
    conflicts: [{ field: 'title' }, { field: 'status' }],
  });
  expect(await house.engine.issues({ integration: id, reason: 'conflict' })).toHaveLength(1);
  expect((await house.engine.getSnapshot()).integrations.find((each) => each.id === id)?.outbox).toEqual({
    conflicted: 1,
    waiting: 1,
  });

  await expect(house.engine.resolveConflict(wanted.id, { title: 'portal' })).rejects.toThrow(/status/);
  await house.engine.resolveConflict(wanted.id, { title: 'portal', status: 'vendor' });
  expect(await house.engine.issues({ integration: id, reason: 'conflict' })).toHaveLength(0);
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed', fields: { title: 'Ours' } });
  expect(await change(later)).toMatchObject({ state: 'confirmed', conflicts: [] });
  expect(await row()).toMatchObject({ title: 'Ours, later', status: 'With User' });
  await expectNoEcho();
});

test('what the vendor refuses says why, counts as an issue, and goes through when it is mended', async () => {
  await fault('close-needs-confirmation');
  const wanted = await edit({ status: 'Closed' });
  expect((await sync()).sum('refused')).toBe(1);
  expect(await change(wanted)).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('open appointments'),
  });
  expect(await house.engine.issues({ integration: id, reason: 'refused' })).toMatchObject([
    { externalId: `change:${wanted.id}` },
  ]);
  // Reading does not settle it, a full read neither.
  await house.engine.sync(id, { full: true });
  expect(await house.engine.issues({ integration: id, reason: 'refused' })).toHaveLength(1);
  await house.engine.editChange(wanted.id, { status: 'With User' });
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed' });
  expect(await house.engine.issues({ integration: id, reason: 'refused' })).toHaveLength(0);

  const unknown = await edit({ status: 'Frozen' });
  await sync();
  expect(await change(unknown)).toMatchObject({ state: 'refused', reason: expect.stringContaining('In Progress') });
  await house.engine.withdrawChange(unknown.id);
  expect(await change(unknown)).toMatchObject({ state: 'withdrawn' });
});

test('what cannot be written is refused before it gets into the outbox, with the reason', async () => {
  await expect(edit({ description: 'New text' })).rejects.toThrow(/description: .*Add a note instead/);
  await expect(edit({ isClosed: true })).rejects.toThrow(/isClosed: .*follows the status/);
  await expect(edit({ updatedAt: '2026-01-01T00:00:00Z' })).rejects.toThrow(/Halo PSA does not let it/);
  await expect(edit({ colour: 'red' })).rejects.toThrow(/no such field/);
  await expect(create({ description: 'No title' })).rejects.toThrow(/title: Halo PSA needs it/);
  await expect(edit({ companyId: 'nobody' })).rejects.toThrow(/companyId/);
  const user = (await house.engine.records({ type: 'users' })).records[0]!;
  const technician = { type: 'users', kind: 'update', recordId: user.id, fields: { title: 'Lead' } } as const;
  await expect(house.engine.propose(technician)).rejects.toThrow(/switched off/);
  expect(await house.engine.changes({})).toEqual([]);

  await house.engine.configure(id, { options: { writeTechnicians: true } });
  const wanted = await house.engine.propose(technician);
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed' });
  expect(await desk.agent(user.externalId as string)).toMatchObject({ jobtitle: 'Lead' });
  await expectNoEcho();
});

test('read only writes nothing, and what waits goes out afterwards', async () => {
  const wanted = await edit({ status: 'In Progress' });
  await house.engine.configure(id, { readOnly: true });
  const before = await writes();
  await sync();
  expect(await writes()).toBe(before);
  await expect(edit({ title: 'No' })).rejects.toThrow(/read only/);
  await house.engine.configure(id, { readOnly: false });
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed' });
});

test('a ticket that is gone at the vendor is gone here, and the edit says so', async () => {
  const wanted = await edit({ status: 'In Progress' });
  await house.control('delete', { type: 'tickets', count: house.sim.totals().tickets ?? 0 });
  expect((await sync()).sum('refused')).toBe(1);
  expect(await change(wanted)).toMatchObject({ state: 'refused', reason: expect.stringContaining('no longer') });
});

test('many creates go one by one, each once', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => create({ title: `Bulk ${index % 4}` })));
  await fault('create-504', 3);
  await sync();
  expect((await house.engine.changes({})).map(({ state }) => state)).toEqual(Array(8).fill('confirmed'));
  expect(await desk.titled('Bulk')).toHaveLength(8);
  expect((await house.control<{ maxAtOnce: number }>('stats')).maxAtOnce).toBeLessThanOrEqual(4);
  await expectNoEcho();
});
