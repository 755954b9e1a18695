import { Box, Text } from 'ink';
import { useState } from 'react';
import type { Engine } from '../../../engine/engine.ts';
import type { GridRow } from '../../../portal/link-commands.ts';
import { count, counted } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import type { Suggestion } from '../../app/store.ts';
import type { Column } from '../../widgets/columns.ts';
import { Table } from '../../widgets/table.tsx';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { recordsCalled } from '../edit/suggest.ts';
import { FilterLine } from '../filter-line.tsx';
import { synced } from '../synced.ts';
import { useList } from '../use-list.ts';
import { useLoaded } from '../use-loaded.ts';

const type = 'companies';
/** More than anybody goes through by hand; `msportal links --search` finds what is beyond. */
const most = 2_000;
const none: readonly GridRow[] = [];

/** Companies by integrations: who is linked where, and what is missing. */
export function GridTab({ width, height }: Area) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const [missingOnly, showMissing] = useMemory('missing', false);
  const [column, setColumn] = useMemory('column', 0);
  const [reads, setReads] = useState(0);
  const freshness = useSnapshot(synced);
  const connected = useSnapshot((snapshot) =>
    (snapshot?.integrations ?? []).flatMap(({ id, configured }) => (configured ? [id] : [])).join(),
  );
  const integrations = connected === '' ? [] : connected.split(',');
  const at = integrations[Math.min(column, integrations.length - 1)];
  const loaded = useLoaded(
    () => engine.grid({ type, integrations, missingOnly, limit: most }),
    `${connected} ${missingOnly} ${freshness} ${reads}`,
  );
  const list = useList({
    what: 'links',
    rows: loaded?.rows ?? none,
    rowKey: ({ recordId }) => recordId,
    columns: columns(integrations, at, theme),
    page: Math.max(1, height - 3),
  });
  const { rows, cursor, selected, filter, chosen } = list;
  const name = selected === undefined ? '' : sanitise(selected.label);

  const decide = (work: () => Promise<string>) =>
    store.attempt(async () => {
      try {
        return await work();
      } finally {
        list.unmark();
        setReads((before) => before + 1);
      }
    });
  useViewCommands({
    ...list.commands,
    'records.refresh': () => setReads(reads + 1),
    'grid.right': () => setColumn(Math.min(column + 1, integrations.length - 1)),
    'grid.left': () => setColumn(Math.max(0, column - 1)),
    'grid.missing': () => showMissing(!missingOnly),
    'match.link': () => {
      if (selected === undefined || at === undefined) return;
      const { recordId } = selected;
      const detail = 'What waits comes first; a row of another company moves over to this one.';
      const suggest = (text: string) => rowsOf(engine, at, recordId, text);
      store.askPick({ title: `Which row of ${at} is ${name}?`, detail, suggest }, ({ value, label }) =>
        decide(async () => {
          await engine.link({ integration: at, type, externalId: value }, recordId);
          return `${sanitise(label)} at ${at} is ${name} now.`;
        }),
      );
    },
    'grid.unlink': () => {
      const linked = at === undefined ? undefined : selected?.links[at];
      if (at === undefined || linked === undefined || linked.length === 0) {
        return store.say(`${name} has no link to ${at ?? 'anything'}.`);
      }
      const which = `${linked.length === 1 ? 'Row' : 'Rows'} ${sanitise(linked.join(', '))} of ${at}`;
      const detail = `${which} ${linked.length === 1 ? 'is' : 'are'} no company here any more, until somebody says which. Nothing changes at the vendor.`;
      store.ask({ title: `Unlink ${name}?`, detail }, () =>
        decide(async () => {
          for (const externalId of linked) await engine.unlink({ integration: at, type, externalId });
          return `Unlinked; it waits in the first tab.`;
        }),
      );
    },
    'grid.merge': () => {
      const others = chosen.filter(({ recordId }) => recordId !== selected?.recordId);
      if (selected === undefined || others.length === 0) {
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
  const filterHeight = filter.shown ? 1 : 0;
  const empty =
    loaded === null
      ? ' '
      : filter.text !== ''
        ? 'Nothing matches the filter. Esc clears it.'
        : missingOnly
          ? 'No company lacks a link. h shows all.'
          : 'No companies yet. They come with the next sync.';
  const more = loaded?.next == null ? '' : '+';
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Table
        columns={list.columns}
        rows={rows}
        rowKey={({ recordId }) => recordId}
        selected={rows.length === 0 ? null : cursor}
        marked={list.marked}
        width={inner}
        height={height - filterHeight - 1}
        empty={<Text {...theme.style.muted}>{empty}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} />}
      <Text wrap="truncate" {...theme.style.muted}>
        {`${count(rows.length)}${more} ${rows.length === 1 ? 'company' : 'companies'}${missingOnly ? ', only those that lack a link' : ''}; left and right choose where: ${at ?? 'none'}`}
      </Text>
    </Box>
  );
}

/** The chosen integration never leaves a narrow window, and stands in brackets. */
function columns(
  integrations: readonly string[],
  at: string | undefined,
  { style }: Theme,
): readonly Column<GridRow>[] {
  return [
    { key: 'name', title: 'Company', min: 22, max: 40, priority: 100, value: ({ label }) => sanitise(label) },
    ...integrations.map(
      (id, index): Column<GridRow> => ({
        key: id,
        title: id === at ? `[${id}]` : id,
        min: Math.max(10, id.length + 2),
        priority: id === at ? 99 : 50 - index,
        value: ({ links }) => sanitise((links[id] ?? []).join(' ')) || '-',
        style: ({ links }) => (links[id] === undefined ? style.warning : style.plain),
      }),
    ),
  ];
}

/** Rows of an integration: those that wait, and those that are another company now. */
async function rowsOf(
  engine: Engine,
  integration: string,
  recordId: string,
  text: string,
): Promise<readonly Suggestion[]> {
  const needle = text.trim().toLowerCase();
  const waiting = (await engine.pendingMatches({ integration, type })).filter(({ label }) =>
    label.toLowerCase().includes(needle),
  );
  const others = await recordsCalled(engine, { type, integration }, text);
  const linked: Suggestion[] = [];
  for (const { value, label } of others.slice(0, 10)) {
    if (value === recordId) continue;
    const links = (await engine.links(type, value)).filter((link) => link.integration === integration);
    for (const { externalId } of links) linked.push({ value: externalId, label, detail: `${externalId}, linked now` });
  }
  return [
    ...waiting.map(({ externalId, label }) => ({ value: externalId, label, detail: `${externalId}, waits` })),
    ...linked,
  ];
}
