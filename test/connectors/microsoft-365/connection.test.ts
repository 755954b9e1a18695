/** Every row of Microsoft's failure tables, shown by the simulator, must end in a check that names the cause and the fix. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { certificate, privateKey } from '../../../connectors/microsoft-365/simulator/certificate.ts';
import { type House, openHouse } from '../../engine/house.ts';
import { expectFailure, type FailureRow } from '../failure-table.ts';

const id = 'microsoft-365';
let house: House;
beforeAll(async () => {
  house = await openHouse(id, { strict: true });
});
afterEach(() => house.control('fault', { name: null }));
afterAll(() => house[Symbol.asyncDispose]());

const tenants = () => house.sim.credentials.tenants?.split(', ') ?? [];
const client = () => `tenant:${tenants()[1]}`;

const otherKey = { signInWith: 'certificate', certificate, privateKey };

/** `client`: the check of the first client tenant. */
const rows: FailureRow[] = [
  {
    fault: 'bad-secret',
    check: 'sign-in',
    cause: /does not accept the client secret.*ID of the secret/,
    fix: /Copy the Value/,
  },
  {
    fault: null,
    credentials: { clientSecret: 'FAKE~another' },
    check: 'sign-in',
    cause: /does not accept/,
    fix: /Copy the Value/,
  },
  { fault: 'secret-expired', check: 'sign-in', cause: /expired/, fix: /Make a new one/ },
  { fault: 'wrong-scope', check: 'sign-in', cause: /defect of this program, or the cloud/, fix: /Check the cloud/ },
  {
    fault: 'certificate-unknown',
    credentials: otherKey,
    check: 'sign-in',
    cause: /does not know this certificate/,
    fix: /Upload the certificate/,
  },
  {
    fault: null,
    credentials: { clientId: '99999999-bbbb-4ccc-8ddd-eeeeeeeeeeee' },
    check: 'sign-in',
    cause: /not known in this tenant/,
    fix: /Check both ids.*adminconsent\?client_id=99999999/,
  },
  {
    fault: null,
    credentials: { tenants: '00000000-0000-4000-8000-000000000000' },
    check: 'sign-in',
    cause: /finds no such tenant/,
    fix: /tenant and the cloud/,
  },
  {
    fault: null,
    credentials: { tenants: 'nowhere.example' },
    check: 'sign-in',
    cause: /finds no such tenant/,
    fix: /Check/,
  },
  { fault: 'no-consent', check: 'client', cause: /nobody has consented/, fix: /adminconsent\?client_id=aaaaaaaa-/ },
  { fault: 'no-service-principal', check: 'client', cause: /not been let into/, fix: /opens http.*adminconsent/ },
  { fault: 'partner-not-authorised', check: 'client', cause: /not authorised/, fix: /adminconsent/ },
  { fault: 'tenant-not-found', check: 'client', cause: /finds no such tenant/, fix: /off the list/ },
  { fault: 'tenant-deleted', check: 'client', cause: /deleted or is out of service/, fix: /off the list/ },
  { fault: 'other-cloud', check: 'client', cause: /another national cloud/, fix: /Choose its cloud/ },
  { fault: 'app-disabled', check: 'client', cause: /disabled/, fix: /Enterprise applications/ },
  { fault: 'conditional-access', check: 'client', cause: /Conditional Access/, fix: /address/ },
  {
    fault: 'unknown-code',
    check: 'client',
    cause: /AADSTS999999991: Something that nobody has seen before happened\.$/,
    fix: /Look the code up/,
  },
  {
    fault: 'no-permissions',
    check: 'secureScores',
    cause: /may not read Secure Score/,
    fix: /SecurityEvents\.Read\.All/,
  },
  {
    fault: 'missing-security',
    check: 'secureScores',
    cause: /may not read Secure Score/,
    fix: /SecurityEvents\.Read\.All \(not a delegated one\)/,
  },
  { fault: 'missing-security-blank', check: 'scoreControls', cause: /may not read Secure Score/, fix: /adminconsent/ },
  {
    fault: 'missing-security-one',
    check: 'secureScores',
    cause: /may not read Secure Score in this tenant\. \([^,]+\)$/,
    fix: /SecurityEvents/,
  },
  { fault: 'missing-organization', check: 'tenants', cause: /may not read the tenant/, fix: /Organization\.Read\.All/ },
  { fault: 'missing-domains', check: 'tenants', cause: /may not read domains/, fix: /Domain\.Read\.All/ },
  { fault: 'missing-users', check: 'tenants', cause: /may not read users/, fix: /User\.Read\.All/ },
  { fault: 'missing-licenses', check: 'licenses', cause: /may not read licenses/, fix: /Organization\.Read\.All/ },
  {
    fault: 'not-a-partner',
    check: 'delegatedAdmins',
    status: 'untested',
    cause: /no partner tenant, or the permission/,
    fix: /DelegatedAdminRelationship\.Read\.All/,
  },
  { fault: 'invalid-token', check: 'client', cause: /does not accept the token/, fix: /cloud/ },
  { fault: 'blocked-address', check: 'sign-in', cause: /firewall or proxy/, fix: /address is allowed/ },
  { fault: 'maintenance', check: 'sign-in', cause: /gateway/i, fix: /tried again/ },
  { fault: 'server-error', check: 'client', cause: /failed while answering/, fix: /status page/ },
  { fault: null, credentials: { simulator: 'http://127.0.0.1:9' }, check: 'sign-in', cause: /127\.0\.0\.1/, fix: /./ },
  {
    fault: null,
    credentials: { secretEnds: '2020-01-31' },
    check: 'secret',
    cause: /ended on 2020-01-31/,
    fix: /new one/,
  },
];

test.each(rows)('$fault $credentials: $check', async (row) => {
  const { fault, check } = row;
  await house.control('fault', { name: fault });
  const { checks } = await expectFailure(house, { ...row, check: check === 'client' ? client() : check });
  // A failure in one tenant must not look like one of the others.
  if (check === 'client' && fault !== 'invalid-token' && fault !== 'server-error') {
    expect(checks.filter((each) => each.status === 'failed').map((each) => each.id)).toEqual([client()]);
  }
});

test('what is waited for or is no failure at all', async () => {
  for (const fault of [
    'token-throttled',
    'rate-limit',
    'batch-throttled',
    'not-applicable',
    'no-score',
    'provider-warning',
  ]) {
    await house.control('fault', { name: fault });
    const { ok, checks } = await house.engine.test({ id, credentials: house.sim.credentials });
    expect(ok, fault).toBe(true);
    if (fault === 'no-score')
      expect(checks.find((each) => each.id === client())?.detail).toContain('no Secure Score yet');
  }
});

test('a certificate signs in, and its end is known; a secret of which it is known too', async () => {
  const { clientSecret: _, ...others } = house.sim.credentials;
  const signed = await house.engine.test({
    id,
    credentials: { ...others, signInWith: 'certificate', certificate, privateKey },
  });
  expect(signed.ok).toBe(true);
  expect(signed.checks.find((check) => check.id === 'secret')?.detail).toMatch(/^Until \d{4}-/);

  const soon = new Date(house.clock.now() + 10.5 * 86_400_000).toISOString().slice(0, 10);
  const warned = await house.engine.test({ id, credentials: { ...house.sim.credentials, secretEnds: soon } });
  expect(warned.ok).toBe(true);
  expect(warned.checks.find((check) => check.id === 'secret')?.cause).toMatch(/in (9|10) days/);
});

test('the test makes few requests per tenant, and a domain does in place of an ID', async () => {
  await house.control('stats/reset', {});
  const named = { ...house.sim.credentials, tenants: 'acme.example' };
  expect(await house.engine.test({ id, credentials: named })).toMatchObject({ ok: true });
  const { requests } = await house.control<{ requests: number }>('stats');
  // Two sign-ins (the first check and the tenant's own), one batch of questions, one for the relationships.
  expect(requests).toBe(4);
});

test('a permission that was granted a moment ago counts in the next test, although the token lives on', async () => {
  await house.control('fault', { name: 'no-permissions' });
  const { credentials } = house.sim;
  expect(await house.engine.test({ id, credentials })).toMatchObject({ ok: false });
  await house.control('fault', { name: null });
  expect(await house.engine.test({ id, credentials })).toMatchObject({ ok: true });
});
