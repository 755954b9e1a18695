import type { Area } from '../../app/area.ts';
import { useConsole, useViewCommands } from '../../app/context.ts';
import type { Action } from '../../app/store.ts';
import { clock } from '../../app/wording.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { useList } from '../../lists/use-list.ts';
import type { Column } from '../../widgets/columns.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';

/** What was done from this console since it was started, and the command line that does the same. */
export function ActionsTab({ width, height }: Area) {
  const theme = useTheme();
  const actions = useConsole((state) => state.actions);
  const list = useList({
    what: 'actions',
    rows: actions.toReversed(),
    rowKey: ({ at, title }) => `${at} ${title}`,
    columns: columns(theme),
    page: Math.max(1, height - 2),
  });
  useViewCommands(list.commands);
  return <ListPane list={list} empty="Nothing was done from this console yet." width={width} height={height} />;
}

function columns({ style }: Theme): readonly Column<Action>[] {
  return [
    {
      key: 'at',
      title: 'At',
      min: 8,
      priority: 7,
      value: ({ at }) => clock(new Date(at).toISOString(), true),
      raw: ({ at }) => new Date(at).toISOString(),
      style: () => style.muted,
    },
    { key: 'title', title: 'Action', min: 28, max: 44, priority: 9, value: ({ title }) => title },
    {
      key: 'line',
      title: 'On the command line',
      min: 30,
      max: 60,
      priority: 8,
      value: ({ line }) => line ?? 'only here',
      style: ({ line }) => (line === null ? style.muted : style.active),
    },
  ];
}
