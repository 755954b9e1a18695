import { Box, Text } from 'ink';
import { useState } from 'react';
import type { StoredRecord } from '../../../portal/query.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useSnapshot, useTitle, useViewCommands } from '../../app/context.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { numberOf, readAll, textOf } from '../../lists/read-all.ts';
import { useList } from '../../lists/use-list.ts';
import type { Column } from '../../widgets/columns.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { blank, type Line, pair } from '../lines.tsx';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { scoreLines } from './summary.ts';

/** A tenant has some hundreds of controls. */
const most = 2_000;
const none: readonly StoredRecord[] = [];

/** A tenant's Secure Score against its maximum, its last 90 days, and the controls by what they would gain. */
export function ScoreView({ place, width, height }: ViewProps<'score'>) {
  const theme = useTheme();
  const engine = useEngine();
  const freshness = useSnapshot(synced);
  const [reads, setReads] = useState(0);
  const loaded = useLoaded(async () => {
    const score = await engine.record('secureScores', place.record);
    if (score === null) return { score, controls: none };
    const where = [{ field: 'tenantId', op: '=', value: textOf(score.tenantId) }] as const;
    const sort = { field: 'gain', descending: true };
    return { score, controls: await readAll(engine, { type: 'scoreControls', where, sort }, most) };
  }, `${place.record} ${freshness} ${reads}`);
  const list = useList({
    what: 'score-controls',
    rows: loaded?.controls ?? none,
    rowKey: ({ id }) => id,
    columns: columns(theme),
    page: Math.max(1, height - 12),
    sort: { column: 'gain', descending: true },
    extra: (control) => ({ service: control.service, threats: control.threats, description: control.description }),
  });
  const { selected } = list;
  useViewCommands({ ...list.commands, 'records.refresh': () => setReads(reads + 1) });
  useTitle(loaded?.score ? sanitise(textOf(loaded.score.tenantName)) || null : null);
  const inner = width - 2;
  if (loaded === null) return null;
  if (loaded.score === null) {
    return (
      <Box paddingLeft={1}>
        <Text {...theme.style.muted}>This score is no longer in the portal. Esc goes back.</Text>
      </Box>
    );
  }
  const head = [...scoreLines(loaded.score, inner, theme), blank];
  const detail = selected === undefined ? [] : controlLines(selected, inner, theme);
  return <ListPane list={list} head={head} detail={detail} empty="No controls here." width={width} height={height} />;
}

function columns({ style, glyph }: Theme): readonly Column<StoredRecord>[] {
  const points = (value: unknown) =>
    typeof value === 'number' ? String(Math.round(value * 100) / 100) : glyph.untested;
  const text = (key: string, title: string, min: number, priority: number): Column<StoredRecord> => ({
    key,
    title,
    min,
    priority,
    value: (control) => sanitise(textOf(control[key])),
  });
  const figure = (key: string, title: string, priority: number): Column<StoredRecord> => ({
    key,
    title,
    min: title.length + 2,
    priority,
    align: 'right',
    value: (control) => points(control[key]),
    raw: (control) => (typeof control[key] === 'number' ? control[key] : null),
  });
  return [
    { ...figure('gain', 'Gain', 9), style: (control) => (numberOf(control.gain) > 0 ? style.success : style.muted) },
    { ...text('name', 'Action', 28, 10), max: 70 },
    figure('score', 'Score', 7),
    figure('maxScore', 'Of', 6),
    text('category', 'Category', 10, 5),
    text('userImpact', 'Impact', 9, 4),
    text('implementationCost', 'Cost', 9, 3),
    text('state', 'State', 10, 2),
  ];
}

function controlLines(control: StoredRecord, width: number, { style }: Theme): readonly Line[] {
  const at = { width, labels: 12, muted: style.muted };
  const facts: readonly (readonly [string, unknown])[] = [
    ['Action', control.name],
    ['Why', control.description],
    ['How', control.remediation],
    ['Effect', control.remediationImpact],
    ['Where', control.actionUrl],
  ];
  return facts.flatMap(([label, value]) => {
    const text = sanitise(
      textOf(value)
        .replace(/<[^>]*>/g, ' ')
        .trim(),
      { multiline: true },
    );
    return text === '' ? [] : pair(label, text, label === 'Action' ? { ...at, style: style.strong } : at);
  });
}
