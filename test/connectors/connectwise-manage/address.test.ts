import { expect, test } from 'vitest';
import { apiOrigin, siteOf } from '../../../connectors/connectwise-manage/address.ts';
import { dateLiteral } from '../../../connectors/connectwise-manage/dates.ts';
import connector, { manifest } from '../../../connectors/connectwise-manage/index.ts';
import { parseCredentials } from '../../../src/connector/credentials.ts';

test.each([
  ['na.myconnectwise.net', 'https://api-na.myconnectwise.net'],
  [' https://EU.myconnectwise.net/v4_6_release/apis/3.0 ', 'https://api-eu.myconnectwise.net'],
  ['au.myconnectwise.net', 'https://api-au.myconnectwise.net'],
  ['aus.myconnectwise.net', 'https://api-aus.myconnectwise.net'],
  ['za.myconnectwise.net', 'https://api-za.myconnectwise.net'],
  ['staging.connectwisedev.com', 'https://api-staging.connectwisedev.com'],
  ['api-na.myconnectwise.net', 'https://api-na.myconnectwise.net'],
  ['cw.example-msp.example', 'https://cw.example-msp.example'],
  ['https://cw.example-msp.example:8443/', 'https://cw.example-msp.example:8443'],
  ['myconnectwise.net.example', 'https://myconnectwise.net.example'],
  ['http://127.0.0.1:4711/login', 'http://127.0.0.1:4711'],
])('%s is asked at %s', (typed, origin) => {
  const site = siteOf(typed);
  expect(apiOrigin(site ?? '')).toBe(origin);
  expect(connector.origins({ site: site ?? '' })).toEqual({ baseUrl: `${origin}/`, allowed: [] });
});

test.each([
  'http://na.myconnectwise.net',
  'na.myconnectwise.net?x=1',
  'user@na.myconnectwise.net',
  'localhost',
  'na',
  'cw.example:0',
  'cw.example:70000',
  'cw_one.example',
  '',
])('%s is no site', (typed) => {
  expect(siteOf(typed)).toBeNull();
});

test('the parts of the sign-in name may not hold what separates them', () => {
  const good = {
    site: 'na.myconnectwise.net',
    companyId: 'ExampleMSP',
    publicKey: 'aB3dE5fG7hI9jK1m',
    privateKey: 'zZ9yX8wV7uT6sR5q',
    clientId: '00000000-AAAA-4bbb-8ccc-000000000001',
  };
  expect(parseCredentials(manifest, good)).toEqual({ ok: true, values: good });
  for (const wrong of [
    { companyId: 'a+b' },
    { publicKey: 'abcdefgh:1' },
    { clientId: 'x' },
    { apiVersion: 'v2025.1' },
  ]) {
    const parsed = parseCredentials(manifest, { ...good, ...wrong });
    expect(parsed).toMatchObject({ ok: false, problems: [{ path: Object.keys(wrong)[0] }] });
  }
});

test('dates in filters are whole seconds in UTC, never with an offset', () => {
  const time = '2026-01-31T08:00:00.999Z';
  expect(dateLiteral(time, 'zoned')).toBe('[2026-01-31T08:00:00Z]');
  expect(dateLiteral(time, 'plain')).toBe('[2026-01-31T08:00:00]');
  expect(dateLiteral(time, 'wide')).toBe('[2026-01-30T06:00:00Z]');
});
