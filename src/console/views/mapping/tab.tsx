import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import { InvalidInput, type KeptLookups } from '../../../engine/engine.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import type { SyncIssue } from '../../../portal/portal.ts';
import { counted, relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useKept, useNow, useStore, useViewCommands } from '../../app/context.ts';
import { Table } from '../../widgets/table.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { FilterLine } from '../filter-line.tsx';
import { type Line, Lines, line, paragraph } from '../lines.tsx';
import { useList } from '../use-list.ts';
import { useLoaded } from '../use-loaded.ts';
import { namesFor, suggestNames } from './names.ts';
import { type MappingRow, mappedFields, mappingRows, rowKey, writtenAs } from './rows.ts';
import {
  asMapping,
  asTables,
  called,
  changesOf,
  filled,
  first,
  type Tables,
  tableKey,
  withChanges,
  without,
} from './tables.ts';
import { about, mappingColumns, summary } from './text.ts';

/** Enough to tell which values hold records back. */
const mostIssues = 1000;
const unchanged: Tables = {};
const noLists: KeptLookups = { at: '', lists: {} };
const noIssues: readonly SyncIssue[] = [];
const noProblems: InvalidInput['problems'] = [];

/** The name under which changes wait that are not saved. */
export const draftName = (integration: string) => `mapping ${integration}`;

/**
 * What the values of a vendor's lists are called here. Changes are gathered, for a table that is half done would hold records back;
 * they wait, whatever else is looked at, until they are saved together.
 */
export function MappingTab({ view, width, height }: Area & { readonly view: IntegrationView }) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const now = useNow();
  const { id, name } = view;
  const [reads, setReads] = useState(0);
  const [problems, setProblems] = useState(noProblems);
  const [kept, keep] = useKept<Tables>(draftName(id));
  const fresh = `${id} ${view.lastSync} ${view.issues} ${reads}`;
  const manifest = useLoaded(() => engine.manifest(id), id);
  const lookups = useLoaded(async () => {
    if (!view.configured) return noLists;
    return await engine.lookups(id).catch((error: unknown) => {
      store.failed(error);
      return noLists;
    });
  }, fresh);
  const issues = useLoaded(
    () => engine.issues({ integration: id, reason: 'unmapped-value', limit: mostIssues }),
    fresh,
  );

  const saved = asTables(view.sync.mapping ?? {});
  const changes = kept ?? unchanged;
  const wanted = withChanges(saved, changes);
  const isDraft = Object.keys(changesOf(saved, wanted)).length > 0;
  const fields = manifest === null ? [] : mappedFields(manifest, view.types, lookups?.lists ?? {});
  const all = mappingRows(fields, saved, wanted, issues ?? noIssues);
  const list = useList({
    what: 'mapping',
    rows: all,
    rowKey,
    columns: mappingColumns(theme),
    page: Math.max(1, height - 8),
    extra: ({ type, vendor, portal }) => ({ type, vendor, here: portal ?? '' }),
  });
  const { rows, cursor, selected, filter, chosen } = list;

  const put = (tables: Tables) => {
    const left = changesOf(saved, tables);
    setProblems(noProblems);
    keep(Object.keys(left).length === 0 ? null : left, `the mapping of ${name}`);
  };
  /** Changes the tables; undo takes the step back. */
  const change = (what: string, of: readonly MappingRow[], step: (tables: Tables, row: MappingRow) => Tables) => {
    const next = of.reduce(step, wanted);
    if (Object.keys(changesOf(wanted, next)).length === 0) return store.say('That is as it is already.');
    put(next);
    list.unmark();
    store.undoable(what, async () => {
      put(wanted);
      return `Taken back: ${what}.`;
    });
    store.say(`${what}. w saves, u takes it back.`);
  };
  const ofField = (row: MappingRow) => {
    const key = tableKey(row.type, row.field);
    return { key, pairs: (tables: Tables) => tables[key] };
  };
  const edit = () => {
    const [row] = chosen;
    if (row === undefined) return;
    if (chosen.some((each) => each.field !== row.field || each.type !== row.type))
      return store.say('The marked values are of several fields: mark those of one.');
    if (row.state === 'nameless') return store.say(about(row, null));
    const what = chosen.length === 1 ? `"${sanitise(row.vendor)}"` : counted(chosen.length, 'value');
    const names = namesFor(row, wanted[tableKey(row.type, row.field)], store.snapshot());
    store.askPick(
      {
        title: `What ${chosen.length === 1 ? 'is' : 'are'} ${what} called here?`,
        detail: `${row.label}. Now: ${row.portal === null ? 'no name' : sanitise(row.portal)}. Choose a name, or type a new one.`,
        suggest: async (text) => suggestNames(names, text),
      },
      ({ value }) =>
        change(`${what} is called "${sanitise(value)}" here`, chosen, (tables, each) => {
          const { key, pairs } = ofField(each);
          return { ...tables, [key]: called(pairs(tables), each.names, each.vendor, value) };
        }),
    );
  };
  const save = () => {
    if (!isDraft) return store.say('Nothing is changed.');
    const before = view.sync.mapping ?? {};
    store.attempt(async () => {
      try {
        await engine.configure(id, { mapping: asMapping(wanted) });
      } catch (error) {
        if (error instanceof InvalidInput) setProblems(error.problems);
        throw error;
      }
      keep(null);
      store.undoable('the mapping', async () => {
        await engine.configure(id, { mapping: before });
        keep(changes, `the mapping of ${name}`);
        return 'The mapping is as it was; the changes wait in its tab, not saved.';
      });
      return 'Saved. The next sync reads these records again: s syncs now, u takes it back.';
    });
  };
  useViewCommands({
    ...list.commands,
    'mapping.edit': edit,
    'mapping.save': save,
    'mapping.fill': () =>
      change("The vendor's names were filled in", chosen, (tables, row) => {
        const { key, pairs } = ofField(row);
        return { ...tables, [key]: filled(pairs(tables), row.names) };
      }),
    'mapping.remove': () =>
      change(`${counted(chosen.length, 'value')} taken out`, chosen, (tables, row) => {
        const { key, pairs } = ofField(row);
        return withChanges(tables, { [key]: without(pairs(tables), row.vendor) });
      }),
    'mapping.drop': () =>
      selected !== undefined &&
      change(`The table of ${selected.label.toLowerCase()} taken away`, [selected], (tables, row) =>
        withChanges(tables, { [ofField(row).key]: [] }),
      ),
    'mapping.first': () =>
      selected !== undefined &&
      change(
        `"${sanitise(selected.portal ?? '')}" is written as "${sanitise(selected.vendor)}"`,
        [selected],
        (tables, row) => {
          const { key, pairs } = ofField(row);
          return { ...tables, [key]: first(pairs(tables) ?? [], row.vendor) };
        },
      ),
    'mapping.preview': () => store.open({ view: 'preview', id, change: { mapping: asMapping(wanted) } }),
    'records.refresh': () => {
      store.say(`Reading the lists of ${name}.`);
      store.attempt(async () => {
        await engine.lookups(id, true);
        setReads((before) => before + 1);
        return `The lists of ${name} were read.`;
      });
    },
  });
  // What waited here was saved elsewhere: from its preview, or by another console.
  const isStale = kept !== null && !isDraft;
  useEffect(() => {
    if (isStale) keep(null);
  }, [isStale, keep]);
  // Nothing is lost by leaving, but nobody should believe that it is saved.
  useEffect(() => {
    if (!isDraft) return;
    return () => {
      if (store.getState().kept[draftName(id)] !== undefined)
        store.say('The mapping is not saved yet; it waits in its tab.');
    };
  }, [isDraft, store, id]);

  const inner = width - 2;
  const written =
    selected?.portal == null ? null : writtenAs(wanted[tableKey(selected.type, selected.field)], selected.portal);
  const detail = selected === undefined ? [] : paragraph(about(selected, written), inner, theme.style.muted);
  const wrong = problems.flatMap(({ message }) => paragraph(sanitise(message), inner, theme.style.danger));
  const below = [...wrong, ...detail].slice(0, Math.max(0, Math.floor(height / 3)));
  const filterHeight = filter.shown ? 1 : 0;
  const tableHeight = height - 2 - filterHeight - below.length - (below.length > 0 ? 1 : 0);
  const loading = manifest === null || lookups === null || issues === null;
  const empty = loading
    ? `Reading the lists of ${name}.`
    : filter.text !== ''
      ? 'Nothing matches the filter. Esc clears it.'
      : fields.length === 0
        ? `${name} has no lists of values: its records are taken as they are.`
        : 'The lists are not here yet. Ctrl-R reads them from the vendor.';
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={loading || all.length === 0 ? [] : head()} width={inner} height={2} />
      <Table
        columns={list.columns}
        rows={rows}
        rowKey={rowKey}
        selected={rows.length === 0 ? null : cursor}
        marked={list.marked}
        width={inner}
        height={tableHeight}
        empty={<Text {...theme.style.muted}>{empty}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} />}
      {below.length > 0 && <Text> </Text>}
      <Lines lines={below} width={inner} height={below.length} />
    </Box>
  );

  function head(): readonly Line[] {
    const { style, glyph } = theme;
    const text = summary(all, theme);
    const unsaved = Math.max(1, all.filter((row) => row.changed).length);
    const age = lookups === null || lookups.at === '' ? '' : `The lists were read ${relativeTime(lookups.at, now)}.`;
    return [
      line(text, text.startsWith(glyph.warning) ? style.warning : style.plain),
      isDraft
        ? line(`* ${counted(unsaved, 'change')} not saved: w saves, p shows what would come of it.`, style.strong)
        : line(age, style.muted),
    ];
  }
}
