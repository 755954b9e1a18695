import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { Cancelled } from '../../src/connector/errors.ts';
import type { FieldValues } from '../../src/connector/writer.ts';
import { InvalidInput } from '../../src/engine/engine.ts';
import type { PreviewInput } from '../../src/engine/preview-commands.ts';
import type { StoredRecord } from '../../src/portal/query.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import { HaloDesk } from './halo-desk.ts';
import { type House, openHouse } from './house.ts';

const id = 'halo-psa';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const writes = async () => (await house.control<{ writes: number }>('stats')).writes;
const copies = () => readdirSync(dirname(house.paths.database)).filter((name) => name.startsWith('preview'));
/** Every row of every table, for people who do not believe it. */
function content(): string {
  const database = new DatabaseSync(house.paths.database, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const all = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
  database.close();
  return JSON.stringify(all);
}

test('before the first enable it says what would come, and nothing is kept', async () => {
  house = await openHouse(id, { scale: 120 });
  const before = content();
  const preview = await house.engine.preview({ id, credentials: house.sim.credentials });
  const created = Object.entries(preview.types).map(([type, of]) => [type, of?.created]);
  expect(Object.fromEntries(created)).toEqual(house.sim.totals());
  expect(preview).toMatchObject({ failure: null, outbox: [] });
  expect(preview.types.tickets?.examples.length).toBe(5);
  expect([content() === before, await writes()]).toEqual([true, 0]);
  expect(copies()).toEqual([]);
  expect(house.engine.getSnapshot().integrations.find((each) => each.id === id)).toMatchObject({ configured: false });
});

test('it says what a full sync would change, what is held and what waits to be sent, and sends nothing', async () => {
  house = await openHouse(id, { scale: 120 });
  await house.engine.connect({ id, credentials: house.sim.credentials, enable: false });
  await house.engine.sync(id);
  const [ticket] = (await house.engine.records({ type: 'tickets', limit: 1 })).records;
  await house.engine.propose({ type: 'tickets', kind: 'update', recordId: ticket!.id, fields: { title: 'Wanted' } });
  house.clock.pass(3_600_000);
  await house.control('change', { type: 'tickets', count: 3 });
  await house.control('create', { type: 'contacts', count: 2 });
  await house.control('delete', { type: 'tickets', count: 1 });
  const [before, sent] = [content(), await writes()];

  const preview = await house.engine.preview({ id });
  expect(preview.types.tickets).toMatchObject({ created: 0, gone: 1 });
  expect(preview.types.tickets?.updated).toBeGreaterThanOrEqual(2);
  expect(preview.types.contacts).toMatchObject({ created: 2, updated: 0 });
  expect(preview.outbox).toMatchObject([{ outcome: { kind: 'update', fields: { title: { ours: 'Wanted' } } } }]);
  const types = await house.engine.choices({ id }, 'ticketTypes');
  const narrow = await house.engine.preview({ id, options: { ticketTypes: [types[0]!.value] } });
  expect(narrow.types.tickets?.held['not-selected']).toBeGreaterThan(0);
  expect([content() === before, await writes()]).toEqual([true, sent]);

  const { types: done } = await house.engine.sync(id, { full: true });
  expect(done.contacts).toMatchObject({ created: 2 });
});

test('settings that are not stored: a table of values, blanks, the import; what configure refuses is refused', async () => {
  house = await openHouse(id, { scale: 120 });
  const { engine } = house;
  const { credentials } = house.sim;
  const later = await engine.preview({
    id,
    credentials,
    settings: { initialImport: false, types: ['companies', 'tickets'] },
  });
  expect(later.types.tickets).toMatchObject({ read: 0, created: 0 });
  expect(later.types.companies?.created).toBe(house.sim.totals().companies);
  await engine.connect({ id, credentials, enable: false });
  await engine.sync(id);
  const used = [...new Set((await all('tickets')).map(({ status }) => String(status)))];
  const unmapped = used.find((name) => name !== 'Closed');
  const [before, sent] = [content(), await writes()];

  const status = used
    .filter((name) => name !== unmapped)
    .map((vendor) => ({ vendor, portal: vendor === 'Closed' ? 'Done' : vendor }));
  const preview = await engine.preview({ id, settings: { mapping: { tickets: { status } } } });
  const without = (await all('tickets')).filter((ticket) => ticket.status === unmapped).length;
  expect(preview.types.tickets?.held).toEqual({ 'unmapped-value': without });
  expect(preview.types.tickets?.examples).toContainEqual(
    expect.objectContaining({ outcome: 'updated', values: { status: { before: 'Closed', after: 'Done' } } }),
  );
  for (const settings of [{ mapping: { tickets: { title: [] } } }, { types: [] }, { blanksErase: 'yes' as never }]) {
    await expect(engine.preview({ id, settings })).rejects.toThrow(InvalidInput);
  }
  await expect(engine.preview({ id, options: { writeTechnicians: 7 } })).rejects.toThrow(InvalidInput);
  expect([content() === before, await writes()]).toEqual([true, sent]);
});

const all = async (type: RecordType) => (await house.engine.records({ type, limit: 500 })).records;

test('the outbox: it says of each change what becomes of it, sends nothing, and a sync does just that', async () => {
  house = await openHouse(id, { scale: 200, strict: true });
  const { engine } = house;
  const credentials = { ...house.sim.credentials, scope: 'read:tickets edit:tickets read:customers all:teams' };
  await engine.connect({ id, credentials, options: { writeTechnicians: true }, enable: false });
  await engine.sync(id);
  house.clock.pass(3_600_000);
  const desk = new HaloDesk(house.sim);
  const [both, twice, done, gone, fine, other] = (await all('tickets')).filter(
    ({ companyId, isClosed }) => companyId && !isClosed,
  );
  const edit = async (record: StoredRecord | undefined, fields: FieldValues) =>
    (await engine.propose({ type: 'tickets', kind: 'update', recordId: record!.id, fields })).id;
  const changes = {
    both: await edit(both, { title: 'Ours', categoryName: null }),
    behind: await edit(both, { status: 'With User' }),
    first: await edit(twice, { title: 'First' }),
    second: await edit(twice, { title: 'Second' }),
    done: await edit(done, { title: 'Said already' }),
    gone: await edit(gone, { title: 'Too late' }),
    nameless: await edit(other, { status: 'Nowhere' }),
    fine: await edit(fine, { title: 'Fine' }),
    note: (await engine.propose({ type: 'tickets', kind: 'note', recordId: fine!.id, fields: { text: 'Hm.' } })).id,
    create: (
      await engine.propose({
        integration: id,
        type: 'tickets',
        kind: 'create',
        fields: { title: 'New', status: 'New', companyId: fine!.companyId as string },
      })
    ).id,
    user: (
      await engine.propose({
        type: 'users',
        kind: 'update',
        recordId: (await all('users'))[0]!.id,
        fields: { title: 'X' },
      })
    ).id,
  };
  await desk.edit(both!.externalId as string, { summary: 'Theirs' });
  await desk.edit(done!.externalId as string, { summary: 'Said already' });
  await desk.edit(fine!.externalId as string, { team: 'Field Engineering' });
  await house.control('delete', { type: 'tickets', ids: [gone!.externalId] });
  const [before, sent] = [content(), await writes()];
  const foresee = async (input: Partial<PreviewInput> = {}) => {
    const { outbox } = await engine.preview({ id, ...input });
    return Object.fromEntries(
      Object.entries(changes).map(([name, changeId]) => [
        name,
        outbox.find(({ change }) => change.id === changeId)!.outcome,
      ]),
    );
  };

  const asked = await foresee();
  expect(asked).toMatchObject({
    both: { kind: 'ask', conflicts: [{ field: 'title', ours: 'Ours', theirs: 'Theirs', winner: null }] },
    behind: { kind: 'wait' },
    first: { kind: 'update', fields: { title: { theirs: twice!.title, ours: 'First' } }, conflicts: [] },
    second: { kind: 'update', fields: { title: { theirs: 'First', ours: 'Second' } }, conflicts: [] },
    done: { kind: 'settle', conflicts: [] },
    gone: { kind: 'refuse', reason: 'The vendor no longer has this record.' },
    nameless: { kind: 'refuse', reason: 'The vendor has no status "Nowhere".' },
    fine: { kind: 'update', fields: { title: { theirs: fine!.title, ours: 'Fine' } } },
    note: { kind: 'note' },
    create: { kind: 'create' },
    user: { kind: 'update' },
  });
  const ours = await foresee({ settings: { conflicts: 'portal' } });
  expect(ours.both).toMatchObject({
    kind: 'update',
    fields: { title: { theirs: 'Theirs' } },
    conflicts: [{ winner: 'portal' }],
  });
  expect(ours.behind).toMatchObject({ kind: 'update' });
  const theirs = await foresee({ settings: { conflicts: 'vendor' } });
  expect(theirs.both).toMatchObject({ conflicts: [{ field: 'title', winner: 'vendor' }] });
  expect(await foresee({ options: { writeTechnicians: false } })).toMatchObject({ user: { kind: 'refuse' } });
  const status = [{ vendor: 'Closed', portal: 'Done' }];
  expect(await foresee({ settings: { mapping: { tickets: { status } } } })).toMatchObject({
    create: { kind: 'refuse', reason: 'The status "New" is not in the table of values. It has: Done.' },
  });
  const kinds = Object.values(await foresee({ settings: { readOnly: true } })).map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['wait']));
  expect([content() === before, await writes()]).toEqual([true, sent]);

  await engine.sync(id);
  const became = {
    update: 'confirmed',
    note: 'confirmed',
    create: 'confirmed',
    settle: 'confirmed',
    ask: 'conflicted',
    refuse: 'refused',
    wait: 'waiting',
  };
  for (const [name, { kind }] of Object.entries(asked)) {
    const [change] = await engine.changes({ id: changes[name as keyof typeof changes] });
    expect([name, change?.state]).toEqual([name, became[kind as keyof typeof became]]);
  }
  expect(await writes()).toBeGreaterThan(sent);
});

test.each(['halo-psa', 'connectwise-manage', 'autotask', 'syncro'])(
  '%s: nothing is written on either side',
  async (psa) => {
    house = await openHouse(psa, { scale: 60 });
    const { engine } = house;
    await engine.connect({ id: psa, credentials: house.sim.credentials, enable: false });
    await engine.sync(psa);
    house.clock.pass(3_600_000);
    const [first, ...rest] = (await all('tickets')).filter(({ companyId }) => companyId);
    const other = rest.find(({ status, boardName }) => status !== first!.status && boardName === first!.boardName);
    const about = { integration: psa, type: 'tickets', recordId: first!.id } as const;
    const wanted = [
      await engine.propose({ ...about, kind: 'update', fields: { title: 'Wanted', status: other!.status as string } }),
      await engine.propose({ ...about, kind: 'note', fields: { text: 'Called back.' } }),
    ];
    await house.control('change', { type: 'contacts', count: 2 });
    const [before, sent] = [content(), await writes()];
    const { outbox, types, failure } = await engine.preview({ id: psa });
    expect(failure).toBeNull();
    expect(types.contacts?.updated).toBeGreaterThan(0);
    expect(outbox.map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'update', fields: { title: { ours: 'Wanted' }, status: { theirs: first!.status } } },
      { kind: 'note' },
    ]);
    expect([content() === before, await writes()]).toEqual([true, sent]);
    await engine.sync(psa);
    for (const { id } of wanted) expect((await engine.changes({ id }))[0]).toMatchObject({ state: 'confirmed' });
    expect(await writes()).toBeGreaterThan(sent);
  },
);

test('it tells how far it is, and stops when it is told to, leaving nothing behind', async () => {
  house = await openHouse(id, { scale: 400 });
  const { credentials } = house.sim;
  const abort = new AbortController();
  let read = 0;
  const stopped = house.engine.preview(
    { id, credentials },
    ({ types }) => {
      read = types.contacts?.read ?? 0;
      if (read > 0) abort.abort();
    },
    abort.signal,
  );
  await expect(stopped).rejects.toThrow(Cancelled);
  expect(read).toBeGreaterThan(0);
  expect(copies()).toEqual([]);
  // What a kill has left is gone with the next start.
  mkdirSync(join(dirname(house.paths.database), 'preview-left'));
  await house.reopen();
  expect(copies()).toEqual([]);
});

test('a vendor that fails half-way is said so', async () => {
  house = await openHouse(id, { scale: 120, fault: 'missing-scope-tickets' });
  const preview = await house.engine.preview({ id, credentials: house.sim.credentials });
  expect(preview.failure).toMatchObject({ code: 'forbidden' });
  expect(preview.types.contacts?.created).toBe(house.sim.totals().contacts);
});
