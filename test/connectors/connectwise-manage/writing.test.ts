/** Our edits on their way to ConnectWise, through the real engine: once, without an echo, refused in its words. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FieldValues } from '../../../src/connector/writer.ts';
import type { StoredRecord } from '../../../src/portal/query.ts';
import type { House } from '../../engine/house.ts';
import { syncedHouse, ticketEdits } from '../../engine/ticket-edits.ts';
import { ConnectWiseDesk } from './desk.ts';

const id = 'connectwise-manage';
let house: House;
let desk: ConnectWiseDesk;
let record: StoredRecord;

async function begin(options = {}) {
  house = await syncedHouse(id, 40, { options });
  desk = new ConnectWiseDesk(house.sim);
  const where = [
    { field: 'isClosed', op: '=', value: false },
    { field: 'boardName', op: '=', value: 'Help Desk' },
    { field: 'assignedTo', op: '!=', value: null },
  ] as const;
  record = (await house.engine.records({ type: 'tickets', where })).records[0]!;
}
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const edits = ticketEdits(() => ({ house, record }));
const { edit, change, row, writes, sync, fault, expectNoEcho } = edits;
const create = (fields: FieldValues) => edits.create({ boardName: 'Help Desk', ...fields });
const note = (text: string, hidden = true) => edits.note(text, { private: hidden });
const present = () => desk.ticket(record.externalId);
const notes = async (text: string) => (await desk.notes(record.externalId)).filter((each) => each.text === text);

describe('tickets', () => {
  beforeEach(() => begin());

  test('an edit changes what was wanted and nothing else; unassigned, closed and opened again', async () => {
    const before = await present();
    const wanted = await edit({
      title: 'Größer als gedacht',
      status: 'in progress',
      priority: 'Priority 1 - Critical',
      assigneeExternalId: null,
    });
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    const { owner, ...rest } = await present();
    expect(owner).toBeUndefined();
    expect(rest).toMatchObject({
      summary: 'Größer als gedacht',
      status: { id: 17, name: 'In Progress' },
      priority: { name: 'Priority 1 - Critical' },
      type: before.type,
      company: before.company,
    });
    expect(await row()).toMatchObject({ title: 'Größer als gedacht', status: 'In Progress', assignedTo: null });
    await expectNoEcho();

    await edit({ status: '>Closed' });
    await sync();
    expect(await row()).toMatchObject({ isClosed: true, closedAt: expect.any(String) });
    expect(await present()).toMatchObject({ closedFlag: true });
    await edit({ status: 'Re-opened', assigneeExternalId: record.assigneeExternalId as string });
    await sync();
    expect(await row()).toMatchObject({ isClosed: false, closedAt: null, assignedTo: record.assignedTo });
    await expectNoEcho();
  });

  test('a conflict says who changed it there', async () => {
    const { tickets = 0 } = house.sim.totals();
    const wanted = await edit({ title: 'Ours' });
    await house.control('change', { type: 'tickets', count: tickets });
    await sync();
    expect(await change(wanted)).toMatchObject({
      state: 'conflicted',
      conflicts: [{ field: 'title', ours: 'Ours', theirsBy: 'zadmin' }],
    });
  });

  test('a new ticket is there once on both sides, with its description as first note', async () => {
    const wanted = await create({
      title: '  Printer on fire',
      description: 'It burns.\nBadly.',
      status: 'Waiting Client',
      typeName: 'incident',
      categoryName: 'Hardware',
      contactExternalId: null,
    });
    await sync();
    const { state, recordId, externalId, marker } = await change(wanted);
    expect(state).toBe('confirmed');
    expect(await row(recordId)).toMatchObject({
      title: 'Printer on fire',
      boardName: 'Help Desk',
      typeName: 'Incident',
    });
    expect(await desk.titled('Printer on fire')).toMatchObject([
      { status: { name: 'Waiting Client' }, subType: { name: 'Hardware' }, externalXRef: marker },
    ]);
    expect(await desk.notes(externalId)).toMatchObject([{ text: 'It burns.\nBadly.', detailDescriptionFlag: true }]);
    await expectNoEcho();
    expect(await house.engine.countRecords({ type: 'tickets' })).toBe(house.sim.totals().tickets);
  });

  test('a ticket moves with what the other board has by the same name, or says what is missing', async () => {
    const { status, type, subType } = await present();
    await edit({ boardName: 'Changes' });
    await sync();
    const moved = await present();
    expect([moved.board.name, moved.status.name, moved.type?.name, moved.subType?.name]).toEqual([
      'Changes',
      status.name,
      type?.name,
      subType?.name,
    ]);
    expect(moved.status.id).not.toBe(status.id);
    await expectNoEcho();
    const away = await edit({ boardName: 'Old Help Desk' });
    const before = await writes();
    await sync();
    expect(await change(away)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining(`The board "Old Help Desk" has no status "${status.name}"`),
    });
    expect(await writes()).toBe(before);
  });

  test('names that ConnectWise does not have are refused before anything is sent, with those that it has', async () => {
    const before = await writes();
    const unknown = [
      [await edit({ status: 'Frozen' }), 'status "Frozen". It has: New, In Progress'],
      [await edit({ boardName: 'Projects' }), 'no board "Projects". It has: Help Desk'],
      [await edit({ title: 'x'.repeat(101) }), 'takes 100 characters as a title; this has 101'],
    ] as const;
    const empty = await edit({ status: null });
    await sync();
    for (const [wanted, words] of unknown) {
      expect(await change(wanted)).toMatchObject({ state: 'refused', reason: expect.stringContaining(words) });
    }
    expect(await change(empty)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('cannot be emptied'),
    });
    expect(await writes()).toBe(before);
    await expect(create({ title: 'Nowhere', boardName: null })).rejects.toThrow(
      /boardName: ConnectWise Manage needs it/,
    );
    await expect(edit({ description: 'New' })).rejects.toThrow(/description: .*Add a note instead/);
  });

  test('a refusal is shown in the words of ConnectWise, and a missing right with the level it needs', async () => {
    const gone = await edit({ contactExternalId: '999999' });
    await sync();
    expect(await change(gone)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('Contact 999999 not found'),
    });
    await fault('no-right-close');
    const closed = await edit({ status: '>Closed' });
    await sync();
    expect(await change(closed)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('Close Service Tickets: Add and Edit = All'),
    });
    await fault(null);
    await house.engine.retryChange(closed.id);
    await sync();
    expect(await change(closed)).toMatchObject({ state: 'confirmed' });
  });

  test('a change that was answered 200 and not made is refused; what a rule made of it is taken', async () => {
    await fault('patch-ignored');
    const ignored = await edit({ assigneeExternalId: null, title: 'Ignored' });
    await sync();
    expect(await change(ignored)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('left this as it was: title, assigneeExternalId'),
    });
    await fault('workflow-rules');
    const members = (await house.engine.records({ type: 'users' })).records;
    const other = members.find(({ externalId }) => externalId !== record.assigneeExternalId)!;
    const assigned = await edit({ assigneeExternalId: String(other.externalId), status: 'Waiting Client' });
    await sync();
    expect(await change(assigned)).toMatchObject({ state: 'confirmed' });
    expect(await row()).toMatchObject({ assignedTo: other.fullName, status: (await present()).status.name });
    await expectNoEcho();
  });

  test('a ticket that somebody has in use is changed with the next sync', async () => {
    await fault('record-in-use', 1);
    const wanted = await edit({ status: 'In Progress' });
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'unconfirmed', reason: expect.stringContaining('in use') });
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 2 });
  });

  test('an upgrade between reading and writing sends the write to the present release, once', async () => {
    const wanted = await create({ title: 'During the upgrade' });
    await fault('upgraded', 1);
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('During the upgrade')).toHaveLength(1);
  });

  test('what ConnectWise makes of our words is no news', async () => {
    await fault('rewrites-text');
    const wanted = [
      await edit({ title: ' Printer \t on   fire' }),
      await create({ title: 'New\n printer' }),
      await note('Two  spaces.\nTwo lines.', false),
    ];
    await sync();
    for (const each of wanted) expect(await change(each)).toMatchObject({ state: 'confirmed', conflicts: [] });
    await expectNoEcho();
  });

  test('a note is internal unless the client may see it, and its echo changes nothing', async () => {
    const [hidden, shown] = [await note('For us.'), await note('For <all> & everybody.\nReally.', false)];
    await sync();
    expect((await change(hidden)).madeId).not.toBe((await change(shown)).madeId);
    expect(await notes('For us.')).toMatchObject([{ internalAnalysisFlag: true, detailDescriptionFlag: false }]);
    expect(await notes('For <all> & everybody.\nReally.')).toMatchObject([
      { internalAnalysisFlag: false, detailDescriptionFlag: true },
    ]);
    await expectNoEcho();
  });

  for (const name of ['create-504', 'cut-creates']) {
    test(`${name}: tickets and notes whose answers are lost are found again, and two equal notes are two`, async () => {
      await fault(name, 4);
      const tickets = [await create({ title: 'Lost answer' }), await create({ title: 'Lost answer' })];
      const twice = [await note('Nobody there.'), await note('Nobody there.')];
      await sync();
      for (const each of [...tickets, ...twice]) {
        expect(await change(each)).toMatchObject({ state: 'confirmed', attempts: 1 });
      }
      expect(await desk.titled('Lost answer')).toHaveLength(2);
      expect(await notes('Nobody there.')).toHaveLength(2);
      await expectNoEcho();
    });
  }

  test('an edit of a ticket that is gone at the vendor says so', async () => {
    await edit({ status: 'In Progress' });
    await house.control('delete', { type: 'tickets', count: house.sim.totals().tickets ?? 0 });
    await sync();
    const [refused] = await house.engine.changes({ states: ['refused'] });
    expect(refused).toMatchObject({ reason: expect.stringContaining('no longer') });
  });
});

test('with descriptions, a created ticket and a first note to the client bring no news either', async () => {
  await begin({ descriptions: true });
  const wanted = await create({ title: 'Described', description: 'It burns.' });
  await sync();
  const { recordId } = await change(wanted);
  expect(await row(recordId)).toMatchObject({ description: 'It burns.' });
  await expectNoEcho();
});

test('members: name, title and e-mail where the operator allows it, the rest with its reason', async () => {
  await begin();
  const user = (await house.engine.records({ type: 'users' })).records[0]!;
  const propose = (fields: FieldValues) =>
    house.engine.propose({ type: 'users', kind: 'update', recordId: user.id, fields });
  await expect(propose({ title: 'Lead' })).rejects.toThrow(/Switch on "Change technicians"/);
  await house.engine.configure(id, { options: { writeTechnicians: true } });
  await expect(propose({ status: 'disabled' })).rejects.toThrow(/who takes over its work/);
  const { firstName } = await desk.member(user.externalId);
  const wanted = await propose({ title: 'Lead', fullName: `${firstName} van der Berg`, email: 'new@acme.example' });
  await sync();
  expect(await change(wanted)).toMatchObject({ state: 'confirmed' });
  expect(await desk.member(user.externalId)).toMatchObject({
    firstName,
    lastName: 'van der Berg',
    title: 'Lead',
    primaryEmail: 'new@acme.example',
  });
  // Tickets name their owner, so a full run would find the new name in those.
  await expectNoEcho([{}]);

  await fault('patch-ignored');
  const ignored = await propose({ email: 'other@acme.example' });
  await sync();
  expect(await change(ignored)).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('as it was: email'),
  });
});
