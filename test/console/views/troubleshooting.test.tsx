import { expect, test } from 'vitest';
import { parseLogFilter } from '../../../src/console/views/logs/filter.ts';
import type { Finding } from '../../../src/engine/doctor/finding.ts';
import { at, integration, now, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const finding = (id: string, status: Finding['status'], more: Partial<Finding> = {}): Finding => ({
  id,
  group: 'files',
  status,
  title: id,
  detail: null,
  cause: null,
  fix: null,
  ...more,
});

function engine(): FakeEngine {
  const fake = new FakeEngine(snapshotOf([integration('halo-psa')]));
  fake.findings = [
    finding('Node', 'ok', { detail: '24.21.0' }),
    finding('Disk room', 'failed', {
      cause: 'Only 1.0 MB are free on the disk of /data\u001b[31m.',
      fix: 'Make room now.',
      command: 'df -h /data',
    }),
  ];
  fake.story = {
    type: 'tickets',
    asked: '48213',
    outcome: 'held',
    answer: '48213 Printer is held back since 2026-03-01T11:20:30.821Z (company missing): its company is not imported.',
    fix: 'Sync companies as well.',
    records: [],
    lines: [{ topic: 'issue', at: at(-5), integration: 'halo-psa', text: 'Held back.' }],
  };
  fake.syncIssues = [
    {
      id: 7,
      integration: 'halo-psa',
      type: 'tickets',
      externalId: '48213',
      reason: 'company-not-imported',
      label: '48213 Printer',
      detail: 'Its company is not imported.',
      firstSeen: at(-60),
      lastSeen: at(-5),
      dismissed: false,
    },
  ];
  return fake;
}

test('d opens the doctor everywhere: what is wrong first, with cause, fix and command; Esc goes back', async () => {
  const { screen, store, engine: fake } = await openConsole({ columns: 80, rows: 24 }, engine());
  await screen.press('d');
  const text = screen.text();
  expect(text).toContain('1 thing to look at.');
  expect(text.indexOf('Disk room')).toBeLessThan(text.indexOf('Node'));
  expect(text).toContain('Only 1.0 MB are free on the disk of /data^[[31m.');
  expect(text).toContain('$ df -h /data');
  await screen.press('ctrl+r');
  expect(fake.calls.filter((call) => call === 'doctor')).toHaveLength(2);
  await screen.press('escape');
  expect(store.context().place.view).toBe('integrations');
  await screen.unmount();
});

test('w on a sync issue tells the whole story of its record', async () => {
  const { screen, engine: fake } = await openConsole({ columns: 80, rows: 24 }, engine());
  await screen.press('U');
  await screen.press('w');
  expect(fake.calls).toContain('explain tickets 48213');
  expect(screen.text()).toMatch(/48213 Printer is held back since 2026-03-01 \d\d:\d\d\b(?!:)/);
  expect(screen.text()).toContain('Sync companies as well.');
  expect(screen.text()).toMatch(/Held back +2026-03-01 .* Halo PSA {2}Held back\./);
  await screen.unmount();
});

test('records that are likely twice are merged into the first of their group, after asking', async () => {
  const { screen, engine: fake, store } = await openConsole({ columns: 80, rows: 24 }, engine());
  const record = (id: string, label: string) => ({ id, label, integration: 'halo-psa', externalId: id });
  fake.twice = [
    {
      type: 'companies',
      confidence: 0.97,
      reasons: ['same web address'],
      records: [record('a', 'ACME'), record('b', 'Acme Ltd')],
    },
  ];
  store.open({ view: 'duplicates', type: 'companies' });
  await screen.press('m');
  expect(screen.text()).toContain('97 %  same web address');
  expect(fake.calls.some((call) => call.startsWith('mergeRecords'))).toBe(false);
  await screen.press('j');
  await screen.press('j');
  await screen.press('m');
  expect(screen.text()).toContain('"Acme Ltd" becomes one with "ACME"');
  await screen.press('y');
  expect(fake.calls).toContain('mergeRecords companies a b');
  await screen.unmount();
});

test('the filter of the log: its own fields are asked for, the rest is looked for in what is here', () => {
  const { query, fits } = parseLogFilter('record:48213 since:2h level:w printer !toner', now);
  expect(query).toEqual({ record: '48213', since: at(-120), level: 'warn' });
  const entry = (message: string) => ({ time: at(0), level: 'info' as const, message });
  expect([fits(entry('Printer')), fits(entry('printer toner')), fits(entry('x'))]).toEqual([true, false, false]);
});

test('a record that is nowhere to be seen is asked for by its number, from anywhere', async () => {
  const fake = new FakeEngine(snapshotOf([integration('halo-psa')]));
  const { screen, store } = await openConsole({ columns: 80, rows: 24 }, fake);
  await screen.press('W');
  expect(screen.text()).toContain('among tickets');
  await screen.type('48213');
  await screen.press('enter');
  expect(store.context().place).toEqual({ view: 'explain', type: 'tickets', record: '48213' });
  await screen.press('W');
  await screen.type('company Acme Ltd');
  await screen.press('enter');
  expect(store.context().place).toEqual({ view: 'explain', type: 'companies', record: 'Acme Ltd' });
  await screen.unmount();
});
