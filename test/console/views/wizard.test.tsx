import { expect, test } from 'vitest';
import { failing, fresh, manifest, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const unconnected = () => new FakeEngine(snapshotOf([fresh('halo-psa')]));

async function openWizard(engine = unconnected()) {
  const opened = await openConsole({ columns: 80, rows: 24 }, engine);
  await opened.screen.press('c');
  await opened.screen.waitFor((text) => text.includes('[2 Credentials]'));
  return opened;
}

async function fillIn({ screen }: Awaited<ReturnType<typeof openWizard>>) {
  await screen.type('https://acme.psa.example');
  await screen.press('enter');
  await screen.type('client-0001');
  await screen.press('enter');
  await screen.paste('canary-secret-value\n');
}

test('from nothing to the first import, by keys alone, at 80x24', async () => {
  const opened = await openWizard();
  const { screen, engine } = opened;
  expect(screen.text()).toContain('copy the Resource Server');

  await screen.type('acme');
  expect(screen.text()).toContain('Enter the whole address, beginning with https://');
  await screen.press('ctrl+u');
  await fillIn(opened);
  expect(screen.text()).toContain('removed 1 line break');
  await screen.press('enter');

  await screen.waitFor((text) => text.includes('Service request'));
  await screen.press('right', 'down', 'space', 'down', 'down', 'down', 'down', 'down', 'down', 'down', 'space');
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('All checks passed'));
  expect(engine.tested[0]?.credentials).toEqual({
    address: 'https://acme.psa.example',
    clientId: 'client-0001',
    clientSecret: 'canary-secret-value',
  });

  await screen.press('enter');
  expect(screen.text()).toMatch(/Sync every +30 minutes/);
  expect(screen.text()).toMatch(/Initial import +no: only what changes from now on/);
  expect(screen.text()).toMatch(/Ticket types +1 chosen/);
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('Halo PSA is connected.'));
  expect(screen.text()).toContain('4,200 of 20,000');
  expect(engine.connected).toMatchObject({
    enable: true,
    options: { ticketTypes: ['2'] },
    settings: { intervalMinutes: 30 },
  });
  await screen.press('enter');
  expect(screen.text()).toContain('[1 Overview]');
  expect(engine.drafts.get('halo-psa')).toBeUndefined();
  expect(screen.written).not.toContain('canary-secret');
  await screen.unmount();
});

test('back loses nothing, and what does not fit is not passed', async () => {
  const opened = await openWizard();
  const { screen } = opened;
  await screen.press('enter', 'enter', 'enter');
  expect(screen.text()).toContain('Resource Server is needed.');
  await screen.press('up', 'up', 'up');
  await screen.unmount();

  const second = await openWizard();
  await fillIn(second);
  await second.screen.press('enter');
  await second.screen.waitFor((text) => text.includes('Incident'));
  await second.screen.press('escape');
  expect(second.screen.text()).toContain('https://acme.psa.example');
  await second.screen.press('escape');
  expect(second.screen.text()).toContain('[1 Select]');
  await second.screen.press('enter', 'enter');
  await second.screen.waitFor((text) => text.includes('[3 Options]'));
  await second.screen.unmount();
});

test('a failed check shows cause and fix and stops; the offered value mends it', async () => {
  const engine = unconnected();
  engine.checks = failing({ hard: true, suggest: { field: 'address', value: 'https://eu.psa.example' } });
  const opened = await openWizard(engine);
  const { screen } = opened;
  await fillIn(opened);
  await screen.press('enter', 'enter');
  await screen.waitFor((text) => text.includes('The connection does not work yet'));
  expect(screen.text()).toContain('Cause: The client ID or secret is not accepted.');
  expect(screen.text()).toContain('Fix:   Copy both again.');
  await screen.press('enter');
  expect(screen.text()).toContain('Not yet: mend what failed');

  engine.checks = failing({ cause: 'This record type is not allowed.' });
  await screen.press('y');
  await screen.waitFor((text) => text.includes('does not stop the rest'));
  expect(engine.tested.at(-1)?.credentials?.address).toBe('https://eu.psa.example');
  await screen.press('enter');
  expect(screen.text()).toMatch(/Resource Server +https:\/\/eu\.psa\.example/);
  await screen.unmount();
});

test('a long test shows what failed first, in whole lines, and can be scrolled', async () => {
  const engine = unconnected();
  const [reaches, signsIn, reads] = failing({ hard: true });
  const untested = {
    ...reads!,
    status: 'untested',
    cause: 'Not tried, because "Signs in" failed.',
    fix: 'Mend that.',
  } as const;
  engine.checks = [
    ...Array.from({ length: 12 }, (_, index) => ({ ...reaches!, id: `early-${index}`, label: `Early ${index}` })),
    signsIn!,
    ...Array.from({ length: 12 }, (_, index) => ({ ...untested, id: `late-${index}`, label: `Late ${index}` })),
  ];
  const opened = await openWizard(engine);
  const { screen } = opened;
  await fillIn(opened);
  await screen.press('enter', 'enter');
  await screen.waitFor((text) => text.includes('The connection does not work yet'));
  const at = screen.lines().findIndex((line) => line.includes('failed    Signs in'));
  expect(screen.lines().slice(at + 1, at + 4)).toEqual([
    '     Cause: The client ID or secret is not accepted.',
    '     Fix:   Copy both again.',
    ' – untested  Late 0',
  ]);
  await screen.press(...Array<string>(9).fill('up'));
  expect(screen.text()).toContain('Early 3');
  await screen.unmount();
});

test('what was entered survives leaving, without the secret, and is offered on return', async () => {
  const engine = unconnected();
  const opened = await openWizard(engine);
  const { screen } = opened;
  await fillIn(opened);
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('[3 Options]'));
  await screen.press('I');
  expect(JSON.stringify(engine.drafts.get('halo-psa'))).not.toContain('canary');

  await screen.press('c');
  await screen.waitFor((text) => text.includes('You began to connect Halo PSA before.'));
  await screen.press('enter');
  expect(screen.text()).toContain('https://acme.psa.example');
  await screen.type('another-secret');
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('[3 Options]'));
  await screen.press('I', 'c');
  await screen.waitFor((text) => text.includes('You began'));
  await screen.press('ctrl+n');
  expect(screen.text()).not.toContain('client-0001');
  await screen.unmount();
});

test('choices that cannot be read say why, and are read again on demand', async () => {
  const engine = unconnected();
  engine.offered = Object.assign(new Error('no'), {
    toFailure: () => ({ code: 'forbidden', cause: 'May not read ticket types.', fix: 'Tick read:tickets.' }),
  });
  const opened = await openWizard(engine);
  const { screen } = opened;
  await fillIn(opened);
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('May not read ticket types.'));
  await screen.press(...Array<string>(7).fill('down'));
  expect(screen.text()).toContain('Tick read:tickets.');
  engine.offered = [{ value: '9', label: 'Problem' }];
  await screen.press('space');
  await screen.waitFor((text) => text.includes('[ ] Problem'));
  await screen.unmount();
});

test('letters typed into a field of choices choose, and are never commands', async () => {
  const engine = unconnected();
  const [first, ...others] = manifest.credentials;
  const choices = [
    { value: 'eu', label: 'Europe' },
    { value: 'oc', label: 'Oceania' },
  ];
  engine.described = { ...manifest, credentials: [{ ...first!, choices }, ...others] };
  const { screen, store } = await openWizard(engine);
  await screen.type('q:Mo');
  expect(store.context().place).toEqual({ view: 'wizard', id: 'halo-psa' });
  expect(screen.text()).toContain('< Oceania >');
  await screen.press('right');
  expect(screen.text()).toContain('< Europe >');
  await screen.unmount();
});
