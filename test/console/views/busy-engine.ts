import { noCounters } from '../../../src/portal/run.ts';
import { at, fresh, integration, progress, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';

/** A title that tries to clear the screen, to colour it, to name the window and to turn the reading direction. */
const hostile = 'Printer \u001b[2J\u001b[31mred\u001b]0;owned\u0007 \u202Eevil';

/** Something of everything: a run under way, an error, one off, one not set up, records, an issue, a failed run, a log. */
export function busyEngine(): FakeEngine {
  const engine = new FakeEngine(
    snapshotOf([
      integration('halo-psa', { status: 'syncing', run: progress() }),
      integration('syncro', {
        status: 'error',
        failures: 3,
        error: {
          code: 'forbidden',
          cause: 'The token may not read tickets.',
          fix: 'Tick "Tickets - List" on the token.',
        },
      }),
      integration('stripe', { enabled: false, nextSync: null }),
      fresh('autotask'),
    ]),
  );
  engine.rows = Array.from({ length: 350 }, (_, index) => ({
    id: `row-${index}`,
    name: index === 0 ? hostile : `Company ${index}`,
    city: 'Springfield',
    isActive: true,
    updatedAt: at(-index),
  }));
  engine.syncIssues = [
    {
      id: 1,
      integration: 'halo-psa',
      type: 'tickets',
      externalId: '7',
      reason: 'company-not-imported',
      label: hostile,
      detail: 'Company 77 is not in the portal.',
      firstSeen: at(-100),
      lastSeen: at(-5),
      dismissed: false,
    },
  ];
  engine.history = [
    {
      id: 'run-0',
      integration: 'halo-psa',
      trigger: 'scheduled',
      startedAt: at(-15),
      endedAt: at(-14),
      status: 'failed',
      types: { companies: { ...noCounters(), read: 12 } },
      requests: 9,
      waitedMs: 3000,
      bytes: 123_456,
      failure: { code: 'unreachable', cause: 'The server did not answer.', fix: 'Look whether it is up.' },
    },
  ];
  engine.entries = Array.from({ length: 60 }, (_, index) => ({
    time: at(index - 60),
    level: 'info',
    message: `Read page ${index}`,
    integration: 'halo-psa',
  }));
  return engine;
}
