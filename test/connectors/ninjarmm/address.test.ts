import { expect, test } from 'vitest';
import { addressOf, trustedOrigin } from '../../../connectors/ninjarmm/address.ts';
import ninja, { manifest } from '../../../connectors/ninjarmm/index.ts';
import { parseCredentials } from '../../../src/connector/credentials.ts';

test.each([
  ['acme.rmmservice.com', 'https://acme.rmmservice.com'],
  [' HTTPS://EU.NinjaRMM.com/ws/ ', 'https://eu.ninjarmm.com'],
  ['https://eu.ninjarmm.com/v2?x=1#/devices', 'https://eu.ninjarmm.com'],
  ['https://eu.ninjarmm.com:443/api', 'https://eu.ninjarmm.com'],
  ['http://127.0.0.1:4000/v2', 'http://127.0.0.1:4000'],
  ['http://eu.ninjarmm.com', null],
  ['https://eu.ninjarmm.com:8443', null],
  ['https://user:pass@eu.ninjarmm.com', null],
  ['https://203.0.113.7', null],
  ['https://[2001:db8::1]', null],
  ['https://0x7f.1', null],
  ['ninja', null],
  ['ftp://eu.ninjarmm.com', null],
  ['', null],
])('%s is the address %s', (typed, origin) => {
  expect(addressOf(typed)).toBe(origin);
});

test('a region is an address; an address that is not NinjaOne gets nothing until its host is confirmed', () => {
  expect(trustedOrigin({ region: 'us' })).toBe('https://app.ninjarmm.com');
  expect(trustedOrigin({ region: 'custom', baseUrl: 'acme.rmmservice.eu' })).toBe('https://acme.rmmservice.eu');
  const branded = { region: 'custom', baseUrl: 'https://rmm.acme.example' };
  expect(() => trustedOrigin(branded)).toThrow(/not one of NinjaOne's own/);
  expect(() => trustedOrigin({ ...branded, brandedHost: 'other.acme.example' })).toThrow();
  expect(trustedOrigin({ ...branded, brandedHost: 'rmm.acme.example' })).toBe('https://rmm.acme.example');
  expect(() => trustedOrigin({ region: 'custom', baseUrl: 'https://ninjarmm.com.evil.example' })).toThrow();
  expect(() => trustedOrigin({ region: 'custom' })).toThrow(/no Custom URL/);
});

test('what a form gives is normalised, and a region that is none is refused', () => {
  const typed = { clientId: ' FAKEfakeFAKE-fakeFAKEfake-00\n', clientSecret: 'FAKEfakeFAKE_not-a-real-secret ' };
  expect(parseCredentials(manifest, { ...typed, region: 'EU' })).toEqual({
    ok: true,
    values: {
      region: 'eu',
      clientId: 'FAKEfakeFAKE-fakeFAKEfake-00',
      clientSecret: 'FAKEfakeFAKE_not-a-real-secret',
    },
  });
  expect(parseCredentials(manifest, { ...typed, region: 'uk' })).toMatchObject({
    ok: false,
    problems: [{ path: 'region' }],
  });
  expect(
    parseCredentials(manifest, { ...typed, region: 'custom', baseUrl: 'http://acme.rmmservice.com' }),
  ).toMatchObject({
    ok: false,
    problems: [{ path: 'baseUrl', message: expect.stringContaining('https') }],
  });
  expect(parseCredentials(manifest, { ...typed, region: 'custom' })).toMatchObject({
    ok: false,
    problems: [{ path: 'baseUrl' }],
  });
  // What belongs to another region is left out.
  const leftOver = { ...typed, region: 'us', baseUrl: 'https://acme.rmmservice.com', brandedHost: 'rmm.acme.example' };
  expect(parseCredentials(manifest, leftOver)).toMatchObject({
    ok: true,
    values: { region: 'us', clientId: 'FAKEfakeFAKE-fakeFAKEfake-00' },
  });
  expect(ninja.origins({ region: 'us' })).toEqual({ baseUrl: 'https://app.ninjarmm.com/v2/', allowed: [] });
  expect(ninja.origins({ region: 'custom' })).toBeNull();
});
