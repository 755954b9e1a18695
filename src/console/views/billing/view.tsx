import { useState } from 'react';
import { counted, relativeTime } from '../../../text/format.ts';
import { money } from '../../../text/money.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { fit } from '../../../text/width.ts';
import { useEngine, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { readAll } from '../../lists/read-all.ts';
import { useList } from '../../lists/use-list.ts';
import type { Column } from '../../widgets/columns.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { blank, type Line, line } from '../lines.tsx';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { type Account, accounts } from './accounts.ts';

/** Beyond this the sums would take longer than one waits; no MSP bills so many. */
const most = 50_000;
const none: readonly Account[] = [];

/** What each company pays a month, what it owes, and since when; below, the open invoices of the selected one. */
export function BillingView({ width, height }: ViewProps<'billing'>) {
  const theme = useTheme();
  const now = useNow();
  const engine = useEngine();
  const store = useStore();
  const freshness = useSnapshot(synced);
  const [reads, setReads] = useState(0);
  const loaded = useLoaded(async () => {
    const active = [{ field: 'isActive', op: '=', value: true }] as const;
    const open = [{ field: 'isOpen', op: '=', value: true }] as const;
    return {
      subscriptions: await readAll(engine, { type: 'subscriptions', where: active }, most),
      invoices: await readAll(engine, { type: 'invoices', where: open }, most),
    };
  }, `${freshness} ${reads}`);
  const all = loaded === null ? none : accounts(loaded.subscriptions, loaded.invoices, now);
  const list = useList({
    what: 'billing',
    rows: all,
    rowKey: ({ key }) => key,
    columns: columns(theme, now),
    page: Math.max(1, height - 10),
    sort: { column: 'overdue', descending: true },
  });
  const { selected } = list;
  const detail = selected === undefined ? [] : invoiceLines(selected, theme);
  const head = totals(all, height > 30 ? 6 : 3, theme);
  useViewCommands({
    ...list.commands,
    'records.refresh': () => setReads(reads + 1),
    'records.open': () => {
      if (selected === undefined) return;
      if (selected.companyId !== null) store.open({ view: 'company', record: selected.companyId });
      else
        store.open({
          view: 'records',
          type: 'invoices',
          filter: `customer="${selected.name.replaceAll('"', '')}" open:yes`,
        });
    },
  });
  const empty = loaded === null ? null : 'Nobody pays yet.';
  return <ListPane list={list} head={head} detail={detail} empty={empty} width={width} height={height} />;
}

/** A line for each currency, as many as there is room for: monthly, open and overdue. */
function totals(all: readonly Account[], room: number, { style, glyph }: Theme): readonly Line[] {
  const currencies = [...new Set(all.map(({ currency }) => currency))];
  const sumOf = (currency: string, key: 'monthly' | 'open' | 'overdue') =>
    all.reduce((total, account) => total + (account.currency === currency ? account[key] : 0), 0);
  const lines = currencies
    .toSorted((a, b) => sumOf(b, 'overdue') - sumOf(a, 'overdue') || sumOf(b, 'monthly') - sumOf(a, 'monthly'))
    .map((currency): Line => {
      const overdue = sumOf(currency, 'overdue');
      return [
        { text: fit(money(sumOf(currency, 'monthly'), currency), 18, { align: 'right' }), style: style.strong },
        { text: ' a month' },
        { text: fit(money(sumOf(currency, 'open'), currency), 20, { align: 'right' }) },
        { text: ' open', style: style.muted },
        overdue > 0
          ? { text: `   ${glyph.warning} ${money(overdue, currency)} overdue`, style: style.warning }
          : { text: '   nothing overdue', style: style.muted },
      ];
    });
  const test = all.some(({ isTest }) => isTest) ? [line('Test data: no real money.', style.warning)] : [];
  const rest =
    lines.length > room
      ? [line(`and ${counted(lines.length - room + 1, 'currency', 'currencies')} more`, style.muted)]
      : [];
  return [...test, ...lines.slice(0, rest.length > 0 ? room - 1 : room), ...rest, blank];
}

function columns({ style, glyph }: Theme, now: number): readonly Column<Account>[] {
  const sum = (key: 'monthly' | 'open' | 'overdue', title: string, priority: number): Column<Account> => ({
    key,
    title,
    min: 14,
    max: 18,
    priority,
    align: 'right',
    value: (account) => (account[key] === 0 ? glyph.untested : money(account[key], account.currency)),
    raw: (account) => account[key],
    style: (account) => (account[key] === 0 ? style.muted : key === 'overdue' ? style.warning : undefined),
  });
  return [
    { key: 'name', title: 'Company', min: 20, max: 40, priority: 9, value: ({ name }) => sanitise(name) },
    sum('monthly', 'Monthly', 7),
    sum('open', 'Open', 6),
    sum('overdue', 'Overdue', 8),
    {
      key: 'since',
      title: 'Due',
      min: 12,
      priority: 5,
      value: ({ since }) => (since === null ? '' : relativeTime(since, now)),
      raw: ({ since }) => since,
      style: () => style.warning,
    },
    {
      key: 'matched',
      title: 'Known as',
      min: 12,
      priority: 1,
      value: ({ companyId }) => (companyId === null ? 'customer only' : 'company'),
      style: () => style.muted,
    },
  ];
}

function invoiceLines(account: Account, { style, glyph }: Theme): readonly Line[] {
  const { invoices, name } = account;
  if (invoices.length === 0) return [line(`${sanitise(name)} owes nothing.`, style.muted)];
  return [
    line(`${sanitise(name)}: ${counted(invoices.length, 'open invoice')}`, style.strong),
    ...invoices.map(({ number, remaining, currency, dueDate, overdue }): Line => {
      const when = dueDate === null ? 'charged at once' : `due ${stamp(dueDate).slice(0, 10)}`;
      return [
        { text: fit(`  ${sanitise(number)}`, 20) },
        { text: fit(money(remaining, currency), 18, { align: 'right' }) },
        { text: `   ${when}`, style: style.muted },
        overdue && dueDate !== null ? { text: `  ${glyph.warning} overdue`, style: style.warning } : { text: '' },
      ];
    }),
  ];
}
