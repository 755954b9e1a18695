import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openVault } from '../../src/state/vault.ts';
import { modeOf, temporaryFolder } from './folder.ts';

const secret = { integration: 'halo-psa', field: 'clientSecret' };
const newKey = () => `${randomBytes(32).toString('base64')}\n`;

function place() {
  const folder = temporaryFolder();
  return { folder, keyFile: join(folder, 'secret.key') };
}

test('the first start makes a key file for its owner only, later ones use it', async () => {
  const { folder, keyFile } = place();
  const first = await openVault({ env: {}, keyFile, existingSealed: false });
  expect(first).toMatchObject({ madeKey: true, keySource: { kind: 'file', path: keyFile } });
  expect(modeOf(keyFile)).toBe('600');
  expect(readdirSync(folder)).toEqual(['secret.key']);

  const sealed = first.seal('swordfish', secret);
  expect(sealed).not.toContain('swordfish');
  expect(first.seal('swordfish', secret)).not.toBe(sealed);
  const second = await openVault({ env: {}, keyFile, existingSealed: true });
  expect(second.madeKey).toBe(false);
  expect(second.open(sealed, secret)).toBe('swordfish');
  expect(second.open(second.seal('', secret), secret)).toBe('');
});

test('two first starts at once agree on one key', async () => {
  const { keyFile } = place();
  const vaults = await Promise.all(
    Array.from({ length: 8 }, () => openVault({ env: {}, keyFile, existingSealed: false })),
  );
  expect(vaults.filter((vault) => vault.madeKey)).toHaveLength(1);
  const sealed = vaults[0]!.seal('swordfish', secret);
  for (const vault of vaults) expect(vault.open(sealed, secret)).toBe('swordfish');
});

test('an altered envelope does not open, whichever character was changed', async () => {
  const { keyFile } = place();
  const vault = await openVault({ env: {}, keyFile, existingSealed: false });
  const sealed = vault.seal('swordfish', secret);
  const body = sealed.lastIndexOf('.') + 1;
  for (let at = body; at < sealed.length - 1; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    expect(() => vault.open(sealed.slice(0, at) + other + sealed.slice(at + 1), secret)).toThrow('was altered');
  }
  for (const broken of ['', 'v1', sealed.slice(0, body), sealed.slice(0, -4), `v2${sealed.slice(2)}`, 'swordfish']) {
    expect(() => vault.open(broken, secret)).toThrow('was altered');
  }
});

test('an envelope opens only where it was made for', async () => {
  const { keyFile } = place();
  const vault = await openVault({ env: {}, keyFile, existingSealed: false });
  const sealed = vault.seal('swordfish', secret);
  for (const context of [
    { ...secret, field: 'clientId' },
    { ...secret, integration: 'stripe' },
    { integration: 'halo-psac', field: 'lientSecret' },
  ]) {
    expect(() => vault.open(sealed, context)).toThrow('belongs to another field');
  }
});

test('the key of the environment goes before that of systemd, and that before the file', async () => {
  const { folder, keyFile } = place();
  const named = join(folder, 'named.key');
  const credentials = join(folder, 'credentials');
  mkdirSync(credentials);
  writeFileSync(named, newKey(), { mode: 0o600 });
  writeFileSync(join(credentials, 'msportal-key'), newKey(), { mode: 0o440 });
  const open = (env: Record<string, string>) => openVault({ env, keyFile, existingSealed: false });

  const environment = await open({ MSPORTAL_KEY_FILE: named, CREDENTIALS_DIRECTORY: credentials });
  const systemd = await open({ CREDENTIALS_DIRECTORY: credentials });
  expect(environment.keySource).toEqual({ kind: 'environment', path: named });
  expect(systemd.keySource.kind).toBe('systemd');
  expect(readdirSync(folder)).not.toContain('secret.key');
  expect((await open({ CREDENTIALS_DIRECTORY: folder })).keySource.kind).toBe('file');

  const sealed = environment.seal('swordfish', secret);
  expect(() => systemd.open(sealed, secret)).toThrow(/sealed with another key .* Put the earlier key file back/);
});

test('a missing key is never replaced while something is sealed with it', async () => {
  const { folder, keyFile } = place();
  await openVault({ env: {}, keyFile, existingSealed: false });
  rmSync(keyFile);
  await expect(openVault({ env: {}, keyFile, existingSealed: true })).rejects.toThrow(/is missing.*backup/);
  const MSPORTAL_KEY_FILE = join(folder, 'absent.key');
  await expect(openVault({ env: { MSPORTAL_KEY_FILE }, keyFile, existingSealed: false })).rejects.toThrow(
    'does not exist',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('a key file that others may read, or that is none, is refused', async () => {
  const { keyFile } = place();
  await openVault({ env: {}, keyFile, existingSealed: false });
  for (const mode of [0o640, 0o604]) {
    chmodSync(keyFile, mode);
    const opening = openVault({ env: {}, keyFile, existingSealed: false });
    await expect(opening).rejects.toThrow(`chmod 600 ${keyFile}`);
  }
  chmodSync(keyFile, 0o600);
  const torn = readFileSync(keyFile, 'utf8').slice(0, 20);
  for (const content of ['', torn, 'A'.repeat(100)]) {
    writeFileSync(keyFile, content);
    await expect(openVault({ env: {}, keyFile, existingSealed: false })).rejects.toThrow('does not hold a key');
  }
});
