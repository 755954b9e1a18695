import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { pemText } from '../../../connectors/microsoft-365/credentials.ts';
import connector, { manifest } from '../../../connectors/microsoft-365/index.ts';
import { consentUrl } from '../../../connectors/microsoft-365/sign-in.ts';
import { certificate, privateKey } from '../../../connectors/microsoft-365/simulator/certificate.ts';
import { parseCredentials } from '../../../src/connector/credentials.ts';

const id = '11111111-2222-3333-4444-555555555555';
const given = { tenants: id, clientId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', clientSecret: 'FAKE~secret_0' };
const parsed = (change: Record<string, string>) => {
  const result = parseCredentials(manifest, { ...given, ...change });
  return result.ok ? result.values : result.problems.map(({ path, message }) => `${path}: ${message}`);
};

test.each([
  [`${id.toUpperCase()}\n larkfield.example;Larkfield.example , ${id}`, `${id}, larkfield.example`],
  ['contoso.onmicrosoft.example', 'contoso.onmicrosoft.example'],
])('tenants %j', (typed, tenants) => {
  expect(parsed({ tenants: typed })).toMatchObject({ tenants });
});

test.each([
  'common',
  'organizations',
  'consumers',
  'https://larkfield.example',
  'larkfield.example/x',
  'me@larkfield.example',
  'larkfield',
  `${id}?`,
])('no tenant: %j', (tenants) => {
  expect(parsed({ tenants: `larkfield.example, ${tenants}` })).toEqual([
    expect.stringContaining('is neither a tenant ID'),
  ]);
});

test('the ID of a secret is not taken for the secret', () => {
  expect(parsed({ clientSecret: '0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f' })).toEqual([
    expect.stringContaining('Copy what stands in the column Value'),
  ]);
});

test('a certificate and its key survive being pasted into one line, and are kept in one', () => {
  const signInWith = 'certificate';
  const glued = { certificate: certificate.replaceAll('\n', ''), privateKey: privateKey.replaceAll('\n', ' ') };
  for (const pasted of [glued, { certificate, privateKey }]) {
    const values = parsed({ signInWith, ...pasted }) as Record<string, string>;
    expect(pemText(values.certificate ?? '')).toBe(certificate);
    expect(pemText(values.privateKey ?? '')).toBe(privateKey);
    expect(values.privateKey).not.toContain('\n');
    expect(values).not.toHaveProperty('clientSecret');
  }
  expect(parsed({ signInWith, certificate: 'MIID', privateKey })).toEqual([
    expect.stringContaining('-----BEGIN CERTIFICATE-----'),
  ]);
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const other = elliptic.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(parsed({ signInWith, certificate, privateKey: other })).toEqual([expect.stringContaining('(RSA)')]);
  expect(parsed({ signInWith, certificate })).toEqual([expect.stringContaining('privateKey: Private key is missing')]);
});

test.each([
  ['global', 'https://graph.microsoft.com/v1.0/', 'https://login.microsoftonline.com'],
  ['usgov', 'https://graph.microsoft.us/v1.0/', 'https://login.microsoftonline.us'],
  ['usgov-dod', 'https://dod-graph.microsoft.us/v1.0/', 'https://login.microsoftonline.us'],
  ['china', 'https://microsoftgraph.chinacloudapi.cn/v1.0/', 'https://login.chinacloudapi.cn'],
])('cloud %s', (cloud, baseUrl, login) => {
  expect(connector.origins({ ...given, cloud })).toEqual({ baseUrl, allowed: [login] });
  expect(consentUrl({ ...given, cloud }, 'larkfield.example')).toBe(
    `${login}/larkfield.example/adminconsent?client_id=${given.clientId}`,
  );
});

test('no other host can be named: a cloud that is none, a simulator elsewhere', () => {
  expect(parsed({ cloud: 'evil.example' })).toEqual([expect.stringContaining('must be')]);
  for (const simulator of [
    'https://graph.evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1:1/x',
    'http://u@127.0.0.1:1',
  ]) {
    expect(parsed({ simulator })).toEqual([expect.stringContaining('Only an address of this machine')]);
  }
  expect(parsed({ redirectUri: 'http://portal.example' })).toHaveLength(1);
});
