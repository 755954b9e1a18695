/** The verb around sync issues, as typed, on a real engine and a real simulator. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exitCodes, UsageError } from '../../src/cli/exit.ts';
import { issues } from '../../src/cli/verbs/issues.ts';
import { type House, openHouse } from '../engine/house.ts';
import { typed } from './typed.ts';

const id = 'halo-psa';
const scope = ['--integration', id, '--type', 'tickets', '--reason', 'company-not-imported'];
let house: House;

beforeEach(async () => {
  house = await openHouse(id, { scale: 40 });
  const settings = { types: ['tickets'] as const };
  await house.engine.connect({ id, credentials: house.sim.credentials, settings, enable: false });
  await house.engine.sync(id);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house?.[Symbol.asyncDispose]();
});

const type = (...argv: string[]) => typed(house.engine, issues, ['issues', ...argv]);
const json = async (...argv: string[]) => (await type(...argv, '--json')).lines;

test('grouped by reason with what to do; one by one with --all', async () => {
  const [group] = await json();
  const all = await json('--all', ...scope);
  expect(group).toMatchObject({ integration: id, type: 'tickets', reason: 'company-not-imported', count: all.length });
  expect(group.todo).toContain('Sync companies as well');
  expect(group.examples).toHaveLength(3);
  expect(all.map((issue) => issue.reason)).toEqual(all.map(() => 'company-not-imported'));
  const { stdout } = await type();
  expect(stdout).toMatch(
    new RegExp(`^${id}  ${all.length} tickets: company missing \\(company-not-imported\\), since`),
  );
  expect(await json('list', String(all[0].id))).toEqual([all[0]]);
});

test('dismissed and restored, by id and by filter', async () => {
  const all = await json('--all', ...scope);
  expect(await json('dismiss', String(all[0].id))).toEqual([{ ids: [all[0].id] }]);
  const [{ ids }] = await json('dismiss', ...scope);
  expect(ids).toHaveLength(all.length - 1);
  expect(await json(...scope)).toEqual([]);
  expect(await json('--dismissed', '--all', ...scope)).toHaveLength(all.length);
  expect((await type('restore', ...scope)).stdout).toBe(`${all.length} issues restored.\n`);
  expect(await json('--all', ...scope)).toEqual(all);
});

test('a retry says what came of it, and fails when the vendor cannot be asked', async () => {
  await house.engine.configure(id, { types: ['companies', 'tickets'] });
  await house.control('fault', { name: 'server-error' });
  const failed = await type('retry', ...scope);
  expect(failed.code).toBe(exitCodes.failed);
  expect(failed.stdout).toMatch(/still stand\. The sync failed: /);
  await house.control('fault', { name: null });
  const { code, stdout } = await type('retry', ...scope);
  expect([code, stdout]).toEqual([
    exitCodes.done,
    expect.stringMatching(/^\d+ issues tried again: all are settled\.\n$/),
  ]);
  expect(await json(...scope)).toEqual([]);
});

test('what is mistyped is refused with what would fit, and nothing is done to all issues by mistake', async () => {
  await expect(type('retry')).rejects.toThrow(UsageError);
  await expect(type('drop')).rejects.toThrow('list, retry, dismiss, restore');
  await expect(type('--reason', 'company-not-importd')).rejects.toThrow('company-not-imported');
  await expect(type('dismiss', 'abc')).rejects.toThrow('no id of an issue');
});
