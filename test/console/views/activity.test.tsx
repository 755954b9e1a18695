/** The queue, as one works with it. */
import { expect, test } from 'vitest';
import { noCounters } from '../../../src/portal/run.ts';
import { at, integration, progress, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const waits = { run: progress({ phase: 'waiting', type: null, types: {}, rate: null, remainingMs: null }) };

test('what waits is shown in its order, run first or taken out, and the action log says how the command line does it', async () => {
  const views = [
    integration('halo-psa', waits),
    integration('autotask', { run: progress() }),
    integration('stripe', waits),
    integration('ninjarmm'),
  ];
  const engine = new FakeEngine(
    snapshotOf(views, { queue: { running: 1, waiting: 2, order: ['stripe', 'halo-psa'] } }),
  );
  const { screen } = await openConsole({ columns: 100, rows: 24 }, engine);
  await screen.press('A');
  await screen.waitFor((text) =>
    /Autotask .* now[\s\S]*Stripe .* queued, 1\.[\s\S]*Halo PSA .* queued, 2\./.test(text),
  );
  await screen.press('p');
  expect(screen.text()).toContain('Nothing of Autotask waits in the queue.');
  await screen.press('j', 'j', 'p');
  await screen.waitFor((text) => text.includes('Halo PSA: next in the queue.'));
  await screen.press('x');
  await screen.waitFor((text) => text.includes('Take the sync of Halo PSA out of the queue?'));
  await screen.press('y');
  await screen.waitFor((text) => text.includes('Halo PSA: out of the queue.'));
  expect(engine.calls).toEqual(['runFirst halo-psa', 'cancel halo-psa']);
  await screen.press('3');
  await screen.waitFor((text) => text.includes('msportal queue first halo-psa'));
  expect(screen.text()).toContain('msportal queue cancel halo-psa');
  await screen.unmount();
});

test('the overview of an integration draws what it read in the last hour, and its last runs', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa')]));
  engine.history = [
    { startedAt: at(-20), endedAt: at(-10), read: 1000 },
    { startedAt: at(-5), endedAt: at(-4), read: 10 },
  ].map(({ startedAt, endedAt, read }, index) => ({
    id: `run-${index}`,
    integration: 'halo-psa',
    trigger: 'scheduled',
    status: 'succeeded',
    startedAt,
    endedAt,
    types: { tickets: { ...noCounters(), read } },
    requests: 1,
    waitedMs: 0,
    bytes: 1,
    failure: null,
  }));
  const { screen } = await openConsole({ columns: 80, rows: 24 }, engine);
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('Records read per minute, last hour   1,010 in all'));
  expect(screen.text()).toContain(`${'▁'.repeat(40)}${'█'.repeat(10)}▁▁▁▁▁▂▁▁▁▁`);
  expect(screen.text()).toContain('Last runs ✓✓✗✓');
  await screen.unmount();
});
