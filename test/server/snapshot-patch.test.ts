import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IntegrationView, Snapshot } from '../../src/engine/snapshot.ts';
import { applyPatch, patchBetween } from '../../src/server/snapshot-patch.ts';
import { integration, progress, snapshotOf } from '../console/examples.ts';

const ids = ['halo-psa', 'syncro', 'stripe'] as const;
const view = (id: string) =>
  fc
    .record({
      enabled: fc.boolean(),
      failures: fc.nat(3),
      run: fc.constantFrom(null, progress(), progress({ requests: 62 })),
      records: fc.dictionary(fc.constantFrom('tickets', 'users'), fc.nat(9)),
    })
    .map((change) => integration(id, change as Partial<IntegrationView>));
const snapshots = fc
  .record({
    revision: fc.nat(),
    views: fc.tuple(...ids.map(view)),
    length: fc.integer({ min: 1, max: 3 }),
    running: fc.nat(2),
    notices: fc.array(fc.constant({ id: 'n', level: 'info' as const, text: 'A key was made.' }), { maxLength: 1 }),
  })
  .map(
    ({ revision, views, length, running, notices }): Snapshot => ({
      ...snapshotOf([]),
      revision,
      integrations: views.slice(0, length),
      queue: { running, waiting: 0, order: [] },
      notices,
    }),
  );

test('whatever changed, the difference that crossed as JSON makes the newer snapshot from the older', () => {
  fc.assert(
    fc.property(snapshots, snapshots, (before, after) => {
      const patch = JSON.parse(JSON.stringify(patchBetween(before, after)));
      expect(applyPatch(before, patch)).toEqual(after);
    }),
  );
});

test('only what changed is sent, and what did not stays the same object', () => {
  const before = snapshotOf([integration('halo-psa'), integration('syncro')]);
  const integrations = structuredClone(before.integrations).map((each) =>
    each.id === 'syncro' ? { ...each, failures: 2 } : each,
  );
  const patch = patchBetween(before, { ...structuredClone(before), revision: 2, integrations });
  expect(patch).toEqual({ revision: 2, integrations: { syncro: { failures: 2 } } });
  const after = applyPatch(before, patch);
  expect(after.integrations[0]).toBe(before.integrations[0]);
  expect(after.notices).toBe(before.notices);
});
