import { useState } from 'react';
import type { IssueFilter, IssueGroup } from '../../../portal/issue.ts';
import { matches, parseTerms } from '../../../text/filter.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useNames, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { cellsOf } from '../../lists/list.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { useList } from '../../lists/use-list.ts';
import { useTheme } from '../../widgets/theme.ts';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';
import { groupColumns, groupKey, groupLines } from './columns.ts';
import { go, storyOf, wayOf } from './decide.ts';
import { issueTotal, wordsOf } from './filter.ts';
import { useIssueActions } from './use-actions.ts';

const none: readonly IssueGroup[] = [];

/**
 * Records that did not sync, by reason: five hundred held for one reason are one line, and do not hide the others. Always in groups,
 * however few there are, so that the list stays the same while issues come and go; a group of one stands for its only issue, and what
 * can be done with that can be done with the group.
 */
export function IssuesPane({ integration, width, height }: Area & { readonly integration?: string }) {
  const theme = useTheme();
  const now = useNow();
  const nameOf = useNames();
  const engine = useEngine();
  const store = useStore();
  const [dismissed, showDismissed] = useMemory('dismissed', false);
  const [text] = useMemory('filter', '');
  const [reads, setReads] = useState(0);
  const known = useSnapshot((snapshot) => issueTotal(snapshot, integration));
  const freshness = useSnapshot(synced);
  const words = wordsOf(text);
  const scope: IssueFilter = {
    ...(integration === undefined ? {} : { integration }),
    ...(words.length === 0 ? {} : { words }),
    includeDismissed: dismissed,
  };
  const loaded = useLoaded(() => engine.issueGroups(scope), `${JSON.stringify(scope)} ${known} ${freshness} ${reads}`);
  const columns = groupColumns(theme, now, integration === undefined ? nameOf : undefined);
  const list = useList({
    what: 'sync-issues',
    rows: loaded ?? none,
    rowKey: groupKey,
    columns,
    page: Math.max(1, height - 8),
    // Words are looked for in every issue of the group, by the engine; `type:tickets` and its like in what is shown.
    fits: (group, filter) =>
      matches(
        parseTerms(filter).filter(({ field }) => field !== null),
        cellsOf(columns, group),
        now,
      ),
  });
  const { selected, chosen } = list;
  const only = selected?.count === 1 ? selected.examples[0] : undefined;
  const way = only === undefined ? null : wayOf(only);
  const story = only === undefined ? null : storyOf(only);
  const actions = useIssueActions(
    {
      filters: chosen.map(({ integration, type, reason }) => ({ ...scope, integration, type, reason })),
      count: chosen.reduce((sum, group) => sum + group.count, 0),
    },
    () => {
      list.unmark();
      setReads((before) => before + 1);
    },
  );

  useViewCommands(
    {
      ...list.commands,
      ...actions,
      'records.refresh': () => setReads(reads + 1),
      'issues.open': () => {
        if (selected === undefined) return;
        if (way !== null) return go(store, way);
        if (story !== null) return store.open(story);
        const { integration: id, type, reason } = selected;
        store.open({ view: 'issues', integration: id, group: { type, reason } });
        // Those that are seen here are those that are wanted there.
        store.remember({ dismissed, filter: words.map(wordText).join(' ') });
      },
      'issues.dismissed': () => showDismissed(!dismissed),
      ...(story === null ? {} : { 'record.explain': () => store.open(story) }),
    },
    { 'issues.open': way?.word ?? (story === null ? 'open' : 'story') },
  );

  return (
    <ListPane
      list={list}
      empty={loaded === null ? null : 'Every record synced: no issues.'}
      detail={selected === undefined ? [] : groupLines(selected, width - 2, theme)}
      keeps={6}
      width={width}
      height={height}
    />
  );
}

const wordText = ({ not, value }: { not: boolean; value: string }) =>
  `${not ? '!' : ''}${/\s/.test(value) ? `"${value}"` : value}`;
