import { expect, test } from 'vitest';
import { sidebarItems } from '../../../src/console/app/sidebar-items.ts';
import { cellsOf, filterRows, sortRows } from '../../../src/console/lists/list.ts';
import { accounts } from '../../../src/console/views/billing/accounts.ts';
import { perMinute, stretches } from '../../../src/console/views/per-minute.ts';
import { fieldLines, firstSort, recordColumns } from '../../../src/console/views/records/columns.ts';
import { parseEdit } from '../../../src/console/views/records/edit.ts';
import { type Column, fitColumns } from '../../../src/console/widgets/columns.ts';
import { sparkline } from '../../../src/console/widgets/sparkline.ts';
import { createTheme } from '../../../src/console/widgets/theme.ts';
import { recordFamilies } from '../../../src/portal/records/families.ts';
import { definitionOf, recordTypeNames } from '../../../src/portal/records/index.ts';
import { noCounters, type RunRecord } from '../../../src/portal/run.ts';
import { at, integration, now, progress, snapshotOf } from '../examples.ts';

interface Row {
  readonly name: string;
  readonly size: number | null;
}
const columns: readonly Column<Row>[] = [
  { key: 'name', title: 'Last name', min: 5, value: ({ name }) => name },
  { key: 'size', title: 'Size', min: 5, value: ({ size }) => `${size} kg`, raw: ({ size }) => size },
];
const rows = [
  { name: 'b 10', size: 9 },
  { name: 'b 9', size: 100 },
  { name: 'A', size: null },
];
const names = (found: readonly Row[]) => found.map(({ name }) => name);

test('a list sorts by what a column means, numbers in names as numbers, and leaves blanks last both ways', () => {
  expect(names(sortRows(rows, columns, { column: 'name', descending: false }))).toEqual(['A', 'b 9', 'b 10']);
  expect(names(sortRows(rows, columns, { column: 'size', descending: false }))).toEqual(['b 10', 'b 9', 'A']);
  expect(names(sortRows(rows, columns, { column: 'size', descending: true }))).toEqual(['b 9', 'b 10', 'A']);
  const blankFirst = rows.toReversed();
  expect(names(sortRows(blankFirst, columns, { column: 'size', descending: true }))).toEqual(['b 9', 'b 10', 'A']);
  expect(names(sortRows(rows, columns, null))).toEqual(names(rows));
});

test('a list is filtered by the words above its columns and by what is behind them', () => {
  expect(names(filterRows(rows, columns, 'size>9', now))).toEqual(['b 9']);
  expect(names(filterRows(rows, columns, 'last:b !last:10', now))).toEqual(['b 9']);
  const secret = ({ name }: Row) => ({ secret: name === 'A' ? 'hidden' : '' });
  expect(names(filterRows(rows, columns, 'hidden', now, secret))).toEqual(['A']);
  expect(cellsOf(columns, rows[0]!)).toEqual({ lastName: 'b 10', size: 9 });
});

test('every record type is in one family', () => {
  expect(recordFamilies.flatMap(({ types }) => types).sort()).toEqual([...recordTypeNames].sort());
});

test('nothing pushes the entries that are always there out of the sidebar, at any height', () => {
  const records = Object.fromEntries(recordTypeNames.map((type) => [type, 1000]));
  const snapshot = snapshotOf([integration('halo-psa', { records })]);
  for (const type of ['companies', 'refunds', 'completions'] as const) {
    for (let height = 8; height < 60; height += 1) {
      const items = sidebarItems(snapshot, { view: 'records', type }, height);
      expect(items.length, `${height}`).toBeLessThanOrEqual(height);
      const keys = items.map(({ key }) => key).join('');
      expect(keys).toMatch(/^IAU.*L.*,.*R/);
      if (height >= 18)
        expect(
          items.some((item) => item.kind === 'type' && item.current),
          `${type} ${height}`,
        ).toBe(true);
    }
  }
  const few = snapshotOf([integration('halo-psa', { records: { companies: 3 } })]);
  const shown = sidebarItems(few, { view: 'integrations' }, 40).filter(({ kind }) => kind === 'type');
  expect(shown.map(({ label }) => label)).toEqual(['Companies']);
  // What two integrations know of is one record.
  const known = { records: { companies: 3 } };
  const views = [integration('halo-psa', known), integration('syncro', known)];
  const shared = sidebarItems(snapshotOf(views, { totals: { companies: 4 } }), { view: 'integrations' }, 40);
  expect(shared.find(({ kind }) => kind === 'type')?.figure).toBe('4');
});

test('what a payer owes is summed by currency; only what is past its date is overdue', () => {
  const payer = { companyId: 'c1', companyName: 'Acme', customerId: 'k1', customerName: 'Acme Ltd', isLive: true };
  const invoice = (id: string, amountRemaining: number, dueDate: string | null, more = {}) => ({
    id,
    ...payer,
    number: id,
    currency: 'EUR',
    amountRemaining,
    dueDate,
    ...more,
  });
  const [eur, usd, other] = accounts(
    [{ id: 's1', ...payer, currency: 'EUR', monthlyAmount: 99.5 }],
    [
      invoice('i1', 100, at(-60)),
      invoice('i2', 20, at(60)),
      invoice('i3', 7, null),
      invoice('i4', 50, at(-10), { currency: 'USD' }),
      invoice('i5', 5, at(-5), { companyId: null, companyName: null, customerId: 'k2', customerName: 'Stray' }),
    ],
    now,
  );
  expect(eur).toMatchObject({ name: 'Acme', monthly: 99.5, open: 127, overdue: 100, since: at(-60), isTest: false });
  expect(eur?.invoices.map(({ number }) => number)).toEqual(['i1', 'i2', 'i3']);
  expect(usd).toMatchObject({ currency: 'USD', monthly: 0, overdue: 50 });
  expect(other).toMatchObject({ name: 'Stray', companyId: null, overdue: 5 });
});

test('records per minute spread a run over its time', () => {
  const run = (startedAt: string, endedAt: string, read: number) =>
    ({ startedAt, endedAt, types: { tickets: { ...noCounters(), read } } }) as unknown as RunRecord;
  const running = integration('halo-psa', {
    run: progress({
      startedAt: at(-2),
      types: { tickets: { ...noCounters(), read: 40, state: 'running', total: null } },
    }),
  });
  const read = stretches([run(at(-3), at(-1), 200), run(at(-90), at(-80), 999)], [running], now);
  expect(perMinute(read, now, 5).map(Math.round)).toEqual([0, 0, 100, 120, 20]);
  // Half a minute later the minutes are the same ones: what has ended stays where it is.
  expect(perMinute(read.slice(0, 1), now + 30_000, 5).map(Math.round)).toEqual([0, 100, 100, 0, 0]);
  expect(perMinute(read.slice(0, 1), now + 60_000, 5).map(Math.round)).toEqual([0, 100, 100, 0, 0]);
});

test('a sparkline has one cell a value, or means of neighbours; some is never drawn as none', () => {
  const line = (values: readonly number[], width: number) => sparkline(values, width, { unicode: true, from: 0 });
  expect(line([0, 1, 1000], 10)).toBe('▁▂█');
  expect(line([0, 0, 8, 8], 2)).toBe('▁█');
  expect(line([], 10)).toBe('');
  expect(sparkline([5, 5], 4, { unicode: false })).toBe('__');
});

test('a change as it is typed becomes fields of the vendor, or says what cannot be changed', () => {
  const tickets = definitionOf('tickets');
  const edit = (text: string) => parseEdit(text, tickets, ['title', 'status', 'hoursBudgeted']);
  expect(edit('title=Printer, again, status=Closed')).toEqual({
    ok: true,
    kind: 'update',
    fields: { title: 'Printer, again', status: 'Closed' },
  });
  expect(edit('hours=2.5, title=')).toMatchObject({ fields: { hoursBudgeted: 2.5, title: null } });
  expect(edit('note=Called = back')).toEqual({
    ok: true,
    kind: 'note',
    fields: { text: 'Called = back', private: true },
  });
  expect(edit('company=x')).toMatchObject({ ok: false, problem: expect.stringMatching(/title, status/) });
  expect(edit('close it')).toMatchObject({ ok: false });
});

test('lists begin with the newest where that is asked for, and always show what they are sorted by', () => {
  const tickets = definitionOf('tickets');
  const sort = firstSort(tickets);
  expect(sort).toEqual({ field: 'updatedAt', descending: true });
  expect(firstSort(definitionOf('companies'))).toEqual({ field: 'name', descending: false });
  const fitted = fitColumns(recordColumns(tickets, sort, createTheme({ colour: '16', unicode: true }), now), 78);
  expect(fitted.map(({ column }) => column.key)).toEqual([
    'ticketNumber',
    'title',
    'companyName',
    'status',
    'updatedAt',
  ]);
  for (const type of recordTypeNames) {
    const { newest, columns } = definitionOf(type);
    if (newest !== undefined) expect(columns[newest]?.index, type).toBe(true);
  }
});

test('a record tells first what lists show of it, and last the ids', () => {
  const record = {
    id: '1',
    externalId: '7',
    title: 'VPN',
    status: 'Open',
    description: 'Since noon.',
    companyName: 'Acme',
  };
  const lines = fieldLines(definitionOf('tickets'), record as never, 80, createTheme({ colour: '16', unicode: true }));
  const names = lines.map((line) => line[0]?.text.trim());
  expect(names.slice(0, 7)).toEqual(['VPN', '', 'Company', 'Status', 'Description', 'Id', 'External id']);
});
