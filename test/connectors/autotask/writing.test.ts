/** Our edits on their way to Autotask, through the real engine: no echo, no double, no loss. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FieldValues } from '../../../src/connector/writer.ts';
import type { StoredRecord } from '../../../src/portal/query.ts';
import type { House } from '../../engine/house.ts';
import { syncedHouse, ticketEdits } from '../../engine/ticket-edits.ts';
import { Desk } from './desk.ts';

const id = 'autotask';
const serviceDesk = 29_683_354;
const fieldEngineering = 29_683_378;
const defaultRole = 29_683_355;
let house: House;
let desk: Desk;
let record: StoredRecord;

beforeEach(async () => {
  house = await syncedHouse(id, 60);
  desk = new Desk(house.sim);
  const where = [
    { field: 'status', op: '=', value: 'In Progress' },
    { field: 'queueName', op: '=', value: 'Service Desk' },
  ] as const;
  const { records } = await house.engine.records({ type: 'tickets', where });
  record = records.find(({ contactExternalId, assigneeExternalId }) => contactExternalId && assigneeExternalId)!;
});
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const { edit, create, note, change, row, sync, fault, expectNoEcho, expectRefused } = ticketEdits(() => ({
  house,
  record,
}));
const atDesk = () => desk.ticket(record.externalId as string);

describe('an edit', () => {
  test('names become ids, only they are sent, and the echo changes nothing', async () => {
    const before = await atDesk();
    const wanted = await edit({ status: 'waiting customer', priority: 'Critical', queueName: 'Field Engineering' });
    expect((await sync()).sum('pushed')).toBe(1);
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    const { lastActivityDate, lastTrackedModificationDateTime, lastActivityResourceID, ...rest } = await atDesk();
    expect(rest).toEqual({
      ...without(before, 'lastActivityDate', 'lastTrackedModificationDateTime', 'lastActivityResourceID'),
      status: 7,
      priority: 4,
      queueID: fieldEngineering,
    });
    expect(await row()).toMatchObject({ status: 'Waiting Customer', priority: 'Critical' });
    await expectNoEcho();
  });

  test('closing and opening again follow the status', async () => {
    await edit({ status: 'Complete' });
    await sync();
    expect(await row()).toMatchObject({ isClosed: true, closedAt: expect.any(String) });
    await expectNoEcho();
    await edit({ status: 'Re-opened' });
    await sync();
    expect(await row()).toMatchObject({ isClosed: false, closedAt: null, status: 'Re-opened' });
    await expectNoEcho();
  });

  test('an assignee gets the role in which they work; nobody takes the role away', async () => {
    await edit({ assigneeExternalId: null });
    await sync();
    expect(await atDesk()).toMatchObject({ assignedResourceID: null, assignedResourceRoleID: null });
    expect(await row()).toMatchObject({ assignedTo: null });
    await expectNoEcho();
    const other = (await house.engine.records({ type: 'users' })).records.find(
      ({ externalId, status }) => externalId !== record.assigneeExternalId && status === 'active',
    )!;
    await edit({ assigneeExternalId: other.externalId as string });
    await sync();
    expect(await atDesk()).toMatchObject({
      assignedResourceID: Number(other.externalId),
      assignedResourceRoleID: defaultRole,
    });
    expect(await row()).toMatchObject({ assignedTo: other.fullName });
    await expectNoEcho();
  });

  test('a contact can be taken off and put back, and company 0, the MSP itself, takes a ticket like any other', async () => {
    const { contactExternalId } = record;
    await edit({ contactExternalId: null });
    await sync();
    expect(await row()).toMatchObject({ contactExternalId: null, contactName: null });
    await edit({ contactExternalId: contactExternalId as string });
    await sync();
    expect(await row()).toMatchObject({ contactExternalId, contactName: record.contactName });
    await edit({ companyExternalId: '0', contactExternalId: null });
    await sync();
    expect(await atDesk()).toMatchObject({ companyID: 0, contactID: null });
    expect(await row()).toMatchObject({ companyName: 'Acme IT' });
    await expectNoEcho();
  });

  test('what somebody changed meanwhile in other fields stays', async () => {
    const wanted = await edit({ status: 'Waiting Customer' });
    await desk.edit(record.externalId as string, { title: 'Edited at the desk' });
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', conflicts: [] });
    expect(await atDesk()).toMatchObject({ title: 'Edited at the desk', status: 7 });
    await expectNoEcho();
  });

  test('white space that Autotask folds is no news', async () => {
    await fault('rewrites-text');
    const first = await edit({ title: '  Printer \t on  fire ' });
    const second = await edit({ title: 'Printer repaired' });
    const third = await create({ title: ' New  printer', description: 'It burns.\nStill.' });
    await sync();
    for (const each of [first, second, third])
      expect(await change(each)).toMatchObject({ state: 'confirmed', conflicts: [] });
    expect(await row()).toMatchObject({ title: 'Printer repaired' });
    await expectNoEcho();
  });

  test('an answer that is lost is found done, and not sent again', async () => {
    const wanted = await edit({ status: 'Waiting Customer' });
    await fault('cut-writes', 1);
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await row()).toMatchObject({ status: 'Waiting Customer' });
    await expectNoEcho();
  });

  test('what Autotask does not have is refused before anything is sent, after one more look at its lists', async () => {
    await house.engine.sync(id);
    await house.control('stats/reset', {});
    expect(await expectRefused(await edit({ status: 'Frozen' }), /no status "Frozen".*In Progress/)).toBe(0);
    const { byPath } = await house.control<{ byPath: Record<string, number> }>('stats');
    expect(byPath['GET /atservicesrest/v1.0/tickets/entityinformation/fields']).toBe(2);
    expect(await expectRefused(await edit({ status: 'On Hold (old)' }), /not active in Autotask any more/)).toBe(0);
    expect(await expectRefused(await edit({ title: ' ' }), /cannot be emptied/)).toBe(0);
    expect(await expectRefused(await edit({ assigneeExternalId: '4' }), /no active service desk role/)).toBe(0);
    expect(await expectRefused(await edit({ contactExternalId: 'kim' }), /"kim" is no id/)).toBe(0);
    expect(await row()).toEqual(record);
  });

  test("what Autotask refuses is told in its words, a missing right in the operator's", async () => {
    await expectRefused(await edit({ title: 'x'.repeat(256) }), /longer than 255/);
    await expectRefused(await edit({ companyExternalId: '0' }), /Reference value on field: contactID/);
    await fault('time-posted');
    await expectRefused(await edit({ companyExternalId: '0', contactExternalId: null }), /time has been posted/);
    await fault('no-write-permission');
    await expectRefused(await edit({ status: 'New' }), /not let this API user edit tickets.*security level/);
    await fault('service-desk-inactive');
    await expectRefused(await edit({ status: 'New' }), /module must be active/);
    expect(await house.engine.issues({ integration: id, reason: 'refused' })).toHaveLength(5);
    expect(await row()).toEqual(record);
  });

  test('what cannot be written says why before it gets into the outbox', async () => {
    await expect(edit({ description: 'New' })).rejects.toThrow(/description: .*destroy formatting.*Add a note/);
    await expect(edit({ issueTypeName: 'Network' })).rejects.toThrow(/issueTypeName: .*sub-issue/);
    await expect(edit({ isClosed: true })).rejects.toThrow(/isClosed: .*follows the status/);
    await expect(create({ description: 'No title' })).rejects.toThrow(/title: Autotask needs it/);
  });

  test('a ticket that is gone says so', async () => {
    const wanted = await edit({ status: 'Waiting Customer' });
    await house.control('delete', { type: 'tickets', count: house.sim.totals().tickets ?? 0 });
    expect(await expectRefused(wanted, /no longer/)).toBe(0);
  });
});

describe('a new ticket', () => {
  test('carries what was said, what the tenant fills in, and our mark; its echo changes nothing', async () => {
    const wanted = await create({
      title: 'Printer on fire',
      description: 'It burns.\nStill.',
      priority: 'high',
      queueName: 'Field Engineering',
      typeName: 'Incident',
      categoryName: 'RMM Alert',
      issueTypeName: 'Hardware',
      contactExternalId: record.contactExternalId as string,
      assigneeExternalId: record.assigneeExternalId as string,
    });
    await sync();
    const done = await change(wanted);
    expect(done).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('Printer on fire')).toMatchObject([
      {
        status: 1,
        priority: 1,
        queueID: fieldEngineering,
        externalID: done.marker,
        assignedResourceRoleID: defaultRole,
      },
    ]);
    expect(done.marker).toMatch(/^msp-[\w]{30,40}$/);
    expect(await row(done.recordId)).toMatchObject({
      ticketNumber: expect.stringMatching(/^T\d{8}\.\d{4}$/),
      description: 'It burns.\nStill.',
      status: 'New',
      priority: 'High',
      typeName: 'Incident',
      categoryName: 'RMM Alert',
      issueTypeName: 'Hardware',
      contactName: record.contactName,
      assignedTo: record.assignedTo,
      companyId: record.companyId,
    });
    await expectNoEcho();
    expect(await house.engine.countRecords({ type: 'tickets' })).toBe(house.sim.totals().tickets);
  });

  test('what nobody said is what Autotask begins with, or what the operator chose', async () => {
    await create({ title: 'Bare' });
    await sync();
    expect(await desk.titled('Bare')).toMatchObject([{ status: 1, priority: 4, queueID: serviceDesk, source: null }]);
    await house.engine.configure(id, {
      options: { newTicketQueue: String(fieldEngineering), newTicketSource: '6', newTicketDueHours: 8 },
    });
    await fault('category-demands');
    await create({ title: 'Chosen' });
    await sync();
    const [chosen] = await desk.titled('Chosen');
    expect(chosen).toMatchObject({ queueID: fieldEngineering, source: 6 });
    const hours = (Date.parse(String(chosen?.dueDateTime)) - Date.parse(String(chosen?.createDate))) / 3_600_000;
    expect(hours).toBeCloseTo(8, 1);
    await expectNoEcho();
  });

  test('one that lacks what the category demands, or would not show here, is not made', async () => {
    await fault('category-demands');
    await expectRefused(await create({ title: 'Refused' }), /Missing Required Field: dueDateTime/);
    await house.engine.configure(id, { options: { queues: [String(fieldEngineering)] } });
    const unseen = await create({ title: 'Refused', queueName: 'Service Desk' });
    expect(await expectRefused(unseen, /not imported/)).toBe(0);
    expect(await desk.titled('Refused')).toEqual([]);
  });

  test('what a workflow rule makes of it at once is what shows, and no echo', async () => {
    await fault('workflow-rule');
    const wanted = await create({ title: 'By the rules', status: 'New' });
    await sync();
    expect(await row((await change(wanted)).recordId)).toMatchObject({ status: 'In Progress' });
    await expectNoEcho();
  });

  test.each(['create-504', 'cut-creates'])('%s: it is found by our mark, not made again', async (name) => {
    await fault(name, 1);
    const lost = await create({ title: 'Lost answer' });
    const other = await create({ title: 'Lost answer' });
    await sync();
    for (const each of [lost, other]) expect(await change(each)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('Lost answer')).toHaveLength(2);
    await expectNoEcho();
  });

  test('one that Autotask shows late is confirmed when it shows, and never made again', async () => {
    await fault('shown-late');
    const wanted = await create({ title: 'Shown late' });
    await sync();
    expect(await change(wanted)).toMatchObject({
      state: 'unconfirmed',
      reason: expect.stringContaining('not show it'),
    });
    house.clock.pass(45_000);
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('Shown late')).toHaveLength(1);
    await expectNoEcho();
  });

  test('a field of the tenant takes our mark where External ID is in use', async () => {
    await house.engine.configure(id, { options: { markerField: 'Portal reference' } });
    await fault('cut-creates', 1);
    const wanted = await create({ title: 'Own field' });
    await sync();
    const { marker, state, attempts } = await change(wanted);
    expect([state, attempts]).toEqual(['confirmed', 1]);
    expect(await desk.titled('Own field')).toMatchObject([
      { externalID: null, userDefinedFields: [{ name: 'Portal reference', value: marker }] },
    ]);
    await house.engine.configure(id, { options: { markerField: 'No such field' } });
    await expectRefused(await create({ title: 'Nowhere' }), /Unable to find No such field/);
  });

  test.each(['thread-limit', 'rate-limit'])('%s on the write is waited for', async (name) => {
    const wanted = await create({ title: 'Patience' });
    await fault(name, 2);
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('Patience')).toHaveLength(1);
  });
});

describe('a note', () => {
  test('is there once, inside or for everybody, and its echo changes nothing', async () => {
    const inside = await note('Called <b>back</b>.\nNobody there.');
    await note('We are on it.', { private: false });
    await sync();
    const { state, marker, madeId } = await change(inside);
    expect(state).toBe('confirmed');
    const notes = (await desk.notes(Number(record.externalId))).filter(({ title }) => title.startsWith('Note ('));
    expect(notes).toMatchObject([
      { id: Number(madeId), description: 'Called <b>back</b>.\nNobody there.', publish: 2, noteType: 3 },
      { description: 'We are on it.', publish: 1 },
    ]);
    expect(notes[0]?.title).toBe(`Note (${marker?.slice(0, 16)})`);
    await expectNoEcho();
  });

  test('has the type that the operator chose', async () => {
    const offered = await house.engine.choices({ id }, 'noteType');
    expect(offered.map(({ label }) => label)).toEqual(["Autotask's own default", 'Task Notes', 'Task Summary']);
    await house.engine.configure(id, { options: { noteType: '1' } });
    await note('Summary.');
    await sync();
    expect((await desk.notes(Number(record.externalId))).at(-1)).toMatchObject({ noteType: 1 });
  });

  test.each(['create-504', 'cut-creates'])('%s: equal notes are told apart by their marks', async (name) => {
    await fault(name, 2);
    const wanted = [await note('Nobody there.'), await note('Nobody there.')];
    await sync();
    for (const each of wanted) expect(await change(each)).toMatchObject({ state: 'confirmed', attempts: 1 });
    const notes = await desk.notes(Number(record.externalId));
    expect(notes.filter(({ description }) => description === 'Nobody there.')).toHaveLength(2);
    await expectNoEcho();
  });
});

describe('a technician', () => {
  let user: StoredRecord;
  beforeEach(async () => {
    user = (await house.engine.records({ type: 'users' })).records[0]!;
  });
  const editUser = (fields: FieldValues) =>
    house.engine.propose({ type: 'users', kind: 'update', recordId: user.id, fields });
  const allow = () => house.engine.configure(id, { options: { writeTechnicians: true } });

  test('gets another name and title once that is switched on, and the echo changes nothing', async () => {
    await expect(editUser({ title: 'Lead' })).rejects.toThrow(/switched off.*Change technicians/);
    await allow();
    const [first] = String(user.fullName).split(' ');
    await editUser({ fullName: `${first} van Dyke`, title: 'Lead' });
    await sync();
    expect(await desk.resource(user.externalId as string)).toMatchObject({
      firstName: first,
      lastName: 'van Dyke',
      title: 'Lead',
      email: user.email,
    });
    expect(await house.engine.record('users', user.id)).toMatchObject({ fullName: `${first} van Dyke`, title: 'Lead' });
    await expectNoEcho();
  });

  test('what Autotask keeps to itself says why', async () => {
    await allow();
    await expect(editUser({ email: 'new@acme.example' })).rejects.toThrow(/confirm a changed address/);
    await expect(editUser({ status: 'disabled' })).rejects.toThrow(/licences/);
    const made = { integration: id, type: 'users', kind: 'create', fields: { fullName: 'Kim New' } } as const;
    await expect(house.engine.propose(made)).rejects.toThrow(/cannot be created/);
    await fault('no-resource-admin');
    await expectRefused(await editUser({ title: 'Lead' }), /edit technicians.*Resources\/Users \(HR\)/);
    await fault(null);
    expect(await expectRefused(await editUser({ fullName: 'Kim' }), /first and a last name/)).toBe(0);
  });
});

function without<T extends object>(record: T, ...names: string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
