import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mask, parseCredentials, parseOptions } from '../../src/connector/credentials.ts';
import type { CredentialField, Manifest } from '../../src/connector/manifest.ts';

const field = { secret: false, required: true, example: 'x', where: 'Settings > API' };
const manifest: Manifest = {
  id: 'vendor',
  name: 'Vendor',
  summary: '',
  family: 'psa',
  credentials: [
    {
      ...field,
      key: 'baseUrl',
      label: 'Address',
      schema: z.string().trim().toLowerCase().startsWith('https://', 'Begin with https://'),
    },
    { ...field, key: 'clientSecret', label: 'Client Secret', secret: true, schema: z.string().min(8, 'It is longer') },
    {
      ...field,
      key: 'region',
      label: 'Region',
      required: false,
      schema: z.string(),
      fallback: 'eu',
      choices: [
        { value: 'eu', label: 'EU' },
        { value: 'us', label: 'US' },
      ],
    },
  ],
  options: [
    { key: 'closed', label: 'Closed tickets', help: '', kind: 'boolean', fallback: true },
    { key: 'months', label: 'Months', help: '', kind: 'integer', fallback: 12, min: 1, max: 60 },
    { key: 'boards', label: 'Boards', help: '', kind: 'choices', fallback: [], choices: 'vendor' },
  ],
  recordTypes: [],
  budgets: [{ name: 'all', concurrency: 1, intervalCap: 1, intervalMs: 1 }],
};

describe('credentials', () => {
  it('are normalised and completed', () => {
    const parsed = parseCredentials(manifest, { baseUrl: ' HTTPS://A.example ', clientSecret: '12345678' });
    expect(parsed).toEqual({
      ok: true,
      values: { baseUrl: 'https://a.example', clientSecret: '12345678', region: 'eu' },
    });
  });

  it('are complained about all at once, without repeating a secret', () => {
    const parsed = parseCredentials(manifest, { baseurl: 'x', clientSecret: 'short', region: 'moon', zzz: 1 });
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      { path: 'baseurl', message: '"baseurl" is not known here. Did you mean "baseUrl"?' },
      { path: 'zzz', message: '"zzz" is not known here. Known are: baseUrl, clientSecret, region.' },
      { path: 'baseUrl', message: 'Address is missing. You find it at: Settings > API.' },
      { path: 'clientSecret', message: 'It is longer' },
      { path: 'region', message: 'Region must be "eu" or "us".' },
    ]);
    expect(JSON.stringify(parsed)).not.toContain('short');
  });

  it('of a field that belongs to another choice are neither asked for nor kept', () => {
    const when = { key: 'region', is: ['us'] };
    const [address, secret, region] = manifest.credentials as [CredentialField, CredentialField, CredentialField];
    const modes: Manifest = { ...manifest, credentials: [{ ...address, when }, secret, region] };
    const given = { clientSecret: 'long-enough', baseUrl: 'https://acme.example' };
    expect(parseCredentials(modes, { clientSecret: 'long-enough' })).toMatchObject({ ok: true });
    expect(parseCredentials(modes, given)).toEqual({ ok: true, values: { clientSecret: 'long-enough', region: 'eu' } });
    expect(parseCredentials(modes, { ...given, region: 'us' })).toMatchObject({ values: given });
    expect(parseCredentials(modes, { clientSecret: 'long-enough', region: ' us ' }).ok).toBe(false);
  });

  it('that are no object are refused', () => {
    for (const input of [null, [], 'text', 3]) expect(parseCredentials(manifest, input).ok).toBe(false);
  });
});

it('options have fallbacks and limits', () => {
  expect(parseOptions(manifest, undefined)).toEqual({ ok: true, values: { closed: true, months: 12, boards: [] } });
  const parsed = parseOptions(manifest, { closed: 'yes', months: 61, boards: ['1'] });
  expect(parsed.ok ? [] : parsed.problems.map(({ path }) => path)).toEqual(['closed', 'months']);
});

it('a mask shows the last four of a long secret and nothing of a short one', () => {
  expect(mask('0123456789abcdef')).toBe('…cdef');
  expect(mask('01234567890')).toBe('…');
});
