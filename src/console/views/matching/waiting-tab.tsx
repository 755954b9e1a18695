import { useState } from 'react';
import type { MatchCandidate, PendingMatch } from '../../../portal/link-commands.ts';
import { labelOf } from '../../../portal/records/names.ts';
import { counted } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { type NameOf, useEngine, useNames, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { useList } from '../../lists/use-list.ts';
import type { Column } from '../../widgets/columns.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { recordsCalled } from '../edit/suggest.ts';
import { type Line, paragraph } from '../lines.tsx';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';

const none: readonly PendingMatch[] = [];
const keyOf = ({ integration, type, externalId }: PendingMatch) => `${integration} ${type} ${externalId}`;

/** Rows of vendors that may be a record that is here already. Nothing is made of them before somebody says what they are. */
export function WaitingTab({ width, height }: Area) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const [reads, setReads] = useState(0);
  const nameOf = useNames();
  const freshness = useSnapshot(synced);
  const loaded = useLoaded(() => engine.pendingMatches({}), `${freshness} ${reads}`);
  const list = useList({
    what: 'matches',
    rows: loaded ?? none,
    rowKey: keyOf,
    columns: columns(theme, nameOf),
    page: Math.max(1, height - 8),
    extra: ({ detail, externalId }) => ({ why: detail, id: externalId }),
  });
  const { selected, chosen } = list;

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
    'match.link': () => {
      if (selected === undefined) return;
      const { type, label, externalId, candidates } = selected;
      const name = label === externalId ? '' : label;
      const suggest = async (text: string) => {
        const likely = candidates.map((each) => ({ value: each.recordId, label: each.label, detail: why(each) }));
        if (text.trim() === '' && likely.length > 0) return likely;
        return await recordsCalled(engine, { type }, text.trim() === '' ? name : text);
      };
      const detail =
        candidates.length === 0
          ? 'Type part of what it is called here.'
          : 'The likely ones come first; typing looks through all of them.';
      store.askPick({ title: `Which is ${sanitise(label)}?`, detail, suggest }, ({ value, label: name }) =>
        decide(async () => {
          await engine.link(selected, value);
          return `${sanitise(label)} is ${sanitise(name)} now.`;
        }),
      );
    },
    'match.create': () =>
      decide(async () => {
        for (const row of chosen) await engine.createFromRow(row);
        return `${counted(chosen.length, 'record')} made.`;
      }),
    'match.ignore': () =>
      decide(async () => {
        for (const row of chosen) await engine.ignoreRow(row);
        return `${counted(chosen.length, 'row')} left out from now on.`;
      }),
    'match.quick': () =>
      decide(async () => {
        const done = await engine.quickMatch({});
        const [first] = done;
        if (first === undefined) return 'No row has exactly one likely candidate: each needs a look.';
        const example = `${sanitise(first.label)} = ${sanitise(first.to.label)} (${why(first.to)})`;
        return `${counted(done.length, 'row')} linked, such as ${example}.`;
      }),
  });

  const detail = selected === undefined ? [] : detailLines(selected, nameOf, width - 2, theme);
  const empty = loaded === null ? null : 'No row waits: every one is known for what it is.';
  return <ListPane list={list} detail={detail} empty={empty} width={width} height={height} />;
}

const reasons: Readonly<Record<MatchCandidate['by'], string>> = {
  name: 'same name',
  domain: 'same web address',
  email: 'same e-mail',
  similar: 'similar name',
};
const percent = (share: number) => `${Math.round(share * 100)} %`;
const why = ({ by, confidence }: MatchCandidate) => `${reasons[by]}, ${percent(confidence)}`;

function columns({ style }: Theme, nameOf: NameOf): readonly Column<PendingMatch>[] {
  return [
    { key: 'label', title: 'Row', min: 20, max: 40, priority: 9, value: ({ label }) => sanitise(label) },
    {
      key: 'integration',
      title: 'From',
      min: 14,
      max: 20,
      priority: 6,
      value: ({ integration }) => nameOf(integration),
    },
    { key: 'type', title: 'Type', min: 10, priority: 4, value: ({ type }) => labelOf(type) },
    {
      key: 'likely',
      title: 'Perhaps',
      min: 20,
      max: 40,
      priority: 8,
      value: ({ candidates: [first] }) => (first === undefined ? '-' : sanitise(first.label)),
    },
    {
      key: 'sure',
      title: 'Sure',
      min: 6,
      priority: 7,
      align: 'right',
      value: ({ candidates: [first] }) => (first === undefined ? '' : percent(first.confidence)),
      raw: ({ candidates: [first] }) => first?.confidence ?? null,
      style: () => style.muted,
    },
  ];
}

function detailLines(
  { integration, detail, candidates, hasRow }: PendingMatch,
  nameOf: NameOf,
  width: number,
  { style }: Theme,
): readonly Line[] {
  const alone = hasRow
    ? 'Nothing here is like it: n makes a new record.'
    : `A full sync of ${nameOf(integration)} (S) reads it again; then n can make a new record of it. Enter links it now.`;
  return [
    ...paragraph(sanitise(detail), width, style.strong),
    ...candidates.map(
      (each): Line => [{ text: `  ${sanitise(each.label)}  ` }, { text: why(each), style: style.muted }],
    ),
    ...(candidates.length === 0 ? paragraph(alone, width, style.muted, '  ') : []),
  ];
}
