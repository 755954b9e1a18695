import { describe, expect, test } from 'vitest';
import type { DuplicateType } from '../../src/engine/duplicates/duplicate.ts';
import { findDuplicates } from '../../src/engine/duplicates/find.ts';
import { companyName, domainOf, phoneOf } from '../../src/engine/duplicates/rules.ts';
import type { ScannedRow } from '../../src/portal/query.ts';

const { signal } = new AbortController();
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 8, minutes)).toISOString();

/** The finder on rows as the store gives them: sorted by id, page by page. */
async function find(type: DuplicateType, rows: readonly ScannedRow[], limit?: number) {
  const sorted = rows.map((row, index) => ({ id: `r${String(index).padStart(7, '0')}`, ...row }));
  const start = (after: string | null) => (after === null ? 0 : Number(after.slice(1)) + 1);
  const reader = {
    scan: (_: unknown, __: unknown, after: string | null, n: number) => sorted.slice(start(after), start(after) + n),
  };
  return findDuplicates(reader, type, { signal, ...(limit === undefined ? {} : { limit }) });
}

const labels = async (type: DuplicateType, rows: readonly ScannedRow[]) =>
  (await find(type, rows)).groups.map(({ records, confidence }) => [confidence, ...records.map(({ label }) => label)]);

describe('companies', () => {
  test('by name without legal form and signs, by web address, by phone; more reasons make it likelier', async () => {
    expect(
      await labels('companies', [
        { name: 'The Acme Co., Ltd.', website: 'https://www.acme.example/about', phone: '+47 22 33 44 55 66' },
        { name: 'ACME', website: 'acme.example', phone: null },
        { name: 'Bolt GmbH', website: null, phone: '0151 2345 6789' },
        { name: 'Bolt & Sons', website: null, phone: '+49 (151) 2345-6789' },
        { name: 'Cedar', website: 'https://mail.gmail.com', phone: '100' },
        { name: 'Dune', website: 'https://gmail.com', phone: '100' },
      ]),
    ).toEqual([
      [0.97, 'ACME', 'The Acme Co., Ltd.'],
      [0.5, 'Bolt & Sons', 'Bolt GmbH'],
    ]);
  });

  test.each([
    ['S.A. Müller & Fils S.A.', 'muller and fils'],
    ['Limited', 'limited'],
    ['  Übung   AG ', 'ubung'],
  ])('%s is %s', (name, plain) => expect(companyName(name)).toBe(plain));

  test('what says nothing is no key', () => {
    expect([domainOf('gmail.com'), domainOf('n/a'), phoneOf('12 34'), phoneOf('')]).toEqual(['', '', '', '']);
  });
});

test('contacts: by e-mail, by name within a company, by phone and last name; a shared mailbox is no person', async () => {
  const shared = Array.from({ length: 20 }, (_, n) => ({
    fullName: `P ${n}`,
    email: 'office@acme.example',
    companyId: 'a',
  }));
  const { groups } = await find('contacts', [
    { fullName: 'Kim Lee', email: 'Kim@acme.example', companyId: 'a', provider: 'halo-psa', externalId: '1' },
    { fullName: 'K. Lee', email: 'kim@ACME.example', companyId: 'b', provider: 'syncro', externalId: '9' },
    { fullName: 'Ann Day', email: null, companyId: 'a' },
    { fullName: 'Ánn  Day', email: null, companyId: 'a' },
    { fullName: 'Ann Day', email: null, companyId: 'b' },
    ...shared,
  ]);
  expect(groups.map(({ records, reasons }) => [records.length, ...reasons])).toEqual([
    [2, 'same e-mail address kim@acme.example'],
    [2, 'same name at the same company'],
  ]);
  expect(groups[0]?.records).toContainEqual({
    id: 'r0000001',
    label: 'K. Lee kim@ACME.example',
    integration: 'syncro',
    externalId: '9',
  });
});

test('tickets: same company and title within an hour; the same again next week is another', async () => {
  const ticket = (ticketNumber: string, minutes: number, companyId = 'a') => ({
    ticketNumber,
    title: 'Printer is out of paper',
    companyId,
    createdAt: at(minutes),
  });
  expect(
    await labels('tickets', [
      ticket('3', 10_080),
      ticket('1', 0),
      ticket('2', 20),
      ticket('4', 5, 'b'),
      ticket('6', 119, 'b'),
      ticket('5', 10_090),
    ]),
  ).toEqual([
    [0.8, '1 Printer is out of paper', '2 Printer is out of paper'],
    [0.8, '3 Printer is out of paper', '5 Printer is out of paper'],
  ]);
});

test('the order of the rows makes no difference, the limit says what is left out, and many rows are no trouble', async () => {
  const rows = Array.from({ length: 60_000 }, (_, n) => ({
    fullName: `User ${n}`,
    email: `u${n % 59_990}@acme.example`,
  }));
  const found = await find('users', rows, 4);
  expect([found.groups.length, found.more, found.compared]).toEqual([4, 6, 60_000]);
  const reversed = await find('users', rows.toReversed(), 4);
  const names = ({ groups }: typeof found) => groups.map(({ records }) => records.map(({ label }) => label));
  expect(names(reversed)).toEqual(names(found));
});
