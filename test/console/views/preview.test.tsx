import { expect, test } from 'vitest';
import type { Preview } from '../../../src/engine/preview-commands.ts';
import { change, typePreview } from '../changes.ts';
import { at, fresh, integration, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const size = { columns: 80, rows: 24 };
const house = () => new FakeEngine(snapshotOf([integration('halo-psa')]));

const foreseen: Preview = {
  id: 'halo-psa',
  types: {
    companies: typePreview({ read: 40, unchanged: 39, linked: 1 }),
    tickets: typePreview({
      read: 2_000,
      updated: 2,
      unchanged: 1_990,
      guarded: 300,
      held: { 'company-not-imported': 8 },
      examples: [
        {
          externalId: '1',
          outcome: 'updated',
          label: '48213 Printer \u001b[31mred',
          values: { status: { before: 'New', after: 'Open' } },
        },
        { externalId: '2', outcome: 'held', label: '48190 VPN', reason: 'company-not-imported' },
      ],
    }),
  },
  outbox: [
    {
      change: change({ id: 'c1', label: '901 Printer offline', state: 'waiting' }),
      outcome: { kind: 'update', fields: { priority: { theirs: 'High', ours: 'Low' } }, conflicts: [] },
    },
    {
      change: change({ id: 'c2', label: '902 Mailbox full' }),
      outcome: {
        kind: 'ask',
        conflicts: [
          {
            field: 'status',
            base: 'New',
            ours: 'Closed',
            theirs: 'Waiting',
            at: at(0),
            theirsAt: null,
            winner: null,
          },
        ],
      },
    },
    { change: change({ id: 'c3', label: '903 Old' }), outcome: { kind: 'refuse', reason: 'It is gone.' } },
  ],
  requests: 31,
  durationMs: 4_000,
  failure: null,
};

test('before a full sync one looks at what it would do on both sides, and starts it from there', async () => {
  const engine = house();
  engine.foreseen = foreseen;
  const { screen, store } = await openConsole(size, engine);
  await screen.press('S');
  expect(screen.text()).toContain('Preview (p)');
  await screen.press('p');
  expect(store.context().place).toEqual({ view: 'preview', id: 'halo-psa' });
  await screen.waitFor((text) => text.includes('would do this'));
  const first = screen.text();
  expect(first).toMatch(/Companies +40 read: 1 linked to what is there, the rest as it is/);
  expect(first).toMatch(/Tickets +2,000 read: 2 changed, 8 held back, the rest as it is/);
  expect(first).toMatch(/! 300 would vanish: more than is plausible/);
  expect(first).toMatch(/changed +48213 Printer \^\[\[31mred: Status New → Open/);
  expect(first).toMatch(/held back +8 company missing\n.* +48190 VPN/);
  await screen.press('end');
  const last = screen.text();
  expect(last).toMatch(/✓ Changed +901 Printer offline\n.*Priority +High → Low/);
  expect(last).toMatch(/! Conflict +902 Mailbox full\n.*Status +was New, here Closed, at the vendor Waiting/);
  expect(last).toMatch(/✗ Refused +903 Old\n +It is gone\./);
  expect(last).toContain('31 requests');
  expect(engine.calls.some((call) => call.startsWith('sync'))).toBe(false);
  await screen.press('enter');
  expect(engine.calls).toContain('sync halo-psa {"full":true}');
  expect(store.context().place.view).toBe('integrations');
  await screen.unmount();
});

test('a preview tells how far it is, and Esc stops it', async () => {
  const engine = house();
  const { screen, store } = await openConsole(size, engine);
  await screen.press('V');
  await screen.waitFor((text) => text.includes('4,200 of 20,000'));
  expect(screen.text()).toMatch(/Contacts +✓ 1,180 read, 2 held/);
  await screen.press('enter');
  expect(screen.text()).toContain('Still reading');
  await screen.press('escape');
  await screen.waitFor(() => engine.calls.includes('preview halo-psa stopped'));
  expect(store.context().place.view).toBe('integrations');
  expect(engine.calls.some((call) => call.startsWith('sync'))).toBe(false);
  await screen.unmount();
});

test('settings that are not saved are previewed, and saved from there', async () => {
  const engine = house();
  engine.foreseen = { ...foreseen, failure: { code: 'forbidden', cause: 'No permission.', fix: 'Grant it.' } };
  const { screen, store } = await openConsole(size, engine);
  const mapping = { tickets: { status: [{ vendor: 'Neu', portal: 'New' }] } };
  store.open({ view: 'preview', id: 'halo-psa', change: { mapping, options: { days: 3 } } });
  await screen.waitFor((text) => text.includes('With these settings'));
  expect(screen.text()).toContain('there is more than this. No permission.');
  expect(engine.previewed).toEqual([{ id: 'halo-psa', settings: { mapping }, options: { days: 3 } }]);
  expect(engine.calls.some((call) => call.startsWith('configure'))).toBe(false);
  await screen.press('enter');
  expect(engine.calls).toContain(`configure halo-psa ${JSON.stringify({ mapping, options: { days: 3 } })}`);
  await screen.unmount();
});

test('the wizard shows before the first enable what it would bring, with what was entered', async () => {
  const engine = new FakeEngine(snapshotOf([fresh('halo-psa')]));
  engine.foreseen = foreseen;
  const { screen } = await openConsole(size, engine);
  await screen.press('c');
  await screen.waitFor((text) => text.includes('[2 Credentials]'));
  await screen.type('https://acme.psa.example');
  await screen.press('enter');
  await screen.type('client-0001');
  await screen.press('enter');
  await screen.paste('canary-secret-value');
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('Service request'));
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('All checks passed'));
  await screen.press('enter');
  expect(screen.text()).toContain('p previews first');
  await screen.press('p');
  await screen.waitFor((text) => text.includes('Enabling Halo PSA would do this'));
  expect(engine.previewed[0]).toMatchObject({
    id: 'halo-psa',
    credentials: { clientSecret: 'canary-secret-value' },
    settings: { initialImport: true },
  });
  await screen.press('down', 'down');
  await screen.press('escape');
  expect(screen.text()).toContain('p previews first');
  await screen.press('p');
  await screen.waitFor((text) => text.includes('Enter saves and starts syncing'));
  expect(engine.connected).toBeNull();
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('Halo PSA is connected.'));
  expect(JSON.stringify([...engine.drafts, engine.kept])).not.toContain('canary-secret');
  await screen.unmount();
});
