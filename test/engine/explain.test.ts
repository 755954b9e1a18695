import { afterEach, expect, test } from 'vitest';
import type { Story, Topic } from '../../src/engine/explain/story.ts';
import { connectedHouse, type House } from './house.ts';

const id = 'halo-psa';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const why = (record: string) => house.engine.explain({ type: 'tickets', record });
const told = (story: Story, topic: Topic) => story.lines.filter((line) => line.topic === topic).map(({ text }) => text);

test('a ticket that is here: seen when, mapped how, last written by whom, in which run', async () => {
  house = await connectedHouse(id);
  const first = await house.engine.sync(id);
  const [record] = (await house.engine.records({ type: 'tickets', limit: 1 })).records;
  const number = String(record?.ticketNumber);
  const before = await why(number);
  expect(before).toMatchObject({ outcome: 'here', records: [{ id: record?.id }] });
  expect(told(before, 'run')).toEqual([`First seen then, in the initial run ${first.runId}.`]);
  expect(told(before, 'mapping')[0]).toContain(`Number: ${number}`);
  expect(told(before, 'mapping').join()).toMatch(/Its company is the vendor's \d+, [\w-]+ here/);
  expect(told(before, 'written')).toEqual([]);

  house.clock.pass(20 * 60_000);
  const all = (await house.control<{ changed: string[] }>('change', { type: 'tickets', count: 1 })).changed;
  const second = await house.engine.sync(id);
  const after = await why(all[0]!);
  expect(told(after, 'written')[0]).toMatch(
    new RegExp(`Last updated by the sync of halo-psa at .* \\(manual run ${second.runId}\\): `),
  );
  expect(told(after, 'written')[0]).toMatch(/ from ".*" to "/);
  expect(after.answer).toContain(told(after, 'written')[0]);

  house.clock.pass(20 * 60_000);
  await house.control('delete', { type: 'tickets', count: 1 });
  await house.engine.sync(id, { full: true });
  const { records } = await house.engine.records({ type: 'tickets', includeGone: true, limit: 500 });
  const here = new Set((await house.engine.records({ type: 'tickets', limit: 500 })).records.map((each) => each.id));
  const gone = records.find((each) => !here.has(each.id));
  expect(await why(String(gone?.ticketNumber))).toMatchObject({ outcome: 'gone' });
});

test('one that is held back says why, by its id and by its number', async () => {
  house = await connectedHouse(id);
  await house.engine.configure(id, { types: ['companies', 'tickets'] });
  const { options } = await house.engine.manifest(id);
  const chosen = options.find(
    (field) => field.kind === 'choices' && field.choices === 'vendor' && /type/i.test(field.key),
  )!;
  const [first] = await house.engine.choices({ id }, chosen.key);
  await house.engine.configure(id, { options: { [chosen.key]: [first!.value] } });
  await house.engine.sync(id);
  const [issue] = await house.engine.issues({ type: 'tickets', reason: 'not-selected', limit: 1 });
  const number = issue!.label.split(' ')[0]!;
  for (const name of [issue!.externalId!, number, issue!.label]) {
    expect(await why(name)).toMatchObject({ outcome: 'held', answer: expect.stringContaining(issue!.detail) });
  }
  expect((await why(number)).fix).toContain('which tickets are synced');
});

test('one that is not here: what would hold it back, from the settings to the last complete read', async () => {
  house = await connectedHouse(id);
  expect(await why('99999')).toMatchObject({
    outcome: 'missing',
    answer: expect.stringContaining('no run has read tickets'),
  });
  await house.engine.sync(id);
  const complete = await why('99999');
  expect(complete.answer).toMatch(
    /There is no ticket 99999 here: the last complete read of tickets of Halo PSA, ended 20.* did not list it/,
  );
  expect(complete.fix).toContain('--full');
  await house.engine.configure(id, { types: ['companies'] });
  expect((await why('99999')).answer).toContain('not among the record types that are synced');
  await house.engine.configure(id, { types: ['tickets'] });
  expect((await why('99999')).answer).toContain('companies of Halo PSA are not synced');
  await house.engine.configure(id, { types: ['companies', 'tickets'] });
  await house.engine.disable(id);
  expect(await why('99999')).toMatchObject({ fix: 'msportal enable halo-psa' });
  await house.engine.disconnect(id);
  expect((await why('99999')).answer).toContain('no connected integration has ticket records');
  expect((await house.engine.explain({ type: 'tickets', record: '1', integration: id })).answer).toContain(
    'is not connected',
  );
});
