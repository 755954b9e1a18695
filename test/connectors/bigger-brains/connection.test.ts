/** Every row of the failure table, for each source: which check tells it, with which cause and fix. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';
import { expectFailure, type FailureRow } from '../failure-table.ts';

const id = 'bigger-brains';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const rowOf =
  (variant: string) =>
  (fault: string | null, check: string, cause: RegExp, fix: RegExp, more: Partial<FailureRow> = {}) => ({
    ...{ variant, fault, check, cause, fix },
    ...more,
  });
const csv = rowOf('csv');
const xapi = rowOf('xapi');
const scormCloud = rowOf('scormcloud');
const api = rowOf('api');

const rows = [
  csv('missing-file', 'members', /There is no .*members/, /Choose the file or folder again/),
  csv(null, 'progress', /There is no \/nowhere/, /Choose/, {
    credentials: { completionsPath: '/nowhere/progress.csv' },
  }),
  csv(
    'empty-export',
    'members',
    /is empty: the export of a team without members, or one that was cut off/,
    /Export it again/,
  ),
  csv('headings-only', 'members', /a row of headings and nothing below/, /Export again/),
  csv('not-csv', 'members', /spreadsheet or an archive/, /Save it as CSV/),
  csv('half-written', 'members', /ends in the middle of a row/, /Export it again/),
  csv('day-first', 'members', /is no date with the month first/, /option "CSV dates"/),
  csv('stale-export', 'age', /nobody has exported it for 30 days/, /Export again/, { status: 'untested' }),
  xapi('bad-key', 'statements', /does not accept this key and secret, or they were revoked/, /Make a new key/),
  xapi('no-permission', 'statements', /may not read statements/, /right to read/),
  xapi('wrong-path', 'statements', /neither \/about nor \/statements/, /\/data\/xAPI/),
  xapi('web-page', 'about', /web page where JSON belongs/, /address is the one of the API/),
  xapi('version-refused', 'statements', /another version of the standard/, /use version 2\.0\.0/),
  xapi(null, 'about', /127\.0\.0\.1/, /./, { credentials: { endpoint: 'http://127.0.0.1:9/xapi' } }),
  xapi('server-error', 'statements', /failed while answering/, /tried again/),
  scormCloud('bad-key', 'ping', /does not accept this Application ID and secret/, /Copy both again/),
  scormCloud('no-permission', 'ping', /may not read this/, /plan of the account/),
  scormCloud('wrong-path', 'ping', /nothing at this address/, /Clear the SCORM Cloud address/),
  scormCloud('no-courses', 'courses', /no courses/, /Choose the application/),
  api('bad-key', 'courses', /does not accept this key/, /new key/),
  api('wrong-path', 'courses', /nothing at this address/, /base URL/),
  api(null, 'experiment', /publishes no API/, /compare the first records by hand/, { status: 'untested' }),
];

test.each(rows)('$variant, $fault $credentials: $check', async (row) => {
  house = await connectedHouse(id, { variant: row.variant });
  if (row.fault !== null) await house.control('fault', { name: row.fault });
  await expectFailure(house, row);
});

test('a list of courses is no list of members', async () => {
  house = await connectedHouse(id, { variant: 'csv' });
  const { coursesPath = '' } = house.sim.credentials;
  await expectFailure(house, {
    fault: null,
    credentials: { membersPath: coursesPath },
    check: 'members',
    cause: /no column that is known to hold the email or username.*"Code", "Title"/,
    fix: /members\.email = the heading/,
  });
});

test.each(['windows-1252', 'utf-16', 'semicolons'])(
  'an export in %s just works, and the test says how it was read',
  async (fault) => {
    house = await connectedHouse(id, { variant: 'csv', fault });
    const { ok, checks } = await house.engine.test({ id });
    expect(ok).toBe(true);
    const detail = checks.find((check) => check.id === 'members')?.detail ?? '';
    expect(detail).toContain({ 'windows-1252': 'windows-1252', 'utf-16': 'utf-16le', semicolons: 'utf-8' }[fault]);
    expect(detail).toContain('email from "Email"');
    expect(detail).toMatch(/for example: \S.* \S…@\S+\.example; /);
  },
);

test('a store of the 2.0 standard is read once its version is chosen, as the test suggests', async () => {
  house = await connectedHouse(id, { variant: 'xapi', fault: 'version-refused' });
  const { checks } = await house.engine.test({ id });
  const suggest = checks.find((check) => check.id === 'statements')?.suggest;
  expect(suggest).toEqual({ field: 'xapiVersion', value: '2.0.0' });
  const credentials = { ...house.sim.credentials, xapiVersion: '2.0.0' };
  expect(await house.engine.test({ id, credentials })).toMatchObject({ ok: true });
});

test('throttling in mid-test is waited for', async () => {
  house = await connectedHouse(id, { variant: 'scormcloud', fault: 'rate-limit' });
  expect((await house.engine.test({ id })).ok).toBe(true);
  expect(house.clock.slept).toBeGreaterThan(900);
});

test.each([
  ['membersPath', 'members.csv', 'whole path'],
  ['membersPath', 'https://help.example/members.csv', 'whole path'],
  ['endpoint', 'http://lrs.example/xapi', 'Enter an address such as'],
  ['endpoint', 'https://key:secret@lrs.example/xapi', 'Enter an address such as'],
  ['endpoint', 'https://lrs.example/xapi?x=1', 'Enter an address such as'],
  ['lrsKey', 'fake:key', 'no colon'],
])('%s "%s" is refused', async (field, value, words) => {
  house = await connectedHouse(id, { variant: field === 'membersPath' ? 'csv' : 'xapi' });
  const credentials = { ...house.sim.credentials, [field]: value };
  await expect(house.engine.connect({ id, credentials })).rejects.toMatchObject({
    problems: [{ path: field, message: expect.stringContaining(words) }],
  });
});

test('what is pasted too much at the end of an endpoint is taken off', async () => {
  house = await connectedHouse(id, { variant: 'xapi' });
  const credentials = { ...house.sim.credentials, endpoint: `${house.sim.credentials.endpoint}/statements/` };
  expect(await house.engine.test({ id, credentials })).toMatchObject({ ok: true });
});
