import { expect, test } from 'vitest';
import type { IntegrationView } from '../../src/engine/snapshot.ts';
import { Transitions } from '../../src/service/transitions.ts';
import { at, fresh, integration, now, progress, snapshotOf } from '../console/examples.ts';

const id = 'halo-psa';
const failure = { code: 'vendor-fault', cause: 'The server is down.', fix: 'Wait.' };

/** The events of a row of states, one look each. */
function told(...states: readonly (Partial<IntegrationView> & { readonly minutes?: number })[]) {
  const transitions = new Transitions();
  return states.map(({ minutes = 0, ...change }) => {
    const view = change.configured === false ? fresh(id) : integration(id, change);
    const notices = transitions.next(snapshotOf([view]), now + minutes * 60_000);
    return notices.map(({ event }) => event).join();
  });
}
const well = { status: 'connected', lastSync: at(-1) } as const;
const broken = { status: 'error', error: failure } as const;
const syncing = { status: 'syncing', run: progress() } as const;

test('a state is told when it comes, once, and not at every run', () => {
  expect(told(well, broken, syncing, broken, syncing, broken, syncing, well, well)).toEqual([
    '',
    'error',
    '',
    '',
    '',
    '',
    '',
    'recovered',
    '',
  ]);
  expect(told(well, { status: 'disconnected', error: failure }, well)).toEqual(['', 'disconnected', 'recovered']);
  expect(told(well, { configured: false })).toEqual(['', 'disconnected']);
});

test('how it stood at the start is no news, and what never was connected is none either', () => {
  expect(told(broken, broken)).toEqual(['', '']);
  expect(told({ configured: false }, { configured: false }, well, broken)).toEqual(['', '', '', 'error']);
});

test('behind is three intervals without a success, told once; also of a run that hangs', () => {
  const old = { status: 'connected', lastSync: at(0), intervalMinutes: 5 } as const;
  expect(told(old, { ...old, minutes: 15 }, { ...old, minutes: 16 }, { ...old, minutes: 40 }, well)).toEqual([
    '',
    '',
    'behind',
    '',
    'recovered',
  ]);
  expect(told(old, { ...old, ...syncing, minutes: 16 }, { ...old, ...syncing, minutes: 17 })).toEqual([
    '',
    'behind',
    '',
  ]);
  expect(told({ ...old, enabled: false }, { ...old, enabled: false, minutes: 60 })).toEqual(['', '']);
});

test('a notice says in a sentence what is wrong', () => {
  const transitions = new Transitions();
  transitions.next(snapshotOf([integration(id, well)]), now);
  expect(transitions.next(snapshotOf([integration(id, broken)]), now)).toEqual([
    {
      event: 'error',
      integration: { id, name: 'Halo PSA' },
      message: 'Halo PSA does not sync: The server is down.',
      error: failure,
      lastSync: at(-4),
    },
  ]);
});
