/** The verbs around changes and links, as typed, on a real engine and a real simulator. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Run } from '../../src/cli/context.ts';
import { UsageError } from '../../src/cli/exit.ts';
import { run as configure } from '../../src/cli/verbs/configure.ts';
import { tickets, users } from '../../src/cli/verbs/edit.ts';
import { link, links, matches, merge, unlink } from '../../src/cli/verbs/linking.ts';
import { conflicts, outbox } from '../../src/cli/verbs/outbox.ts';
import { run as sync } from '../../src/cli/verbs/sync.ts';
import type { Change } from '../../src/portal/change.ts';
import type { StoredRecord } from '../../src/portal/query.ts';
import { HaloDesk } from '../engine/halo-desk.ts';
import { type House, openHouse } from '../engine/house.ts';
import { typed } from './typed.ts';

const verbs: Readonly<Record<string, Run>> = {
  tickets,
  users,
  outbox,
  conflicts,
  links,
  link,
  unlink,
  merge,
  matches,
  sync,
  configure,
};
const id = 'halo-psa';
let house: House;
let ticket: StoredRecord;

beforeEach(async () => {
  house = await openHouse(id, { scale: 40 });
  await house.engine.connect({ id, credentials: house.sim.credentials, enable: false });
  await house.engine.sync(id);
  house.clock.pass(3_600_000);
  const where = [
    { field: 'companyId', op: '!=', value: null },
    { field: 'isClosed', op: '=', value: false },
  ] as const;
  ticket = (await house.engine.records({ type: 'tickets', where, limit: 1 })).records[0]!;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house?.[Symbol.asyncDispose]();
});

const type = (...argv: string[]) => typed(house.engine, verbs[argv[0]!]!, argv);

test('edit by number, create and note: sent at once, and the answer says what came of it', async () => {
  const number = ticket.ticketNumber as string;
  const edited = await type('tickets', 'edit', number, '--set', 'status=With User', '--set', 'categoryName=', '--json');
  expect(edited).toMatchObject({
    code: 0,
    lines: [{ state: 'confirmed', fields: { status: 'With User', categoryName: null } }],
  });
  const company = `companyId=${ticket.companyId}`;
  const made = await type('tickets', 'create', '--integration', id, '--set', 'title=A=B', '--set', company);
  expect(made.stdout).toMatch(/^confirmed .*new in tickets: \d+ A=B \(halo-psa \d+\)\n$/);
  await type('tickets', 'note', number, '--text', 'Called back.');
  expect(await new HaloDesk(house.sim).notes(number)).toContain('Called back.');
});

test('what is read only is refused with the reason of the manifest, and nothing is sent', async () => {
  await expect(type('tickets', 'edit', ticket.id, '--set', 'description=x')).rejects.toThrow(/Add a note instead/);
  await expect(type('tickets', 'edit', ticket.id, '--set', 'companyName=x')).rejects.toThrow(
    /Change companyId instead/,
  );
  await expect(type('tickets', 'edit', ticket.id, '--set', 'title=')).rejects.toThrow(/title: .* cannot be emptied/);
  await expect(type('tickets', 'create', '--integration', id, '--set', 'title=x')).rejects.toThrow(/^companyId: /);
  await expect(type('users', 'edit', 'nobody@acme.example', '--set', 'title=x')).rejects.toThrow(/no user/);
  await expect(type('tickets', 'remove', ticket.id)).rejects.toThrow(/create, edit, note/);
  expect((await type('outbox', '--json', '--all')).stdout).toBe('');
});

test('many from a file: good lines are done, bad ones are named, and the same file twice does nothing twice', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'msportal-test-')), 'tickets.jsonl');
  const line = (of: object) => `${JSON.stringify(of)}\n`;
  const { companyId } = ticket;
  writeFileSync(
    file,
    line({ id: 'a', fields: { title: 'One', companyId } }) +
      line({ id: 'b', fields: { companyId } }) +
      line({ id: 'c', fields: { title: 'Two', companyId } }),
  );
  const first = await type('tickets', 'create', '--integration', id, '--from', file, '--json');
  expect(first.code).toBe(1);
  expect(first.lines).toMatchObject([
    { id: 'b', error: { code: 'invalid-input' } },
    { id: 'a', state: 'confirmed' },
    { id: 'c', state: 'confirmed' },
  ]);
  const total = house.sim.totals().tickets;
  const again = await type('tickets', 'create', '--integration', id, '--from', file, '--json');
  expect(again.lines).toMatchObject([{ id: 'b' }, { id: 'a', state: 'confirmed' }, { id: 'c', state: 'confirmed' }]);
  expect(house.sim.totals().tickets).toBe(total);
});

test('a conflict is shown with both sides and resolved; what waits can be withdrawn', async () => {
  const later = (await type('tickets', 'edit', ticket.id, '--set', 'title=Ours', '--later', '--json'))
    .lines[0] as Change;
  expect(later.state).toBe('waiting');
  await new HaloDesk(house.sim).edit(ticket.externalId as string, { summary: 'Theirs' });
  expect((await type('sync', id)).stdout).toMatch(/CONFLICTED/);
  const shown = (await type('conflicts')).stdout;
  for (const word of ['portal: Ours', 'vendor: Theirs', later.id]) expect(shown).toContain(word);
  await type('conflicts', 'resolve', later.id, '--take', 'portal');
  expect((await type('outbox')).stdout).toContain('waiting');
  const edited = await type('outbox', 'edit', later.id, '--set', 'status=With User', '--drop', 'title', '--json');
  expect(edited.lines).toMatchObject([{ id: later.id, state: 'waiting', fields: { status: 'With User' } }]);
  expect(edited.lines[0].fields).not.toHaveProperty('title');
  await expect(type('outbox', 'edit', later.id, '--drop', 'status')).rejects.toThrow(/nothing to change/);
  await expect(type('outbox', 'edit', later.id)).rejects.toThrow(UsageError);
  await type('outbox', 'withdraw', later.id);
  expect((await type('outbox', '--json')).stdout).toBe('');
});

test('a conflict about who does it names the people', async () => {
  const { records } = await house.engine.records({ type: 'users', integration: id });
  const [ours, theirs] = records.filter(({ externalId }) => externalId !== ticket.assigneeExternalId);
  await type('tickets', 'edit', ticket.id, '--set', `assigneeId=${ours!.id}`, '--later');
  await new HaloDesk(house.sim).edit(ticket.externalId as string, { agent_id: Number(theirs!.externalId) });
  await type('sync', id);
  const { stdout } = await type('conflicts');
  expect(stdout).toContain('Changed here and at the vendor: assignee.');
  expect(stdout).toContain(`portal: ${ours!.fullName} `);
  expect(stdout).toContain(`vendor: ${theirs!.fullName} `);
});

test('a dry run tells, and writes nothing', async () => {
  await house.control('create', { type: 'tickets', count: 2 });
  const before = await house.engine.countRecords({ type: 'tickets' });
  const { code, lines } = await type('sync', id, '--dry-run', '--json');
  expect({ code, created: lines[0].types.tickets.created }).toEqual({ code: 0, created: 2 });
  await type('tickets', 'edit', ticket.id, '--set', 'title=Ours', '--later');
  const told = (await type('sync', id, '--dry-run')).stdout;
  expect(told).toContain('Nothing was written');
  expect(told).toMatch(new RegExp(`would update .* update of tickets: .*\n  title: ${ticket.title} -> Ours\n`));
  const settings = ['--read-only', 'on', '--option', 'writeTechnicians=on', '--dry-run'];
  expect((await type('configure', id, ...settings)).stdout).toMatch(
    /waits .*\n {2}The integration is set to write nothing/,
  );
  expect((await type('configure', id, '--json')).lines).toMatchObject([{ readOnly: false }]);
  expect(await house.engine.countRecords({ type: 'tickets' })).toBe(before);
});

test('links: listed, undone, asked about, made again; two companies become one', async () => {
  const [first, second] = (await house.engine.records({ type: 'companies', limit: 2 })).records;
  expect((await type('links', '--json', '--limit', '1')).lines).toMatchObject([
    { links: { 'halo-psa': [first!.externalId] } },
  ]);
  await type('unlink', id, first!.externalId as string);
  expect((await type('matches')).stdout).toContain(first!.name);
  await house.engine.sync(id, { full: true });
  expect((await type('matches', '--json')).lines).toMatchObject([{ externalId: first!.externalId, hasRow: true }]);
  expect((await type('link', id, first!.externalId as string, second!.id)).stdout).toContain(`is ${second!.name} now`);
  expect((await type('matches', '--json')).stdout).toBe('');
  expect((await type('links', '--missing', '--json')).lines).toMatchObject([{ recordId: first!.id, links: {} }]);
  expect((await type('merge', second!.id, first!.id)).stdout).toContain(
    `${first!.name} is part of ${second!.name} now`,
  );
  expect((await type('links', '--missing', '--json')).stdout).toBe('');
});

test('configure says how it syncs and changes it; what does not fit is refused, and nothing is changed', async () => {
  const given = ['--interval', '5', '--conflicts', 'vendor', '--read-only', 'on', '--option', 'writeTechnicians=on'];
  const { lines } = await type('configure', id, ...given, '--json');
  const settled = { id, intervalMinutes: 5, conflicts: 'vendor', readOnly: true, blanksErase: false };
  expect(lines).toMatchObject([{ ...settled, options: { writeTechnicians: true } }]);
  expect((await type('configure', id, '--json')).lines).toMatchObject([settled]);
  await expect(type('tickets', 'edit', ticket.id, '--set', 'title=Nothing')).rejects.toThrow(/read only/);
  for (const wrong of [
    ['--conflicts', 'mine'],
    ['--interval', '7'],
    ['--read-only', 'maybe'],
    ['--option', 'x=1'],
  ]) {
    await expect(type('configure', id, ...wrong)).rejects.toThrow(UsageError);
  }
  await type('configure', id, '--read-only', 'off');
  expect((await type('configure', id)).stdout).toContain('conflicts: vendor   read-only: off');
});

test('a value is named on the command line: the others keep the names of the vendor, and all is taken back', async () => {
  const map = ['--map', 'tickets.status:new=Open', '--map', 'tickets.status:Closed=Done'];
  const { lines } = await type('configure', id, ...map, '--json');
  const { lists } = await house.engine.lookups(id);
  const named: Record<string, string> = { New: 'Open', Closed: 'Done' };
  const status = lists.statuses!.map(({ name }) => ({ vendor: name, portal: named[name] ?? name }));
  expect(lines).toMatchObject([{ mapping: { tickets: { status } } }]);
  expect((await type('configure', id)).stdout).toMatch(/tickets\.status: New = Open, .*Closed = Done/);
  const dry = await type('configure', id, '--unmap', 'tickets.status:New', '--dry-run', '--json');
  expect(dry.lines[0].types.tickets.held['unmapped-value']).toBeGreaterThan(0);
  expect((await type('configure', id, '--unmap', 'tickets.status', '--json')).lines).toMatchObject([
    { mapping: { tickets: {} } },
  ]);
  for (const wrong of ['tickets.status', 'tickets.status:New', 'tickets.status:=Open', 'tikets.status:New=Open']) {
    await expect(type('configure', id, '--map', wrong)).rejects.toThrow(UsageError);
  }
  await expect(type('configure', id, '--map', 'tickets.title:x=y')).rejects.toThrow(/It has lists for: status/);
});
