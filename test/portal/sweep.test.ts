import { expect, test } from 'vitest';
import { apply, at, company, open, sums } from './fixture.ts';

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => company(String(from + n), { name: `C${from + n}` }));
const guard = { maxShare: 0.1, minRows: 5 };

test('what a full pass did not see is gone; held rows were seen; other types and integrations are left alone', () => {
  const portal = open();
  apply(portal, 'companies', rows(0, 20));
  apply(portal, 'companies', rows(0, 20), { integration: 'syncro' });
  apply(portal, 'contacts', [{ kind: 'record', externalId: '1', modifiedAt: null, record: { fullName: 'Ann' } }]);
  portal.raiseIssue({
    integration: 'halo-psa',
    type: 'companies',
    externalId: '99',
    reason: 'malformed',
    label: 'x',
    detail: 'x',
    at,
  });

  portal.beginPass('halo-psa', 'companies');
  apply(portal, 'companies', rows(0, 18));
  apply(portal, 'companies', [{ kind: 'held', externalId: '18', label: 'C18', reason: 'not-selected', detail: 'x' }]);
  expect(portal.sweep('halo-psa', 'companies', 'run', guard)).toEqual({ gone: 1, refused: 0 });
  expect(portal.counts('halo-psa')).toEqual({ companies: 19, contacts: 1 });
  expect(portal.counts('syncro')).toEqual({ companies: 20 });
  expect(portal.issues({}).map((issue) => issue.externalId)).toEqual(['18']);
  expect(portal.verify()).toEqual([]);
});

test.each([
  { live: 100, lost: 11, swept: false },
  { live: 100, lost: 10, swept: true },
  { live: 10, lost: 5, swept: true },
  { live: 10, lost: 6, swept: false },
])('$lost of $live missing: swept $swept', ({ live, lost, swept }) => {
  const portal = open();
  apply(portal, 'companies', rows(0, live));
  portal.beginPass('halo-psa', 'companies');
  apply(portal, 'companies', rows(lost, live));
  expect(portal.sweep('halo-psa', 'companies', 'run', guard)).toEqual({
    gone: swept ? lost : 0,
    refused: swept ? 0 : lost,
  });
  expect(portal.count({ type: 'companies' })).toBe(swept ? live - lost : live);
});

test('a pass is used up by its sweep, and a new one starts empty', () => {
  const portal = open();
  apply(portal, 'companies', rows(0, 3));
  expect(() => portal.sweep('halo-psa', 'companies', 'run', guard)).toThrow('No pass');
  portal.beginPass('halo-psa', 'companies');
  apply(portal, 'companies', rows(0, 3));
  portal.beginPass('halo-psa', 'companies');
  apply(portal, 'companies', rows(0, 1));
  expect(portal.sweep('halo-psa', 'companies', 'run', guard).gone).toBe(2);
  expect(() => portal.sweep('halo-psa', 'companies', 'run', guard)).toThrow('No pass');
});

test('more than one transaction of rows is swept and counted in the run', () => {
  const portal = open();
  portal.beginRun({ id: 'run', integration: 'halo-psa', trigger: 'manual', startedAt: at });
  apply(portal, 'companies', rows(0, 1100));
  portal.beginPass('halo-psa', 'companies');
  expect(portal.sweep('halo-psa', 'companies', 'run', { maxShare: 1, minRows: 0 }).gone).toBe(1100);
  expect(sums(portal.run('run')!.types.companies!)).toMatchObject({ gone: 1100 });
  expect(portal.counts()).toEqual({});
  expect(portal.verify()).toEqual([]);
});
