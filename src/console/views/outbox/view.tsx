import { useState } from 'react';
import type { Place } from '../../../commands/place.ts';
import { withNames } from '../../../engine/change-names.ts';
import type { ConflictChoice } from '../../../engine/outbox-commands.ts';
import type { Change } from '../../../portal/change.ts';
import { counted } from '../../../text/format.ts';
import { useEngine, useMemory, useNames, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { useList } from '../../lists/use-list.ts';
import { useTheme } from '../../widgets/theme.ts';
import { screenOf } from '../record-screens.ts';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { changeColumns, changeLines, isEditable, isOpen, stateLook } from './columns.ts';

/** More than anybody goes through by hand; the filter narrows what is beyond. */
const most = 1_000;
const none: readonly Change[] = [];

/** What is on its way to the vendors, what they refused, and where both sides changed the same. */
export function OutboxView({ place, width, height }: ViewProps<'outbox'>) {
  const theme = useTheme();
  const now = useNow();
  const nameOf = useNames();
  const engine = useEngine();
  const store = useStore();
  const [settled, showSettled] = useMemory('settled', false);
  const [reads, setReads] = useState(0);
  const freshness = useSnapshot(synced);
  const counts = useSnapshot((snapshot) => JSON.stringify(snapshot?.integrations.map(({ outbox }) => outbox)));
  const { integration } = place;
  const loaded = useLoaded(
    async () =>
      withNames(engine, await engine.changes({ ...(integration === undefined ? {} : { integration }), limit: most })),
    `${integration} ${counts} ${freshness} ${reads}`,
  );
  const list = useList({
    what: 'outbox',
    rows: (loaded ?? none).filter((change) => settled || isOpen(change)),
    rowKey: ({ id }) => id,
    columns: changeColumns(theme, now, nameOf),
    page: Math.max(1, height - 8),
    extra: ({ type, reason, kind }) => ({ type, reason, kind }),
  });
  const { selected, chosen } = list;

  /** Does something with every chosen change; what cannot be done with one of them is said, and the others are done. */
  const each = (done: string, work: (change: Change) => Promise<unknown>) => () => {
    if (chosen.length === 0) return;
    list.unmark();
    store.attempt(async () => {
      const results = await Promise.allSettled(chosen.map(work));
      setReads((before) => before + 1);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      return `${counted(chosen.length, 'change')} ${done}.`;
    });
  };
  const edit = (change: Change) => {
    const { id, kind, type, integration, recordId } = change;
    if (!isEditable(change))
      return store.say(
        `It is ${stateLook(change.state, theme).word.toLowerCase()}: only what waits or was refused can be changed.`,
      );
    store.open({
      view: 'edit',
      kind,
      type,
      integration,
      change: id,
      ...(recordId === null ? {} : { record: recordId }),
    });
  };
  const openRecord = ({ type, recordId, externalId, integration }: Change) => {
    if (recordId === null) return store.say('The vendor has not made this record yet.');
    const place: Place = { view: 'records', type, integration, filter: `externalId=${externalId}` };
    store.open(screenOf(type, recordId) ?? place);
  };
  const resolve = (choice: ConflictChoice) => (change: Change) =>
    engine.resolveConflict(
      change.id,
      Object.fromEntries(change.conflicts.flatMap(({ field, winner }) => (winner === null ? [[field, choice]] : []))),
    );
  useViewCommands({
    ...list.commands,
    'records.refresh': () => setReads(reads + 1),
    'outbox.open': () => {
      if (selected === undefined) return;
      if (selected.state === 'conflicted') store.open({ view: 'conflict', change: selected.id });
      else (isEditable(selected) ? edit : openRecord)(selected);
    },
    'outbox.edit': () => selected !== undefined && edit(selected),
    'outbox.record': () => selected !== undefined && openRecord(selected),
    'outbox.settled': () => showSettled(!settled),
    'outbox.retry': each('sent again with the next sync', ({ id }) => engine.retryChange(id)),
    'outbox.withdraw': each('taken back', ({ id }) => engine.withdrawChange(id)),
    'outbox.ours': each("settled: ours is sent, the vendor's is replaced", resolve('portal')),
    'outbox.theirs': each("settled: the vendor's stays", resolve('vendor')),
  });

  const detail = selected === undefined ? [] : changeLines(selected, width - 2, theme, nameOf);
  const empty = settled
    ? 'Nothing was changed here yet. E on a record changes it.'
    : 'Nothing waits, and nothing was refused. h shows what is done; E on a record changes it.';
  return <ListPane list={list} detail={detail} empty={loaded === null ? null : empty} width={width} height={height} />;
}
