/** Sync issues in the store: in groups, a page at a time, found by words, dismissed and restored together. */
import { expect, test } from 'vitest';
import { ignoredDetail } from '../../src/portal/issue-reasons.ts';
import { apply, company, open, record, ticket } from './fixture.ts';

const later = '2026-03-03T10:00:00Z';

function held() {
  const portal = open();
  const ofCompany = (id: string, companyExternalId: string) => ticket(id, { title: `T${id}`, companyExternalId });
  apply(
    portal,
    'tickets',
    Array.from({ length: 7 }, (_, index) => ofCompany(String(index), index < 2 ? '8' : '7')),
  );
  apply(portal, 'tickets', [{ kind: 'held', externalId: 'x', label: 'X', reason: 'not-selected', detail: 'A board.' }]);
  apply(portal, 'contacts', [
    record<'contacts'>('c', { fullName: 'Ann', email: 'a@x.example', companyExternalId: '7' }),
  ]);
  portal.raiseIssue({
    integration: 'halo-psa',
    type: null,
    externalId: null,
    reason: 'part-failed',
    label: 'A tenant',
    detail: '',
    at: later,
  });
  return portal;
}

test('groups are told with their sums and newest examples, largest first; issues of no type are a group too', () => {
  const portal = held();
  const groups = portal.issueGroups({});
  expect(groups.map(({ reason, type, count, examples }) => [reason, type, count, examples.length])).toEqual([
    ['company-not-imported', 'tickets', 7, 3],
    ['part-failed', null, 1, 1],
    ['company-not-imported', 'contacts', 1, 1],
    ['not-selected', 'tickets', 1, 1],
  ]);
  expect(groups[0]!.examples).toEqual(portal.issues({ type: 'tickets', reason: 'company-not-imported', limit: 3 }));
  expect(groups[1]).toMatchObject({ since: later, examples: [{ label: 'A tenant', dismissed: false }] });
  expect(portal.issueGroups({ integration: 'syncro' })).toEqual([]);
});

test('words are found in label, detail and id, plain or negated, and never taken for patterns', () => {
  const portal = held();
  const found = (...words: { not: boolean; value: string }[]) => portal.issues({ type: 'tickets', words }).length;
  expect(found({ not: false, value: 'COMPANY 8' })).toBe(2);
  expect(found({ not: true, value: 'company 8' })).toBe(6);
  expect(found({ not: false, value: 'company' }, { not: false, value: 't3' })).toBe(1);
  expect(found({ not: false, value: '%' })).toBe(0);
});

test('pages in any order hold every issue once', () => {
  const portal = held();
  const page = (offset: number) =>
    portal.issues({ type: 'tickets', limit: 3, offset, sort: { by: 'label', descending: false } });
  const labels = [0, 3, 6].flatMap(page).map(({ label }) => label);
  expect(labels).toEqual(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'X']);
});

test('a whole group is dismissed at once, and restored without those that were dismissed before', () => {
  const portal = held();
  const group = { type: 'tickets', reason: 'company-not-imported' } as const;
  const first = portal.issues(group)[0]!;
  portal.dismissIssues({ ids: [first.id] });
  const ids = portal.dismissIssues(group);
  expect(ids).toHaveLength(6);
  expect([portal.issues(group).length, portal.issues({}).length]).toEqual([0, 3]);
  expect(portal.restoreIssues({ ids })).toHaveLength(6);
  expect(portal.issues(group).map(({ id }) => id)).not.toContain(first.id);
  expect(portal.restoreIssues(group)).toEqual([first.id]);
  expect(portal.issues(group)).toHaveLength(7);
});

test('a row that is ignored says what brings it back, in the words that the to-do knows', () => {
  const portal = open();
  apply(portal, 'companies', [company('7', { name: 'Acme' })]);
  const row = { integration: 'halo-psa', type: 'companies', externalId: '7' } as const;
  portal.unlink(row);
  apply(portal, 'companies', [company('7', { name: 'Acme Ltd' })]);
  portal.ignore(row);
  expect(portal.issues({ includeDismissed: true })).toMatchObject([{ reason: 'not-selected', detail: ignoredDetail }]);
});
