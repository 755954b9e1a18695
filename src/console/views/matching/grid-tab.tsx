import { Box, Text } from 'ink';
import { useState } from 'react';
import type { GridQuery, GridRow } from '../../../portal/link-commands.ts';
import { parseFilter } from '../../../portal/records/filter.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { count, counted } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useNames, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { moveCommands } from '../../lists/cursor.ts';
import { FilterLine, useFilter } from '../../lists/filter-line.tsx';
import { useExport } from '../../lists/use-export.ts';
import { useWindowedList } from '../../lists/use-windowed-list.ts';
import { offset } from '../../lists/window.ts';
import { Table } from '../../widgets/table.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';
import { allRows, columns, flat, rowsOf } from './grid.ts';

const type = 'companies';
const definition = definitionOf(type);
const none: readonly GridRow[] = [];

/** Companies by integrations: who is linked where, and what is missing. A window into any number of them. */
export function GridTab({ width, height }: Area) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const nameOf = useNames();
  const filter = useFilter();
  const exporting = useExport();
  const [missingOnly, showMissing] = useMemory('missing', false);
  const [column, setColumn] = useMemory('column', 0);
  const [descending, setDescending] = useMemory('descending', false);
  const [marked, setMarked] = useMemory<readonly GridRow[]>('marked', none);
  const [reads, setReads] = useState(0);
  const freshness = useSnapshot(synced);
  const connected = useSnapshot((snapshot) =>
    (snapshot?.integrations ?? []).flatMap(({ id, configured }) => (configured ? [id] : [])).join(),
  );
  const integrations = connected === '' ? [] : connected.split(',');
  const at = integrations[Math.min(column, integrations.length - 1)];
  const parsed = parseFilter(filter.text, definition, useNow());
  const query: GridQuery = {
    type,
    integrations,
    missingOnly,
    descending,
    ...(parsed.ok && parsed.where.length > 0 ? { where: parsed.where } : {}),
  };
  const condition = { type, where: query.where ?? [], ...(missingOnly ? { lacking: integrations } : {}) } as const;
  const state = `${freshness} ${reads}`;
  const total = useLoaded(() => engine.countRecords(condition), `${JSON.stringify(condition)} ${state}`);
  const filterHeight = filter.shown ? 1 : 0;
  const list = useWindowedList({
    kind: type,
    query: JSON.stringify(query),
    read: async (after, limit) => {
      const { rows, next } = await engine.grid({ ...query, after, limit });
      return { records: rows, next };
    },
    freshness: state,
    page: Math.max(1, height - filterHeight - 2),
    total: total ?? 0,
    count: () => engine.countRecords(condition),
    reverse: () => setDescending(!descending),
  });
  const { held, cursor, row: selected } = list;
  const isMarked = (row: GridRow) => marked.some(({ recordId }) => recordId === row.recordId);
  const name = selected === null ? '' : sanitise(selected.label);

  const decide = (work: () => Promise<string>) =>
    store.attempt(async () => {
      try {
        return await work();
      } finally {
        setMarked(none);
        setReads((before) => before + 1);
      }
    });
  useViewCommands({
    ...moveCommands(list.go),
    ...filter.commands,
    ...(marked.length > 0 && !filter.shown ? { 'key:escape': () => setMarked(none) } : {}),
    'list.reverse': () => {
      setDescending(!descending);
      list.toFirst();
    },
    'list.mark': () => {
      if (selected === null) return;
      setMarked(
        isMarked(selected) ? marked.filter(({ recordId }) => recordId !== selected.recordId) : [...marked, selected],
      );
      list.go('list.down');
    },
    'list.mark-all': () => setMarked(marked.length > 0 ? none : held),
    'list.copy': () =>
      exporting.toClipboard((marked.length > 0 ? marked : selected === null ? [] : [selected]).map(flat)),
    'list.export': () =>
      exporting.toFile({
        what: 'links',
        fields: ['name', 'record', ...integrations],
        rows: () => (marked.length > 0 ? marked.map(flat) : allRows(engine, query)),
      }),
    'records.refresh': () => setReads(reads + 1),
    'grid.right': () => setColumn(Math.min(column + 1, integrations.length - 1)),
    'grid.left': () => setColumn(Math.max(0, column - 1)),
    'grid.missing': () => showMissing(!missingOnly),
    'match.link': () => {
      if (selected === null || at === undefined) return;
      const { recordId } = selected;
      const detail = 'What waits comes first; a row of another company moves over to this one.';
      const suggest = (text: string) => rowsOf(engine, at, recordId, text);
      store.askPick({ title: `Which row of ${nameOf(at)} is ${name}?`, detail, suggest }, ({ value, label }) =>
        decide(async () => {
          await engine.link({ integration: at, type, externalId: value }, recordId);
          return `${sanitise(label)} at ${nameOf(at)} is ${name} now.`;
        }),
      );
    },
    'grid.unlink': () => {
      const linked = at === undefined ? undefined : selected?.links[at];
      if (at === undefined || linked === undefined || linked.length === 0) {
        return store.say(`${name} has no link to ${at === undefined ? 'anything' : nameOf(at)}.`);
      }
      const which = `${linked.length === 1 ? 'Row' : 'Rows'} ${sanitise(linked.join(', '))} of ${nameOf(at)}`;
      const detail = `${which} ${linked.length === 1 ? 'is' : 'are'} no company here any more, until somebody says which. Nothing changes at the vendor.`;
      store.ask({ title: `Unlink ${name}?`, detail }, () =>
        decide(async () => {
          for (const externalId of linked) await engine.unlink({ integration: at, type, externalId });
          return `Unlinked; it waits in the first tab.`;
        }),
      );
    },
    'grid.merge': () => {
      const others = marked.filter(({ recordId }) => recordId !== selected?.recordId);
      if (selected === null || others.length === 0) {
        return store.say('Mark what is to become part of another with Space, and select the one that stays.');
      }
      const names = others.map(({ label }) => `"${sanitise(label)}"`).join(', ');
      const detail = `${names} becomes one with "${name}", which stays. Every link is kept; nothing changes at a vendor.`;
      store.ask({ title: 'Make these one?', detail }, () =>
        decide(async () => {
          for (const { recordId } of others) await engine.mergeRecords(type, selected.recordId, recordId);
          return `${counted(others.length, 'company', 'companies')} became one with ${name}.`;
        }),
      );
    },
  });

  const inner = width - 2;
  const empty = list.loading
    ? ' '
    : filter.text !== ''
      ? 'Nothing matches the filter. Esc clears it.'
      : missingOnly
        ? 'No company lacks a link. h shows all.'
        : 'No companies yet. They come with the next sync.';
  const of = [
    list.length === 0
      ? ''
      : `${count(cursor + 1)} of ${counted(Math.max(total ?? 0, list.length), 'company', 'companies')}`,
    missingOnly ? 'only those that lack a link' : '',
    marked.length > 0 ? `${count(marked.length)} marked` : '',
  ];
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Table
        columns={columns(integrations, at, theme, nameOf)}
        rows={held}
        rowKey={({ recordId }) => recordId}
        first={offset(list.window)}
        total={list.length}
        selected={list.length === 0 ? null : cursor}
        marked={new Set(marked.map(({ recordId }) => recordId))}
        width={inner}
        height={height - filterHeight - 1}
        empty={<Text {...theme.style.muted}>{empty}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} problem={parsed.ok ? null : parsed.problem} />}
      <Text wrap="truncate" {...theme.style.muted}>
        {`${of.filter(Boolean).join(', ')}; left and right choose where: ${at === undefined ? 'none' : nameOf(at)}`}
      </Text>
    </Box>
  );
}
