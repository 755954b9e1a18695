/** Every row of the failure table, for each source: which check tells it, with which cause and fix. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';

const id = 'bigger-brains';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

interface Row {
  readonly variant: 'csv' | 'xapi' | 'scormcloud' | 'api';
  readonly fault: string | null;
  readonly credentials?: Record<string, string>;
  readonly check: string;
  readonly status: 'failed' | 'untested';
  readonly cause: RegExp;
  readonly fix: RegExp;
}
const csv = (fault: string | null, check: string, cause: RegExp, fix: RegExp, more: Partial<Row> = {}): Row => ({
  ...{ variant: 'csv', fault, check, status: 'failed', cause, fix },
  ...more,
});
const service = (
  variant: Row['variant'],
  fault: string | null,
  check: string,
  cause: RegExp,
  fix: RegExp,
  more: Partial<Row> = {},
): Row => ({
  ...{ variant, fault, check, status: 'failed', cause, fix },
  ...more,
});

const rows: Row[] = [
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
  csv(
    null,
    'members',
    /no column that is known to hold the email or username.*"Code", "Title"/,
    /members\.email = the heading/,
    {
      credentials: { membersPath: 'COURSES' },
    },
  ),
  service(
    'xapi',
    'bad-key',
    'statements',
    /does not accept this key and secret, or they were revoked/,
    /Make a new key/,
  ),
  service('xapi', 'no-permission', 'statements', /may not read statements/, /right to read/),
  service('xapi', 'wrong-path', 'statements', /neither \/about nor \/statements/, /\/data\/xAPI/),
  service('xapi', 'web-page', 'about', /web page where JSON belongs/, /address is the one of the API/),
  service('xapi', 'version-refused', 'statements', /another version of the standard/, /use version 2\.0\.0/),
  service('xapi', null, 'about', /127\.0\.0\.1/, /./, { credentials: { endpoint: 'http://127.0.0.1:9/xapi' } }),
  service('xapi', 'server-error', 'statements', /failed while answering/, /tried again/),
  service('scormcloud', 'bad-key', 'ping', /does not accept this Application ID and secret/, /Copy both again/),
  service('scormcloud', 'no-permission', 'ping', /may not read this/, /plan of the account/),
  service('scormcloud', 'wrong-path', 'ping', /nothing at this address/, /Clear the SCORM Cloud address/),
  service('scormcloud', 'no-courses', 'courses', /no courses/, /Choose the application/),
  service('api', 'bad-key', 'courses', /does not accept this key/, /new key/),
  service('api', 'wrong-path', 'courses', /nothing at this address/, /base URL/),
  service('api', null, 'experiment', /publishes no API/, /compare the first records by hand/, { status: 'untested' }),
];

test.each(rows)(
  '$variant, $fault $credentials: $check is $status',
  async ({ variant, fault, credentials = {}, check, status, cause, fix }) => {
    house = await connectedHouse(id, { variant });
    if (fault !== null) await house.control('fault', { name: fault });
    // A list of courses is no list of members.
    const given =
      credentials.membersPath === 'COURSES' ? { membersPath: house.sim.credentials.coursesPath ?? '' } : credentials;
    const result = await house.engine.test({ id, credentials: { ...house.sim.credentials, ...given } });
    const told = result.checks.find((each) => each.id === check);
    expect(told).toMatchObject({ status });
    expect(told?.cause).toMatch(cause);
    expect(told?.fix).toMatch(fix);
    expect(result.ok).toBe(status !== 'failed');
    for (const { key } of (await house.engine.manifest(id)).credentials.filter(({ secret }) => secret)) {
      const secret = house.sim.credentials[key];
      if (secret !== undefined) expect(JSON.stringify(result)).not.toContain(secret);
    }
  },
);

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
