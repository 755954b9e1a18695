import { Box, Text } from 'ink';
import type { IntegrationView, Snapshot } from '../../../engine/snapshot.ts';
import { useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { FilterLine } from '../../lists/filter-line.tsx';
import { useList } from '../../lists/use-list.ts';
import { Table } from '../../widgets/table.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { Checks } from '../checks.tsx';
import { clip, overview } from '../integration/overview.ts';
import { type Line, Lines, line } from '../lines.tsx';
import { recordSum } from '../status.ts';
import { useChanged } from '../use-changed.ts';
import { useConnectionTest } from '../use-connection-test.ts';
import type { ViewProps } from '../view-props.ts';
import { sentence } from '../words.ts';
import { integrationColumns } from './columns.ts';
import { firstRunLines } from './first-run.ts';

const none: readonly IntegrationView[] = [];
const allOf = (snapshot: Snapshot | null) => snapshot?.integrations ?? none;

/** All integrations with their state; below, what there is to say about the selected one. */
export function IntegrationsView({ width, height }: ViewProps<'integrations'>) {
  const theme = useTheme();
  const now = useNow();
  const store = useStore();
  const all = useSnapshot(allOf);
  const { test, run } = useConnectionTest();
  const changed = useChanged(
    Object.fromEntries(
      all.flatMap((view) => [
        [`${view.id} records`, String(recordSum(view))],
        [`${view.id} issues`, String(view.issues)],
      ]),
    ),
  );
  const list = useList({
    what: 'integrations',
    rows: all,
    rowKey: (view) => view.id,
    columns: integrationColumns(theme, now, changed),
    page: Math.max(1, height - 4),
    extra: ({ status, family, id }) => ({ state: status, family, id }),
  });
  const { rows: shown, cursor, selected, filter } = list;
  const filterHeight = filter.shown ? 1 : 0;
  const listHeight = Math.min(Math.max(1, shown.length), height - 1 - filterHeight);

  useViewCommands({
    ...list.commands,
    'integration.test': () => {
      const { integration } = store.context();
      if (integration !== null) run({ id: integration.id });
    },
  });

  const inner = width - 2;
  const isNew = all.length > 0 && all.every(({ configured }) => !configured);
  const firstRun = isNew ? firstRunLines(store.settings, inner, theme) : [];
  const below = height - 2 - filterHeight - listHeight;
  const empty = all.length === 0 ? 'Loading the list.' : 'Nothing matches the filter. Esc clears it.';
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Table
        columns={list.columns}
        rows={shown}
        rowKey={(view) => view.id}
        selected={cursor}
        marked={list.marked}
        width={inner}
        height={listHeight + 1}
        empty={<Text {...theme.style.muted}>{empty}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} />}
      {below > 2 && selected !== undefined && (
        <>
          <Lines lines={[rule(selected)]} width={inner} height={1} />
          {test.phase !== 'none' && test.input?.id === selected.id ? (
            <Checks checks={test.checks} width={inner} height={below} />
          ) : (
            <Lines lines={clip(isNew ? firstRun : about(selected), below, more)} width={inner} height={below} />
          )}
        </>
      )}
    </Box>
  );

  function rule({ name }: IntegrationView): Line {
    const { glyph, style } = theme;
    const rest = glyph.rule.repeat(Math.max(0, inner - name.length - 4));
    return [
      { text: `${glyph.rule} `, style: style.muted },
      { text: name, style: style.strong },
      { text: ` ${rest}`, style: style.muted },
    ];
  }

  function about(view: IntegrationView): readonly Line[] {
    if (view.available) return overview(view, { width: inner, now, theme }, { account: false });
    return [
      line(sentence(view.summary)),
      line('Its connector is still to come; it cannot be opened yet.', theme.style.muted),
    ];
  }
}

const more = line('Enter shows all of it.', { dimColor: true });
