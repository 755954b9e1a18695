import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../../src/state/migrations.ts';
import { peekState } from '../../src/state/peek.ts';
import { emptyState, hasSealed, type State } from '../../src/state/schema.ts';
import { openState } from '../../src/state/state-file.ts';
import { modeOf, temporaryFolder } from './folder.ts';

const now = () => Date.parse('2026-03-01T12:00:00Z');
const ASIDE = 'state.json.broken-2026-03-01T12-00-00-000Z';
const place = () => join(temporaryFolder(), 'state.json');
const onDisk = (path: string): State => JSON.parse(readFileSync(path, 'utf8'));
const prefer = (key: string, value: unknown) => (draft: State) => {
  draft.preferences[key] = value;
};

const integration: State['integrations'][string] = {
  credentials: { url: 'https://acme.example', clientSecret: { sealed: 'v1.00000000.AAAA' } },
  options: { boards: ['1'] },
  settings: { intervalMinutes: 15, initialImport: true, types: ['companies'] },
  enabled: true,
  connectedAt: '2026-03-01T11:00:00Z',
  memory: {},
  last: { status: 'connected', error: null, lastSync: null, failures: 0, records: { companies: 3 }, issues: 0 },
};

test('what is written is durable, for the owner only at every write, and keeps the state before it', async () => {
  const path = place();
  const file = await openState(path, now);
  expect(file.read()).toEqual(emptyState());
  expect(existsSync(path)).toBe(false);
  for (let n = 1; n <= 3; n++) {
    if (n > 1) for (const loosened of [path, `${path}.bak`].filter(existsSync)) chmodSync(loosened, 0o644);
    await file.update(prefer('n', n));
    expect(onDisk(path).preferences).toEqual({ n });
    expect(modeOf(path)).toBe('600');
    if (n > 1) {
      expect(onDisk(`${path}.bak`).preferences).toEqual({ n: n - 1 });
      expect(modeOf(`${path}.bak`)).toBe('600');
    }
  }
  await file.update((draft) => {
    draft.integrations['halo-psa'] = integration;
  });
  const reopened = await openState(path, now);
  expect(reopened.read()).toEqual({
    ...emptyState(),
    integrations: { 'halo-psa': integration },
    preferences: { n: 3 },
  });
  expect(reopened.notices).toEqual([]);
  expect([hasSealed(reopened.read()), hasSealed(emptyState())]).toEqual([true, false]);
});

test('a change shows at once, many are written together and in order, and none means no write', async () => {
  const path = place();
  const file = await openState(path, now);
  const updates = Array.from({ length: 50 }, (_, n) => file.update(prefer('n', n)));
  expect(file.read().preferences).toEqual({ n: 49 });
  await Promise.all(updates);
  expect(onDisk(path).preferences).toEqual({ n: 49 });

  const before = statSync(path, { bigint: true });
  const shown = file.read();
  await file.update(prefer('n', 49));
  expect(statSync(path, { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  expect(file.read()).toBe(shown);
});

test('what was read cannot be changed, and a wrong shape is refused before it reaches the file', async () => {
  const path = place();
  const file = await openState(path, now);
  expect(() => Object.assign(file.read().preferences, { n: 1 })).toThrow(TypeError);
  const wrong = file.update((draft) => Object.assign(draft, { integrations: { stripe: { enabled: 'yes' } } }));
  await expect(wrong).rejects.toThrow();
  expect(file.read()).toEqual(emptyState());
  expect(existsSync(path)).toBe(false);
});

test('two processes on one folder keep each other’s changes', async () => {
  const path = place();
  const [engine, viewer] = [await openState(path, now), await openState(path, now)];
  await engine.update(prefer('engine', 1));
  await viewer.update(prefer('viewer', 1));
  await engine.update(prefer('engine', 2));
  expect(engine.read().preferences).toEqual({ engine: 2, viewer: 1 });
  expect(viewer.read().preferences).toEqual({ engine: 1, viewer: 1 });
  expect([await viewer.refresh(), await viewer.refresh()]).toEqual([true, false]);
  expect(viewer.read()).toEqual(engine.read());
});

test('a change that no longer fits what another process wrote fails alone', async () => {
  const path = place();
  const ours = await openState(path, now);
  await ours.update((draft) => {
    draft.integrations.stripe = integration;
  });
  const theirs = await openState(path, now);
  await theirs.update((draft) => {
    delete draft.integrations.stripe;
  });
  const doomed = ours.update((draft) => {
    draft.integrations.stripe!.enabled = false;
  });
  const fine = ours.update(prefer('n', 1));
  await expect(doomed).rejects.toThrow(TypeError);
  await fine;
  expect(onDisk(path)).toEqual({ ...emptyState(), preferences: { n: 1 } });
});

async function written(path: string) {
  const file = await openState(path, now);
  await file.update(prefer('n', 1));
  await file.update(prefer('n', 2));
  return readFileSync(path, 'utf8');
}

test.each([
  ['cut', (text: string) => text.slice(0, text.length / 2), 'it is not whole JSON'],
  ['empty', () => '', 'it is empty'],
  ['null', () => 'null', 'not an object'],
  ['of another shape', () => '{"version":1,"integrations":[],"drafts":{},"preferences":{}}', 'content at integrations'],
])('a state file that is %s is set aside, and the copy used', async (_, breakIt, why) => {
  const path = place();
  const broken = breakIt(await written(path));
  writeFileSync(path, broken);
  const file = await openState(path, now);
  expect(file.read().preferences).toEqual({ n: 1 });
  expect(file.notices).toEqual([expect.objectContaining({ id: 'state-restored', level: 'warning' })]);
  expect(file.notices[0]!.text).toContain(why);
  expect(file.notices[0]!.text).toContain(ASIDE);
  expect(readFileSync(join(path, '..', ASIDE), 'utf8')).toBe(broken);

  // The copy is good until a good file stands beside it again.
  expect(onDisk(path).preferences).toEqual({ n: 1 });
  expect(onDisk(`${path}.bak`).preferences).toEqual({ n: 1 });
  writeFileSync(path, 'broken again, within the same millisecond');
  await openState(path, now);
  expect(readFileSync(join(path, '..', ASIDE), 'utf8')).toBe(broken);
  expect(readFileSync(join(path, '..', `${ASIDE}-2`), 'utf8')).toContain('again');
});

test('with the copy broken too, both are kept aside and the operator is told', async () => {
  const path = place();
  await written(path);
  writeFileSync(path, '{');
  writeFileSync(`${path}.bak`, '[');
  const file = await openState(path, now);
  expect(file.read()).toEqual(emptyState());
  expect(file.notices).toEqual([expect.objectContaining({ id: 'state-lost', level: 'error' })]);
  await file.update(prefer('n', 1));
  await file.update(prefer('n', 2));
  const kept = readdirSync(join(path, '..')).filter((name) => name.includes('broken'));
  expect(kept.map((name) => readFileSync(join(path, '..', name), 'utf8')).sort()).toEqual(['[', '{']);
});

test('a crash between setting aside and writing again loses nothing; nor does removal while running', async () => {
  const path = place();
  await written(path);
  rmSync(path);
  const file = await openState(path, now);
  expect(file.read().preferences).toEqual({ n: 1 });
  expect(file.notices[0]!.text).toContain('is missing');

  await file.update(prefer('n', 3));
  rmSync(path);
  await file.update(prefer('m', 1));
  expect(onDisk(path).preferences).toEqual({ n: 3, m: 1 });
});

test('leftovers of a killed write are ignored, and removed once they are old', async () => {
  const path = place();
  await written(path);
  for (const name of ['.123456', '.bak.99', '.777']) {
    writeFileSync(path + name, '{"version":1,');
    utimesSync(path + name, now() / 1000, now() / 1000 - (name === '.777' ? 60 : 7_200));
  }
  const file = await openState(path, now);
  expect(file.read().preferences).toEqual({ n: 2 });
  expect(file.notices).toEqual([]);
  expect(readdirSync(join(path, '..')).sort()).toEqual(['state.json', 'state.json.777', 'state.json.bak']);
});

test('a newer version is refused and left alone', async () => {
  const path = place();
  const newer = JSON.stringify({ ...emptyState(), version: 2 });
  writeFileSync(path, newer);
  await expect(openState(path, now)).rejects.toThrow(/written by a newer msportal .* Nothing was changed/);
  expect(readdirSync(join(path, '..'))).toEqual(['state.json']);
  expect(readFileSync(path, 'utf8')).toBe(newer);
});

test('older versions are brought forward one step at a time', () => {
  const steps = { 1: (c: object) => ({ ...c, a: 1 }), 2: (c: object) => ({ ...c, b: 'a' in c }) };
  expect(migrate({ version: 1 }, steps, 3)).toEqual({ version: 3, a: 1, b: true });
  expect(migrate({ version: 2 }, steps, 3)).toEqual({ version: 3, b: false });
  expect(() => migrate({ version: 0 }, steps, 3)).toThrow('never in use');
});

test('a full disk fails the update with its cause; the file stays whole and the change is not lost', async () => {
  const path = place();
  await written(path);
  // A limit on file size cuts a write short exactly as a full disk does: part of it succeeds.
  const script = `
    const { openState } = await import(${JSON.stringify(new URL('../../src/state/state-file.ts', import.meta.url).href)});
    process.on('SIGXFSZ', () => {});
    const file = await openState(${JSON.stringify(path)});
    const error = await file.update((draft) => { draft.preferences.large = 'x'.repeat(50_000); }).catch((e) => e);
    console.log(JSON.stringify({ code: error?.code, kept: 'large' in file.read().preferences }));`;
  const command = 'ulimit -f 8; exec "$0" --input-type=module -e "$1"';
  const output = execFileSync('bash', ['-c', command, process.execPath, script], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual({ code: 'state-write', kept: true });
  expect(onDisk(path).preferences).toEqual({ n: 2 });
});

test('peeking gives what is there, and null for anything that is not a state', async () => {
  const path = place();
  expect(peekState(path)).toBeNull();
  await written(path);
  expect(peekState(path)?.preferences).toEqual({ n: 2 });
  for (const text of ['', '{"version":', '[]', 'null', '7']) {
    writeFileSync(path, text);
    expect(peekState(path)).toBeNull();
  }
});

test('peeking loads no library', () => {
  const source = readFileSync(new URL('../../src/state/peek.ts', import.meta.url), 'utf8');
  const imports = [...source.matchAll(/^import (type )?.* from '(.*)';$/gm)];
  expect(imports.filter(([, type]) => !type).map(([, , from]) => from)).toEqual(['node:fs']);
});
