import type { IntegrationView } from '../../../engine/snapshot.ts';
import { called, filled, first, type Pairs, without } from '../../../engine/sync/value-table.ts';
import { counted, relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { useNow, useStore, useViewCommands } from '../../app/context.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { useList } from '../../lists/use-list.ts';
import { useTheme } from '../../widgets/theme.ts';
import { blank, type Line, line, paragraph } from '../lines.tsx';
import { namesFor, suggestNames } from './names.ts';
import { isOpen, type MappingRow, mappedFields, mappingRows, rowKey, writtenAs } from './rows.ts';
import { tableKey } from './tables.ts';
import { about, mappingColumns, summary } from './text.ts';
import { useMappingDraft } from './use-draft.ts';
import { useValues } from './use-values.ts';

/** What the values of a vendor's lists are called here. */
export function MappingTab({ view, width, height }: Area & { readonly view: IntegrationView }) {
  const theme = useTheme();
  const store = useStore();
  const now = useNow();
  const { id, name } = view;
  const { values, refresh } = useValues(view);
  const draft = useMappingDraft(view);
  const { saved, wanted, problems } = draft;
  const fields = values === null ? [] : mappedFields(values.manifest, view.types, values.lookups.lists);
  const all = mappingRows(fields, saved, wanted, values?.issues ?? []);
  const list = useList({
    what: 'mapping',
    rows: all,
    rowKey,
    columns: mappingColumns(theme),
    page: Math.max(1, height - 8),
    extra: ({ type, vendor, portal }) => ({ type, vendor, here: portal ?? '' }),
  });
  const { selected, chosen } = list;

  /** Changes the table of each of these rows. */
  const change = (
    what: string,
    of: readonly MappingRow[],
    step: (pairs: Pairs | undefined, row: MappingRow) => Pairs,
  ) => {
    const next = of.reduce((tables, row) => {
      const key = tableKey(row.type, row.field);
      const { [key]: pairs, ...others } = tables;
      const changed = step(pairs, row);
      return changed.length === 0 ? others : { ...others, [key]: changed };
    }, wanted);
    if (draft.change(what, next)) list.unmark();
    else store.say('That is as it is already.');
  };
  const edit = () => {
    const [row] = chosen;
    if (row === undefined) return;
    if (chosen.some(({ type, field }) => field !== row.field || type !== row.type))
      return store.say('The marked values are of several fields: mark those of one.');
    if (row.state === 'nameless') return store.say(about(row, null));
    if (row.state === 'same' && row.names.length === 0)
      return store.say('The list is not here, and a table of one value would hold back all others. Ctrl-R reads it.');
    const what = chosen.length === 1 ? `"${sanitise(row.vendor)}"` : counted(chosen.length, 'value');
    const are = chosen.length === 1 ? 'is' : 'are';
    const names = namesFor(row, wanted[tableKey(row.type, row.field)], store.snapshot());
    const before = row.portal === null ? 'no name' : sanitise(row.portal);
    store.askPick(
      {
        title: `What ${are} ${what} called here?`,
        detail: `${row.label}. Now: ${before}. Choose a name, or type a new one.`,
        ...(chosen.length === 1 && row.portal !== null ? { current: row.portal } : {}),
        suggest: async (text) => suggestNames(names, text),
      },
      ({ value }) =>
        change(`${what} ${are} called "${sanitise(value)}" here`, chosen, (pairs, each) =>
          called(pairs, each.names, each.vendor, value),
        ),
    );
  };
  useViewCommands({
    ...list.commands,
    'mapping.edit': edit,
    'mapping.fill': () =>
      change("The vendor's names were filled in", chosen, (pairs, { names }) => filled(pairs, names)),
    'mapping.remove': () =>
      change(`${counted(chosen.length, 'value')} taken out`, chosen, (pairs, { vendor }) => without(pairs, vendor)),
    'mapping.drop': () => {
      if (selected !== undefined)
        change(`The table of ${selected.label.toLowerCase()} taken away`, [selected], () => []);
    },
    'mapping.first': () => {
      if (selected?.portal == null) return;
      const what = `"${sanitise(selected.portal)}" is written as "${sanitise(selected.vendor)}"`;
      change(what, [selected], (pairs = [], { vendor }) => first(pairs, vendor));
    },
    'mapping.save': draft.save,
    'mapping.preview': () => store.open({ view: 'preview', id, change: { mapping: draft.mapping } }),
    'records.refresh': refresh,
  });

  const inner = width - 2;
  const head = values === null || all.length === 0 ? [blank, blank] : headLines();
  const wrong = problems.flatMap(({ message }) => paragraph(sanitise(message), inner, theme.style.danger));
  return (
    <ListPane
      list={list}
      head={head}
      detail={[...wrong, ...aboutLines()]}
      empty={emptyText()}
      width={width}
      height={height}
    />
  );

  function headLines(): readonly Line[] {
    const { style } = theme;
    const at = values?.lookups.at ?? '';
    const unsaved = Math.max(1, all.filter(({ changed }) => changed).length);
    return [
      line(summary(all, theme), all.some(isOpen) ? style.warning : style.plain),
      draft.changed
        ? line(`* ${counted(unsaved, 'change')} not saved: w saves, p shows what would come of it.`, style.strong)
        : line(at === '' ? '' : `The lists were read ${relativeTime(at, now)}.`, style.muted),
    ];
  }

  function aboutLines(): readonly Line[] {
    if (selected === undefined) return [];
    const { type, field, portal } = selected;
    const written = portal === null ? null : writtenAs(wanted[tableKey(type, field)], portal);
    return paragraph(about(selected, written), inner, theme.style.muted);
  }

  function emptyText(): string {
    if (values === null) return `Reading the lists of ${name}.`;
    if (!view.configured) return `${name} is not connected yet: press c.`;
    if (fields.length === 0) return `${name} has no lists of values: its records are taken as they are.`;
    return 'The lists are not here. Ctrl-R reads them from the vendor.';
  }
}
