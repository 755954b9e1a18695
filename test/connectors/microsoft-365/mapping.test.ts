import { describe, expect, test } from 'vitest';
import * as relationships from '../../../connectors/microsoft-365/mapping/delegated-admins.ts';
import * as licenses from '../../../connectors/microsoft-365/mapping/licenses.ts';
import * as scores from '../../../connectors/microsoft-365/mapping/scores.ts';
import * as tenants from '../../../connectors/microsoft-365/mapping/tenants.ts';

const tenant = '11111111-2222-3333-4444-555555555555';
const fields = (item: { kind: string } | null | undefined): Record<string, unknown> =>
  (item as { record?: Record<string, unknown> })?.record ?? {};

describe('Secure Score', () => {
  const score = (change: object) =>
    scores.scoreRow.parse({ id: `${tenant}_2026-08-02`, createdDateTime: '2026-08-02T00:00:00Z', ...change });

  test.each([
    [143.25, 311, 46.06],
    [10, 0, 0],
    [10, null, 0],
    [null, 311, null],
    ['12.5', '50', 25],
  ])('%s of %s is %s percent', (currentScore, maxScore, percentage) => {
    expect(fields(scores.toSecureScore(score({ currentScore, maxScore }), null, tenant))).toMatchObject({ percentage });
  });

  test('history is oldest first, a day once, without days that have no score; untold when only the newest was read', () => {
    const days = [
      score({ createdDateTime: '2026-08-02T00:00:00.0000000Z', currentScore: 3, maxScore: 9 }),
      score({ createdDateTime: '2026-08-01T00:00:00Z', currentScore: 2, maxScore: 9 }),
      score({ createdDateTime: '2026-08-01T00:00:00Z', currentScore: 2, maxScore: 9 }),
      score({ createdDateTime: '2026-07-31T00:00:00Z', currentScore: null, maxScore: 9 }),
      score({ createdDateTime: null, currentScore: 1, maxScore: 9 }),
    ];
    const history = [
      { date: '2026-08-01', score: 2, maxScore: 9 },
      { date: '2026-08-02', score: 3, maxScore: 9 },
    ];
    expect(fields(scores.toSecureScore(days[0]!, days, tenant))).toMatchObject({ history });
    expect(fields(scores.toSecureScore(days[0]!, null, tenant))).not.toHaveProperty('history');
  });

  test('everything may be missing', () => {
    expect(fields(scores.toSecureScore(scores.scoreRow.parse({ id: 'x' }), [], tenant))).toMatchObject({
      currentScore: null,
      percentage: null,
      scoreDate: null,
      comparisons: [],
      history: [],
    });
  });

  test('controls: joined by name, in one list or both, once; gain only where it is known', () => {
    const controlScores = [
      {
        controlName: 'MFARegistrationV2',
        controlCategory: 'Identity',
        score: '7.5',
        implementationStatus: '<p>35 of 42 users &amp; more.</p>',
        scoreInPercentage: '83.3',
        unheardOf: 1,
      },
      { controlName: 'MFARegistrationV2', score: 1 },
      { controlName: 'scid_2010', controlCategory: 'Device', score: 0 },
      { controlName: 'Over', score: 12 },
      { controlName: null, score: 4 },
    ];
    const profiles = [
      {
        id: 'MFARegistrationV2',
        title: 'Second factor',
        maxScore: 9,
        deprecated: false,
        remediation: '<p>Open.</p><ul><li>First</li><li>Then</li></ul>',
        controlStateUpdates: [{ state: 'Default' }, { state: 'Reviewed' }],
      },
      { id: 'Over', maxScore: 10, deprecated: true, controlStateUpdates: [] },
      { id: 'Elsewhere', title: 'Not scored here', maxScore: 5 },
    ].map((row) => scores.profileRow.parse(row));
    const items = scores.toScoreControls(score({ controlScores }), profiles, tenant);
    const byId = Object.fromEntries(items.map((item) => [item.externalId.replace(`${tenant}_`, ''), fields(item)]));
    expect(Object.keys(byId).sort()).toEqual(['Elsewhere', 'MFARegistrationV2', 'Over', 'scid_2010']);
    expect(byId.MFARegistrationV2).toMatchObject({
      name: 'Second factor',
      score: 7.5,
      maxScore: 9,
      gain: 1.5,
      state: 'Reviewed',
      isActive: true,
      implementationStatus: '35 of 42 users & more.',
      remediation: 'Open.\nFirst\nThen',
    });
    expect(byId.scid_2010).toMatchObject({
      name: 'scid_2010',
      maxScore: null,
      gain: null,
      isActive: null,
      category: 'Device',
    });
    expect(byId.Over).toMatchObject({ gain: 0, isActive: false });
    expect(byId.Elsewhere).toMatchObject({ score: null, gain: null });
  });
});

describe('licences', () => {
  const sku = (change: object) =>
    licenses.skuRow.parse({ id: `${tenant.toUpperCase()}_S`, skuId: 'S', skuPartNumber: 'SPB', ...change });
  const subscriptions = [
    { id: '1', skuId: 'S', isTrial: false, nextLifecycleDateTime: '2027-03-01T00:00:00Z' },
    { id: '2', skuId: 'S', isTrial: true, nextLifecycleDateTime: '2026-12-01T00:00:00Z' },
    { id: '3', skuId: 'S', status: 'Deleted', nextLifecycleDateTime: '2026-01-01T00:00:00Z' },
    { id: '4', skuId: 'other', nextLifecycleDateTime: '2026-01-01T00:00:00Z' },
  ].map((row) => licenses.subscriptionRow.parse(row));

  test.each([
    [
      { prepaidUnits: { enabled: 45, warning: 2 }, consumedUnits: 40 },
      { seats: 45, used: 40, available: 5, seatsInWarning: 2, isFree: false },
    ],
    [
      { prepaidUnits: { enabled: 5 }, consumedUnits: 8 },
      { seats: 5, used: 8, available: 0 },
    ],
    [{ prepaidUnits: { enabled: 1_000_000 }, consumedUnits: 3 }, { isFree: true }],
    [{}, { seats: null, used: null, available: null, isFree: null }],
  ])('%j', (row, expected) => {
    const item = licenses.toLicense(sku(row), subscriptions, tenant);
    expect(item.externalId).toBe(`${tenant}_s`);
    expect(fields(item)).toMatchObject({
      name: 'SPB',
      isTrial: true,
      renewsAt: '2026-12-01T00:00:00.000Z',
      ...expected,
    });
  });

  test('without subscriptions renewal is not told, so that what is known stays', () => {
    expect(fields(licenses.toLicense(sku({}), null, tenant))).not.toHaveProperty('renewsAt');
  });
});

describe('tenants', () => {
  const organization = tenants.organizationRow.parse({
    id: tenant.toUpperCase(),
    displayName: ' Larkfield Dental ',
    verifiedDomains: [
      { name: 'lark.onmicrosoft.example', isInitial: true, isDefault: true },
      { name: 'larkfield.example', isInitial: false, isDefault: false },
    ],
    businessPhones: [],
    partnerTenantType: null,
  });

  test('domains from the short list where the long one is closed; counts untold where users are', () => {
    const record = fields(tenants.toTenant({ organization, domains: null, users: null }, 'https://consent.example'));
    expect(record).toMatchObject({
      name: 'Larkfield Dental',
      domainNames: ['lark.onmicrosoft.example', 'larkfield.example'],
      phone: null,
      isPartner: false,
    });
    expect(record).not.toHaveProperty('userCount');
  });

  test('the company is known by a domain of its own, never by the one that Microsoft gave; a partner is no client', () => {
    const facts = { organization, domains: null, users: null };
    expect(tenants.toCompany(facts)).toMatchObject({
      externalId: tenant,
      record: { name: 'Larkfield Dental', website: 'larkfield.example' },
    });
    expect(
      tenants.toCompany({ ...facts, organization: { ...organization, partnerTenantType: 'breadthPartner' } }),
    ).toBeNull();
  });

  test('a broken one tells its state and nothing else', () => {
    const item = tenants.toBrokenTenant(tenant, 'consent-missing', 'why', 'https://consent.example');
    expect(Object.keys(fields(item))).toEqual(['connectionState', 'connectionProblem', 'consentUrl']);
  });
});

test.each([
  ['P180D', true],
  ['PT0S', false],
  ['P0D', false],
  [null, false],
])('a relationship with autoExtendDuration %s', (autoExtendDuration, autoExtends) => {
  const row = relationships.relationshipRow.parse({
    id: 'R',
    displayName: 'x',
    status: 'approvalPending',
    customer: null,
    autoExtendDuration,
  });
  expect(fields(relationships.toDelegatedAdmin(row, tenant))).toMatchObject({
    autoExtends,
    tenantExternalId: null,
    isActive: false,
  });
});
