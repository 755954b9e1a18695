/** The connector against its simulator, through the real engine on a real data folder. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { catalogue } from '../../../connectors/index.ts';
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';
import { connectedHouse, type House } from '../../engine/house.ts';

const id = 'bigger-brains';
let house: House;
let psa: RunningSimulator | null = null;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
  await psa?.close();
  psa = null;
});

/** The PSA of the same world, which has the contacts. */
async function withContacts(): Promise<void> {
  psa = (await (
    await catalogue.find((each) => each.id === 'halo-psa')?.simulator?.()
  )?.start({
    scale: 200,
    now: house.clock.now,
  }))!;
  const settings = { types: ['companies', 'contacts'] as const };
  await house.engine.connect({ id: 'halo-psa', credentials: psa.credentials, settings });
  await house.engine.sync('halo-psa');
}
const view = () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
const issues = async (reason: string) =>
  (await house.engine.issues({ integration: id })).filter((each) => each.reason === reason);
const records = async (type: 'learners' | 'enrollments' | 'completions' | 'courses') =>
  (await house.engine.records({ type, integration: id, limit: 500 })).records;
const stats = () => house.control<{ requests: number; byPath: Record<string, number> }>('stats');
async function sums(request = {}) {
  const { status, failure, types } = await house.engine.sync(id, request);
  const sum = (key: 'created' | 'updated' | 'gone' | 'held' | 'failed') =>
    Object.values(types).reduce((total, type) => total + type[key], 0);
  return { status, failure, created: sum('created'), updated: sum('updated'), gone: sum('gone'), held: sum('held') };
}

test.each(['csv', 'xapi', 'scormcloud', 'api'])(
  'from %s comes what is there, tied to the contacts of the PSA and their companies',
  async (variant) => {
    house = await connectedHouse(id, { variant });
    await withContacts();
    expect(await sums()).toMatchObject({ status: 'succeeded', held: 0 });
    expect(view().records).toEqual(house.sim.totals());
    for (const type of ['courses', 'learners', 'enrollments', 'completions'] as const) {
      const told = await house.control<{ externalId: string }[]>(`records/${type}`);
      expect((await records(type)).map((row) => row.externalId).sort()).toEqual(
        told.map((row) => row.externalId).sort(),
      );
    }
    for (const learner of await records('learners')) {
      const isContact = learner.email !== null;
      expect({ name: learner.fullName, company: learner.companyName !== null }).toEqual({
        name: expect.stringContaining(' '),
        company: isContact,
      });
    }
    const [enrollment] = (await records('enrollments')).filter((each) => each.learnerEmail !== null);
    expect(enrollment).toMatchObject({
      courseTitle: expect.any(String),
      learnerName: expect.any(String),
      companyId: expect.any(String),
      companyName: expect.any(String),
    });
    for (const completion of await records('completions')) {
      expect(completion.completedAt).toMatch(/Z$/);
      expect(completion.learnerId).not.toBeNull();
    }
    expect((await sums()).updated).toBe(0);
  },
);

test('without the contacts everything is read all the same, and tied when they come', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  const { contacts, ...own } = house.sim.totals();
  await sums();
  expect(view().records).toEqual(own);
  expect(await issues('reference-missing')).toHaveLength(contacts ?? 0);
  expect((await records('enrollments')).every(({ companyId }) => companyId === null)).toBe(true);

  const standing = await issues('reference-missing');
  house.clock.pass(60_000);
  expect(await sums()).toMatchObject({ held: contacts ?? 0 });
  expect(await issues('reference-missing')).toEqual(standing);

  await withContacts();
  await sums();
  expect(await issues('reference-missing')).toEqual([]);
  const tied = (await records('enrollments')).filter(({ learnerEmail }) => learnerEmail !== null);
  expect(tied.length).toBeGreaterThan(0);
  expect(tied.every(({ companyId, companyName }) => companyId !== null && companyName !== null)).toBe(true);
});

test('CSV: changed headings stop the reading and change nothing, until a person has looked', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  await sums();
  const before = view().records;
  await house.control('fault', { name: 'changed-headers' });
  const stopped = await sums();
  expect(stopped).toMatchObject({ status: 'failed', failure: { code: 'rejected' }, gone: 0, created: 0 });
  expect(stopped.failure?.cause).toMatch(/have changed: there is no column "email" any more.*"Contact"/);
  expect(view()).toMatchObject({ status: 'error', records: before });

  // Members are still found by their user names, which for most are their addresses; but that is for a person to see.
  const { checks } = await house.engine.test({ id });
  expect(checks.find((check) => check.id === 'members')?.detail).toMatch(
    /columns have changed.*username from "Username"/,
  );
  await house.engine.configure(id, { options: { columns: 'members.email = Contact; status = Outcome' } });
  expect(await sums()).toMatchObject({ status: 'succeeded', gone: 0, created: 0 });
  expect(view()).toMatchObject({ status: 'connected', records: before });
});

test.each(['half-written', 'empty-export', 'headings-only', 'missing-file', 'not-csv', 'bad-rows', 'day-first'])(
  'CSV: %s keeps what was read before, and mends by itself',
  async (fault) => {
    house = await connectedHouse(id, { variant: 'csv' });
    await sums();
    const before = view().records;
    await house.control('fault', { name: fault });
    await house.control('change', { type: 'enrollments', count: 3 });
    const broken = await sums({ full: true, acceptDeletions: true });
    expect(broken).toMatchObject({ status: 'failed', created: 0, updated: 0, gone: 0 });
    expect(broken.failure?.fix.length).toBeGreaterThan(10);
    expect(view().records).toEqual(before);
    await house.control('fault', { name: null });
    expect(await sums()).toMatchObject({ status: 'succeeded', created: 0, updated: 3, gone: 0 });
    expect(view().records).toEqual(before);
  },
);

test.each(['csv', 'xapi', 'scormcloud', 'api'])('%s: the smallest world has somebody who learns', async (variant) => {
  house = await connectedHouse(id, { variant, scale: 1 });
  expect((await house.engine.test({ id })).ok).toBe(true);
  expect(await sums()).toMatchObject({ status: 'succeeded' });
  expect((await records('completions')).length).toBeGreaterThan(0);
});

test('CSV: a quiet run reads nothing but whom it could tie to contacts; a new export is read at once', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  await withContacts();
  await sums();
  const { contacts, ...others } = (await house.engine.sync(id)).types;
  expect(contacts?.read).toBe(house.sim.totals().contacts);
  expect(Object.values(others).map(({ read }) => read)).toEqual([0, 0, 0, 0]);
  await house.control('change', { type: 'enrollments', count: 2 });
  expect(await sums()).toMatchObject({ updated: 2 });
});

test('CSV: other bytes and delimiters are the same records', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  await sums();
  for (const name of ['utf-16', 'semicolons']) {
    await house.control('fault', { name });
    expect(await sums()).toMatchObject({ status: 'succeeded', created: 0, updated: 0, gone: 0 });
  }
});

test('CSV: bad rows are listed, passwords never kept, a course taken twice is two enrollments', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  const folder = mkdtempSync(join(tmpdir(), 'msportal-test-'));
  const write = (name: string, lines: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    utimesSync(path, new Date('2026-07-01'), new Date('2026-07-01'));
    return path;
  };
  const people = Array.from({ length: 30 }, (_, i) => `p${i}@larkfield.example,tulip-${i},P ${i}`);
  const row = 'P1@larkfield.example,Time management,Completed,07/03/2026';
  const membersPath = write('members.csv', ['Email,Password,Name', ...people, ',tulip,Nobody']);
  const completionsPath = write('progress.csv', ['Email,Course,Status,Completed', row, row]);
  await house.engine.connect({ id, credentials: { mode: 'csv', membersPath, completionsPath } });
  expect(await sums()).toMatchObject({ status: 'succeeded' });
  rmSync(folder, { recursive: true });
  expect(await issues('no-email')).toMatchObject([{ label: 'members.csv, line 32' }]);
  expect((await records('enrollments')).map(({ externalId }) => externalId).sort()).toEqual([
    '|p1@larkfield.example|time-management',
    '|p1@larkfield.example|time-management|2',
  ]);
  expect(await records('completions')).toHaveLength(2);
  for (const file of [house.paths.state, house.paths.log, house.paths.database]) {
    expect(readFileSync(file).includes('tulip')).toBe(false);
  }
});

test('CSV: nothing in the exports is touched, and nothing is sent anywhere', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  const folder = house.sim.credentials.membersPath ?? '';
  const listing = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);
  const before = listing();
  const { requests } = await house.engine.sync(id);
  await house.engine.test({ id });
  expect(listing()).toEqual(before);
  expect(requests).toBe(0);
  expect((await stats()).requests).toBe(0);
});

test.each(['csv', 'api'])('%s: the completions of a member who was deleted stay', async (variant) => {
  house = await connectedHouse(id, { variant });
  await sums();
  const completions = await records('completions');
  await house.control('delete', { type: 'learners', count: 5 });
  house.clock.pass(20 * 60_000);
  expect(await sums({ full: true, acceptDeletions: true })).toMatchObject({ status: 'succeeded' });
  const left = house.sim.totals();
  expect((await records('learners')).length).toBe(left.learners);
  expect((await records('enrollments')).length).toBe(left.enrollments);
  expect(await records('completions')).toEqual(completions);
});

test('xAPI: one walk serves all types; later runs read what is new, and those whom it concerns', async () => {
  house = await connectedHouse(id, { variant: 'xapi', strict: true });
  await house.control('stats/reset', {});
  await sums();
  // The walk, where the store stood before it, and what came while it was read.
  const walk = Math.ceil(((house.sim.totals().enrollments ?? 0) * 3) / 60);
  expect((await stats()).requests).toBeLessThanOrEqual(walk + 3);

  house.clock.pass(3_600_000);
  await house.control('stats/reset', {});
  await sums();
  expect((await stats()).requests).toBe(1);

  await house.control('change', { type: 'enrollments', count: 3 });
  await house.control('stats/reset', {});
  expect(await sums()).toMatchObject({ updated: 3, created: 0, gone: 0 });
  expect((await stats()).requests).toBeLessThanOrEqual(4);
  // Within the overlap, but known.
  await house.control('stats/reset', {});
  expect(await sums()).toMatchObject({ updated: 0, created: 0 });
  expect((await stats()).requests).toBe(1);
});

test('xAPI: what is voided is undone at the next run', async () => {
  house = await connectedHouse(id, { variant: 'xapi' });
  await sums();
  house.clock.pass(600_000);
  const { deleted = [] } = await house.control<{ deleted?: string[] }>('delete', { type: 'enrollments', count: 1 });
  expect(await sums()).toMatchObject({ status: 'succeeded', gone: 1 });
  expect((await records('enrollments')).map(({ externalId }) => externalId)).not.toContain(deleted[0]);
});

test('xAPI: a next page on another host is not asked for', async () => {
  house = await connectedHouse(id, { variant: 'xapi', fault: 'foreign-more', scale: 600 });
  const { failure } = await sums();
  expect(failure).toMatchObject({ code: 'untrusted-host' });
  expect(failure?.cause).toContain('elsewhere.example');
});

test('SCORM Cloud: a quiet run asks once per type, and progress of old registrations is seen', async () => {
  house = await connectedHouse(id, { variant: 'scormcloud', strict: true });
  await sums();
  house.clock.pass(3_600_000);
  await house.control('stats/reset', {});
  expect(await sums()).toMatchObject({ created: 0, updated: 0 });
  expect((await stats()).requests).toBe(5);
  await house.control('change', { type: 'enrollments', count: 4 });
  await house.control('create', { type: 'completions', count: 2 });
  expect(await sums()).toMatchObject({ created: 2, updated: 6 });
});

test('another source is another beginning: nothing is taken for deleted unasked', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  await sums();
  const other = await (await catalogue.find((each) => each.id === id)?.simulator?.())?.start({
    variant: 'api',
    scale: 200,
    now: house.clock.now,
  });
  try {
    await house.engine.connect({ id, credentials: other?.credentials ?? {} });
    await sums();
    expect((await issues('deletion-guard')).map(({ type }) => type)).toContain('enrollments');
  } finally {
    await other?.close();
  }
});
