import { Box, Text } from 'ink';
import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { useKeys } from '../../src/console/keys/use-keys.ts';
import { useTerminalSize } from '../../src/console/terminal/screen-context.ts';
import { fitColumns } from '../../src/console/widgets/columns.ts';
import { moveCursor, scrollTo } from '../../src/console/widgets/scroll.ts';
import { type Column, Table } from '../../src/console/widgets/table.tsx';
import { mountScreen } from './screen.ts';

interface Company {
  readonly id: string;
  readonly name: string;
  readonly tickets: number;
}

const columns: readonly Column<Company>[] = [
  { key: 'name', title: 'Company', min: 12, max: 40, priority: 3, value: (row) => row.name },
  { key: 'id', title: 'Id', min: 6, priority: 1, value: (row) => row.id },
  {
    key: 'tickets',
    title: 'Tickets',
    min: 7,
    priority: 2,
    align: 'right',
    value: (row) => String(row.tickets),
    style: (row) => (row.tickets > 1000 ? { color: 'red' } : undefined),
  },
];

const companies = (count: number): Company[] =>
  Array.from({ length: count }, (_, index) => ({ id: `C-${index}`, name: `Company ${index}`, tickets: index }));

function Browser({ rows }: { readonly rows: readonly Company[] }) {
  const size = useTerminalSize();
  const [cursor, setCursor] = useState(0);
  const [first, setFirst] = useState(0);
  useKeys(({ id }) => {
    if (id === 'c') setFirst((value) => value + 1);
    const next = moveCursor(id, cursor, size.rows - 2, rows.length);
    if (next !== null) setCursor(next);
  });
  const shown = rows.map((row, index) => (index === 5 ? { ...row, tickets: row.tickets + first } : row));
  return (
    <Box flexDirection="column">
      <Table
        columns={columns}
        rows={shown}
        rowKey={(row) => row.id}
        selected={cursor}
        width={size.columns}
        height={size.rows - 1}
        empty={<Text>No company yet.</Text>}
      />
      <Text>end</Text>
    </Box>
  );
}

test('one line per record; the selected one has a mark and is inverse', async () => {
  const screen = await mountScreen(<Browser rows={companies(100)} />, { columns: 60, rows: 15 });
  expect(screen.lines().slice(0, 3)).toEqual([
    `  Company${' '.repeat(34)}Id     Tickets`,
    `> Company 0${' '.repeat(32)}C-0          0`,
    `  Company 1${' '.repeat(32)}C-1          1`,
  ]);
  expect([screen.cell(4, 1).inverse, screen.cell(55, 1).inverse, screen.cell(4, 2).inverse]).toEqual([
    true,
    true,
    false,
  ]);
  await screen.press('j', 'j', 'j');
  expect(screen.lines()[4]).toContain('> Company 3');
  await screen.press('G');
  expect(screen.lines()[13]).toContain('> Company 99');
  await screen.press('k');
  expect(screen.lines()[12]).toContain('> Company 98');
  expect(screen.lines()[14]).toBe('end');
  await screen.unmount();
});

test('wide, combining and right-to-left text keeps the columns in line', async () => {
  const names = ['株式会社テスト', 'e\u0301'.repeat(9), 'שלום עולם', '한국어 회사', 'x'.repeat(90)];
  const rows = names.map((name, index) => ({ id: `C-${index}`, name, tickets: 2000 }));
  const screen = await mountScreen(<Browser rows={rows} />, { columns: 60, rows: 15 });
  for (const [index] of names.entries()) {
    expect(screen.cell(43, index + 1).text).toBe('C');
    expect(screen.cell(56, index + 1).text).toBe('0');
  }
  expect(screen.cell(56, 2).colour).toBe(1);
  await screen.unmount();
});

test('an empty list says what to do', async () => {
  const screen = await mountScreen(<Browser rows={[]} />);
  expect(screen.text()).toContain('No company yet.');
  await screen.unmount();
});

describe('what an update costs at 100x30', () => {
  test('a changed cell fits into one packet, a moved selection too, and idling costs nothing', async () => {
    const screen = await mountScreen(<Browser rows={companies(500)} />);
    const cost = async (key: string) => {
      const before = screen.bytesWritten;
      await screen.press(key);
      return screen.bytesWritten - before;
    };
    expect(await cost('c')).toBeLessThan(250);
    expect(await cost('j')).toBeLessThan(600);
    expect(await cost('x')).toBe(0);
    await screen.unmount();
  });
});

test('no frame is higher than the window, whatever its size', async () => {
  const screen = await mountScreen(<Browser rows={companies(300)} />, { columns: 100, rows: 30 });
  for (const [columns, rows] of [
    [1, 1],
    [5, 2],
    [20, 5],
    [59, 15],
    [60, 14],
    [60, 15],
    [61, 16],
    [80, 24],
    [100, 30],
    [132, 43],
    [200, 60],
    [40, 100],
    [60, 15],
  ] as const) {
    await screen.resize(columns, rows);
    await screen.press('j');
    expect(screen.scrolledOut, `${columns}x${rows}`).toBe(0);
    if (columns < 60 || rows < 15) continue;
    expect(screen.lines()[0], `${columns}x${rows}`).toMatch(/^ {2}Company/);
    expect(screen.lines()[rows - 1]).toBe('end');
  }
  await screen.unmount();
});

test('a window that is too small says so, and what was there is still there afterwards', async () => {
  const screen = await mountScreen(<Browser rows={companies(30)} />, { columns: 80, rows: 24 });
  await screen.press('j');
  await screen.resize(40, 10);
  expect(screen.text().trim()).toBe('Window too small: 40x10, needs 60x15');
  await screen.press('j');
  await screen.resize(80, 24);
  expect(screen.text()).toContain('> Company 2');
  await screen.unmount();
});

test('columns give way by priority and share what is left', () => {
  const widths = (cells: number) => fitColumns(columns, cells).map(({ column, width }) => `${column.key} ${width}`);
  expect(widths(100)).toEqual(['name 40', 'id 6', 'tickets 7']);
  expect(widths(30)).toEqual(['name 15', 'id 6', 'tickets 7']);
  expect(widths(25)).toEqual(['name 17', 'tickets 7']);
  expect(widths(15)).toEqual(['name 15']);
  expect(widths(5)).toEqual(['name 5']);
  for (let cells = 0; cells < 120; cells++) {
    const total = fitColumns(columns, cells).reduce((sum, { width }) => sum + width + 1, -1);
    expect(total).toBeLessThanOrEqual(Math.max(0, cells));
  }
});

test('a window moves as little as it can', () => {
  expect([
    scrollTo(0, 9, 10, 100),
    scrollTo(0, 10, 10, 100),
    scrollTo(5, 4, 10, 100),
    scrollTo(95, 99, 10, 100),
  ]).toEqual([0, 1, 4, 90]);
  expect(scrollTo(7, 0, 10, 3)).toBe(0);
});
