import { expect, test } from 'vitest';
import { healthCodes, healthLine, healthOf } from '../../src/cli/health.ts';
import { at, coming, fresh, integration, now, snapshotOf } from '../console/examples.ts';

const late = (minutes: number) => integration('halo-psa', { lastSync: at(-minutes), intervalMinutes: 15 });

test.each([
  ['in sync', late(4), 'OK'],
  ['late', late(50), 'WARNING'],
  ['very late', late(200), 'CRITICAL'],
  ['never synced', integration('halo-psa', { lastSync: null }), 'WARNING'],
  [
    'in error',
    integration('halo-psa', { status: 'error', error: { code: 'x', cause: 'No | way', fix: '' } }),
    'CRITICAL',
  ],
  ['disconnected', integration('halo-psa', { status: 'disconnected' }), 'CRITICAL'],
  ['disabled', integration('halo-psa', { enabled: false, lastSync: null }), 'OK'],
  ['asked for but not connected', fresh('halo-psa'), 'CRITICAL'],
  ['asked for but not there', coming('halo-psa'), 'UNKNOWN'],
])('one that is %s', (_, view, status) => {
  const report = healthOf(snapshotOf([view]), now, 'halo-psa');
  expect(report.status).toBe(status);
  expect(Object.keys(healthCodes)[healthCodes[report.status]]).toBe(status);
  // One line; one bar, before the figures.
  expect(healthLine(report)).toMatch(/^MSPORTAL [A-Z]+ - [^|\n]+( \| [^|\n]+)?$/);
});

test('all together: the worst counts, figures of each, and nobody to run the syncs is critical', () => {
  const views = [late(4), integration('stripe', { lastSync: at(-50), intervalMinutes: 15 })];
  expect(healthLine(healthOf(snapshotOf(views), now))).toBe(
    "MSPORTAL WARNING - stripe: last sync 50 min ago, should be every 15 min | 'halo-psa age'=240s;2700;10800;0 'halo-psa issues'=3;;;0 'halo-psa records'=12340;;;0 'stripe age'=3000s;2700;10800;0 'stripe issues'=3;;;0 'stripe records'=12340;;;0",
  );
  expect(healthOf(snapshotOf(views, { owner: null }), now)).toMatchObject({
    status: 'CRITICAL',
    text: expect.stringContaining('no process runs the syncs'),
  });
  expect(healthOf(snapshotOf([]), now).status).toBe('UNKNOWN');
});
