/** Our edits on their way to Syncro, through the real engine: no echo, no double, no loss. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FieldValues } from '../../../src/connector/writer.ts';
import type { StoredRecord } from '../../../src/portal/query.ts';
import type { House } from '../../engine/house.ts';
import { syncedHouse, ticketEdits } from '../../engine/ticket-edits.ts';
import { Desk } from './desk.ts';

const id = 'syncro';
let house: House;
let desk: Desk;
let record: StoredRecord;

beforeEach(async () => {
  house = await syncedHouse(id, 60);
  desk = new Desk(house.sim);
  const where = [{ field: 'status', op: '=', value: 'In Progress' }] as const;
  const { records } = await house.engine.records({ type: 'tickets', where });
  record = records.find(
    ({ contactExternalId, assigneeExternalId, priority }) => contactExternalId && assigneeExternalId && priority,
  )!;
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
  test('names become what the account calls them, only they are sent, and the echo changes nothing', async () => {
    const before = await atDesk();
    const wanted = await edit({ status: 'on hold', priority: '0 urgent', typeName: 'Change', categoryName: 'Server' });
    expect((await sync()).sum('pushed')).toBe(1);
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    const { updated_at, ticket_type, ...rest } = await atDesk();
    const { updated_at: _, ticket_type: __, ...same } = before;
    expect(rest).toEqual({
      ...same,
      status: 'On Hold',
      priority: '0 Urgent',
      ticket_type_id: 12,
      problem_type: 'Server',
    });
    expect(await row()).toMatchObject({ status: 'On Hold', priority: '0 Urgent', typeName: 'Change' });
    await expectNoEcho();
  });

  test('closing and opening again follow the status', async () => {
    await edit({ status: 'Resolved' });
    await sync();
    expect(await row()).toMatchObject({ isClosed: true, closedAt: expect.any(String) });
    await expectNoEcho();
    await edit({ status: 'In Progress' });
    await sync();
    expect(await row()).toMatchObject({ isClosed: false, closedAt: null, status: 'In Progress' });
    await expectNoEcho();
  });

  test('an assignee, a contact, a priority can be taken off and put back', async () => {
    const { assigneeExternalId, contactExternalId, priority } = record;
    await edit({ assigneeExternalId: null, contactExternalId: null, priority: null, typeName: null });
    await sync();
    expect(await atDesk()).toMatchObject({ user_id: null, contact_id: null, priority: null, ticket_type_id: null });
    expect(await row()).toMatchObject({ assignedTo: null, contactName: null, priority: null, typeName: null });
    await expectNoEcho();
    await edit({ assigneeExternalId, contactExternalId, priority } as FieldValues);
    await sync();
    const { assignedTo, contactName } = record;
    expect(await row()).toMatchObject({ assignedTo, contactName, priority, assigneeExternalId, contactExternalId });
    await expectNoEcho();
  });

  test('a ticket moves to another company', async () => {
    const other = (await house.engine.records({ type: 'companies' })).records.find(
      ({ externalId }) => externalId !== record.companyExternalId,
    )!;
    await edit({ companyId: other.id, contactExternalId: null });
    await sync();
    expect(await atDesk()).toMatchObject({ customer_id: Number(other.externalId), contact_id: null });
    expect(await row()).toMatchObject({ companyId: other.id, companyName: other.name });
    await expectNoEcho();
  });

  test('what somebody changed meanwhile in other fields stays', async () => {
    const wanted = await edit({ status: 'On Hold' });
    await desk.edit(record.externalId as string, { subject: 'Edited at the desk' });
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', conflicts: [] });
    expect(await atDesk()).toMatchObject({ subject: 'Edited at the desk', status: 'On Hold' });
    await expectNoEcho();
  });

  test('what Syncro makes of our words is no news, and no conflict with the next edit', async () => {
    await fault('rewrites-text');
    const title = `  Printer \t on ${'very '.repeat(60)}fire `;
    const wanted = [
      await edit({ title }),
      await edit({ title: 'Printer repaired' }),
      await create({ title: `New ${title}`, description: ' It burns.\n\nStill. ' }),
    ];
    await sync();
    for (const each of wanted) expect(await change(each)).toMatchObject({ state: 'confirmed', conflicts: [] });
    expect(await row()).toMatchObject({ title: 'Printer repaired' });
    await expectNoEcho();
  });

  test('an answer that is lost is found done', async () => {
    const wanted = await edit({ status: 'On Hold' });
    await fault('truncated-body');
    await sync();
    await fault(null);
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed' });
    expect(await atDesk()).toMatchObject({ status: 'On Hold' });
    await expectNoEcho();
  });

  test.each([
    [{ status: 'Frozen' }, /no status "Frozen".*In Progress/],
    [{ priority: 'High' }, /no priority "High".*1 High/],
    [{ typeName: 'Wish' }, /no type "Wish".*Incident/],
    [{ status: null }, /cannot be emptied/],
  ])('%o is refused before anything is sent', async (fields, reason) => {
    expect(await expectRefused(await edit(fields), reason)).toBe(0);
    expect(await row()).toEqual(record);
  });

  test.each([
    ['outtake-form', { status: 'Resolved' }, /Outtake form is required/],
    ['no-tickets-edit', { status: 'On Hold' }, /valid but lacks "Tickets - Edit".*not let it change tickets.*tick/],
  ])('%s %o is refused in words that help', async (name, fields, reason) => {
    await fault(name);
    await expectRefused(await edit(fields), reason);
    expect(await house.engine.issues({ integration: id, reason: 'refused' })).toHaveLength(1);
    expect(await atDesk()).toMatchObject({ status: 'In Progress' });
  });

  test('what Syncro passes over without a word is not taken for done', async () => {
    await fault('blanks-ignored');
    await expectRefused(await edit({ assigneeExternalId: null, status: 'On Hold' }), /left the assignee as it was/);
    await expectRefused(await edit({ priority: null }), /left the priority as it was/);
    await fault(null);
    // What it did take comes with the next read.
    await sync();
    expect(await row()).toMatchObject({ status: 'On Hold', assigneeExternalId: record.assigneeExternalId });
    await expectRefused(await edit({ assigneeExternalId: '999' }), /left the assignee as it was/);
  });

  test('what cannot be written says why before it gets into the outbox', async () => {
    await expect(edit({ description: 'New' })).rejects.toThrow(/description: .*first comment.*Add a note/);
    await expect(edit({ queueName: 'Second level' })).rejects.toThrow(/queueName: .*no queues/);
    await expect(edit({ isClosed: true })).rejects.toThrow(/isClosed: .*follows the status/);
    await expect(create({ description: 'No title' })).rejects.toThrow(/title: Syncro needs it/);
  });

  test('a ticket that is gone says so; a page in its place says nothing of it', async () => {
    const wanted = await edit({ status: 'On Hold' });
    await fault('ticket-page-404');
    expect((await sync()).failure).toMatchObject({ code: 'malformed' });
    expect(await change(wanted)).toMatchObject({ state: 'waiting' });
    expect(await row()).toEqual(record);
    await fault(null);
    await house.control('delete', { type: 'tickets', count: house.sim.totals().tickets ?? 0 });
    expect(await expectRefused(wanted, /no longer/)).toBe(0);
  });
});

describe('a new ticket', () => {
  test('carries what was said and our mark; its echo changes nothing', async () => {
    const wanted = await create({
      title: 'Printer on fire',
      description: 'It burns.\nStill.',
      status: 'scheduled',
      priority: '1 high',
      typeName: 'incident',
      categoryName: null,
      contactExternalId: record.contactExternalId as string,
      assigneeExternalId: record.assigneeExternalId as string,
    });
    await sync();
    const done = await change(wanted);
    expect(done).toMatchObject({ state: 'confirmed', attempts: 1, marker: expect.stringMatching(/^msp-/) });
    expect(await desk.titled('Printer on fire')).toMatchObject([
      {
        tag_list: [done.marker],
        status: 'Scheduled',
        problem_type: null,
        comments: [{ subject: 'Initial Issue', body: 'It burns.\nStill.', hidden: false }],
      },
    ]);
    expect(await row(done.recordId)).toMatchObject({
      ticketNumber: expect.stringMatching(/^\d+$/),
      description: 'It burns.\nStill.',
      priority: '1 High',
      typeName: 'Incident',
      contactName: record.contactName,
      assignedTo: record.assignedTo,
      companyId: record.companyId,
    });
    await expectNoEcho();
    expect(await house.engine.countRecords({ type: 'tickets' })).toBe(house.sim.totals().tickets);
  });

  test('what nobody said is what Syncro begins with', async () => {
    const wanted = await create({ title: 'Bare' });
    await sync();
    expect(await row((await change(wanted)).recordId)).toMatchObject({ status: 'New', description: null });
    await expectNoEcho();
  });

  test.each([
    ['type-required', /Ticket type can't be blank/],
    ['no-tickets-create', /lacks "Tickets - Create"/],
  ])('%s is refused in words that help, and nothing is made', async (name, reason) => {
    await fault(name);
    await expectRefused(await create({ title: 'Refused' }), reason);
    expect(await desk.titled('Refused')).toEqual([]);
  });

  test.each(['create-504', 'cut-creates'])('%s: it is found by our mark, not made again', async (name) => {
    await fault(name, 1);
    const wanted = [await create({ title: 'Lost answer' }), await create({ title: 'Lost answer' })];
    await sync();
    for (const each of wanted) expect(await change(each)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('Lost answer')).toHaveLength(2);
    await expectNoEcho();
  });

  describe('that was stored, answered 504 and is listed late', () => {
    let wanted: { id: string };
    let made: string;

    async function lose(title: string) {
      await fault('listed-late');
      wanted = await create({ title });
      await sync();
      expect(await change(wanted)).toMatchObject({
        state: 'unconfirmed',
        reason: expect.stringContaining('no answer'),
      });
      const records = await house.control<{ externalId: string; title: string }[]>('records/tickets');
      made = records.findLast((each) => each.title === title)!.externalId;
    }
    async function found() {
      house.clock.pass(45_000);
      await sync();
      expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1, externalId: made });
      expect(house.sim.totals().tickets).toBe(await house.engine.countRecords({ type: 'tickets' }));
      await expectNoEcho();
    }

    test('is found when it shows, though somebody has moved and renamed it', async () => {
      await lose('Lost');
      const { records } = await house.engine.records({ type: 'companies' });
      const other = records.find(({ id }) => id !== record.companyId)!;
      await desk.edit(made, { customer_id: Number(other.externalId), subject: 'Renamed' });
      await found();
    });

    test('is found by its words where our tag is gone, unless they are older than our wish or marked by another', async () => {
      const same = { subject: 'Same words', customer_id: Number(record.companyExternalId) };
      await desk.create(same);
      house.clock.pass(3_600_000);
      await lose('Same  words');
      await desk.create({ ...same, tag_list: ['msp-another'] }).catch(() => {});
      await desk.edit(made, { tag_list: [] });
      await found();
    });

    test('is not taken for another of the same words where tags are known to be kept', async () => {
      await create({ title: 'Before' });
      await sync();
      await lose('Same words');
      await house.control('delete', { type: 'tickets', count: house.sim.totals().tickets ?? 0 });
      await fault(null);
      await desk.create({ subject: 'Same words', customer_id: Number(record.companyExternalId) });
      house.clock.pass(120_000);
      await sync();
      expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 2 });
      expect(await desk.titled('Same words')).toHaveLength(2);
    });
  });

  test('many at once with lost answers are each there once', async () => {
    const wanted = await Promise.all(Array.from({ length: 6 }, (_, index) => create({ title: `Bulk ${index % 3}` })));
    await fault('create-504', 3);
    await sync();
    const states = await Promise.all(wanted.map(async (each) => (await change(each)).state));
    expect(states).toEqual(Array(6).fill('confirmed'));
    expect(await desk.titled('Bulk')).toHaveLength(6);
    await expectNoEcho();
  });

  test('being throttled on the write is waited for', async () => {
    const wanted = await create({ title: 'Patience' });
    await fault('rate-limit', 9);
    await sync();
    expect(await change(wanted)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(await desk.titled('Patience')).toHaveLength(1);
  });
});

describe('a note', () => {
  test('is there once, private or for the client, and its echo changes nothing', async () => {
    const inside = await note('Called <b>back</b>.\nNobody there.');
    const outside = await note('We are on it.', { private: false });
    await sync();
    const { state, marker, madeId } = await change(inside);
    expect(state).toBe('confirmed');
    const [first, second] = (await desk.notes(record.externalId as string)).slice(-2);
    expect(first).toMatchObject({ body: 'Called <b>back</b>.\nNobody there.', hidden: true, id: Number(madeId) });
    expect(first?.subject).toBe(`Note (${marker?.slice(0, 16)})`);
    expect(second).toMatchObject({ body: 'We are on it.', hidden: false, id: Number((await change(outside)).madeId) });
    await expectNoEcho();
  });

  test.each(['create-504', 'cut-creates'])('%s: equal notes are told apart by their marks', async (name) => {
    await fault(name, 2);
    const wanted = [await note('Nobody there.'), await note('Nobody there.')];
    await sync();
    for (const each of wanted) expect(await change(each)).toMatchObject({ state: 'confirmed', attempts: 1 });
    const notes = await desk.notes(record.externalId as string);
    expect(notes.filter(({ body }) => body === 'Nobody there.')).toHaveLength(2);
    await expectNoEcho();
  });

  test('without the permission says which', async () => {
    await fault('no-ticket-comments-new');
    await expectRefused(await note('x'), /lacks "Tickets - Edit" or "Ticket Comments - New".*not let it add notes/);
  });
});

test('clients are e-mailed only when that is switched on, and never about private notes', async () => {
  await fault('mail-refused');
  const quiet = [
    await create({ title: 'Quiet', description: 'Ssh.' }),
    await note('To the client.', { private: false }),
    await note('Inside.'),
  ];
  await sync();
  for (const each of quiet) expect(await change(each)).toMatchObject({ state: 'confirmed' });
  await house.engine.configure(id, { options: { emailClients: true } });
  const loud = [await create({ title: 'Loud', description: 'Hey.' }), await note('Hey.', { private: false })];
  const inside = await note('Still inside.');
  await sync();
  for (const each of loud) {
    expect(await change(each)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('Email could not be delivered'),
    });
  }
  expect(await change(inside)).toMatchObject({ state: 'confirmed' });
});

test('a technician cannot be written, and that says why', async () => {
  const user = (await house.engine.records({ type: 'users' })).records[0]!;
  const proposal = { type: 'users', kind: 'update', recordId: user.id, fields: { fullName: 'Kim' } } as const;
  await expect(house.engine.propose(proposal)).rejects.toThrow(/Syncro's API reads users only/);
  const made = { integration: id, type: 'users', kind: 'create', fields: { fullName: 'Kim New' } } as const;
  await expect(house.engine.propose(made)).rejects.toThrow(/cannot be created/);
});
