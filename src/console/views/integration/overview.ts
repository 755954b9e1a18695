/** What there is to say about one integration, as lines. Pure. */

import type { IntegrationView, RunProgress, TypeProgress } from '../../../engine/snapshot.ts';
import { labelOf, type RecordType } from '../../../portal/records/names.ts';
import type { TypeCounters } from '../../../portal/run.ts';
import { count, counted, relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { width as cells, fit } from '../../../text/width.ts';
import { remaining, until } from '../../app/wording.ts';
import { progressText } from '../../widgets/progress-bar.ts';
import type { Theme } from '../../widgets/theme.ts';
import { blank, type Line, line, pair, paragraph, type Segment } from '../lines.tsx';
import { statusOf } from '../status.ts';
import { words } from '../words.ts';

export interface Drawing {
  readonly width: number;
  readonly now: number;
  readonly theme: Theme;
}

/** Whether to show the account, and the vendor's own words for its fields as far as the manifest is loaded. */
export type Account = false | Readonly<Record<string, string>>;

const labels = 18;

export interface Told {
  readonly account: Account;
  /** What was read when, drawn. */
  readonly pace?: readonly Line[];
}

/** Status, trouble, progress and counts; with `account` also the settings of the account, secrets masked. */
export function overview(view: IntegrationView, drawing: Drawing, { account, pace = [] }: Told): readonly Line[] {
  const parts = [statusLines(view, drawing), trouble(view, drawing), typeLines(view, drawing), pace];
  if (account !== false) parts.push(accountLines(view, account, drawing));
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [blank, ...part]));
}

function statusLines(view: IntegrationView, { width, now, theme }: Drawing): readonly Line[] {
  const { glyph, word, style } = statusOf(view, theme);
  if (!view.configured)
    return [
      [
        { text: `${glyph} ${word}`, style },
        { text: '  Press c to connect it.', style: theme.style.muted },
      ],
    ];
  const facts = [
    ...(view.sync.readOnly === true ? ['read-only'] : []),
    view.lastSync === null ? 'never synced' : `last sync ${relativeTime(view.lastSync, now)}`,
    ...(view.enabled ? [] : ['disabled: no scheduled syncs']),
    ...(view.enabled && view.nextSync !== null && view.error === null && view.run === null
      ? [`next ${until(view.nextSync, now)}`]
      : []),
    `every ${view.intervalMinutes} min`,
    ...(view.issues > 0 ? [counted(view.issues, 'sync issue')] : []),
    ...(view.leftOut > 0 ? [`${count(view.leftOut)} left out`] : []),
  ];
  const status = `${glyph} ${word}   `;
  const said = joined(facts, `  ${theme.glyph.pending}  `, width - cells(status));
  return said.map((text, row) => [
    { text: row === 0 ? status : ' '.repeat(cells(status)), style },
    { text, style: theme.style.muted },
  ]);
}

/** Facts side by side; what has no room goes whole to the next line. */
function joined(facts: readonly string[], between: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const longer = `${lines.at(-1) ?? ''}${between}${fact}`;
    if (lines.length > 0 && cells(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(fact);
  }
  return lines;
}

/** Cause and fix in full: this is where the operator looks for them. */
function trouble(view: IntegrationView, { width, now, theme }: Drawing): readonly Line[] {
  if (view.error === null) return [];
  // What the operator took away himself is no trouble.
  if (!view.configured) return paragraph(sanitise(`${view.error.cause} ${view.error.fix}`), width, theme.style.muted);
  const { cause, fix, detail } = view.error;
  const { style } = theme;
  const at = { width, labels: 10, muted: style.muted };
  const retry =
    view.nextSync === null
      ? 'Not tried again by itself.'
      : `${until(view.nextSync, now)}${view.failures > 1 ? `, after ${view.failures} failures in a row` : ''}`;
  return [
    ...pair('Problem', sanitise(cause), { ...at, style: style.danger }),
    ...pair('Fix', sanitise(fix), { ...at, style: style.strong }),
    ...(detail === undefined ? [] : pair('Answer', sanitise(detail), { ...at, style: style.muted })),
    ...pair('Next try', retry, at),
  ];
}

function typeLines(view: IntegrationView, drawing: Drawing): readonly Line[] {
  const { theme } = drawing;
  const { run } = view;
  const types = view.types.length > 0 ? view.types : (Object.keys(view.records) as RecordType[]);
  if (types.length === 0 || (!view.configured && run === null)) return [];
  const heading: Line = [
    {
      text: fit('', labels) + fit('In the portal', 13, { align: 'right' }) + (run === null ? '' : '   This run'),
      style: theme.style.muted,
    },
  ];
  const lines = types.map(
    (type): Line => [
      { text: fit(labelOf(type), labels) },
      { text: fit(count(view.records[type] ?? 0), 13, { align: 'right' }) },
      ...(run === null ? [] : [{ text: '   ' }, ...progress(run.types[type], drawing)]),
    ],
  );
  return [heading, ...lines, ...(run === null ? [] : runLines(run, drawing))];
}

/** How far a run is with a record type. */
export function progress(type: TypeProgress | undefined, { width, theme }: Drawing): readonly Segment[] {
  const { glyph, style } = theme;
  if (type === undefined || type.state === 'pending') return [{ text: glyph.pending, style: style.muted }];
  if (type.state === 'skipped') return [{ text: `${glyph.untested} skipped`, style: style.muted }];
  if (type.state === 'failed')
    return [{ text: `${glyph.failed} failed after ${count(type.read)}`, style: style.danger }];
  if (type.state === 'done')
    return [
      { text: `${glyph.passed} `, style: style.success },
      { text: counters(type), style: style.muted },
    ];
  if (type.total === null || type.total === 0)
    return [{ text: `${glyph.running} ${count(type.read)} read`, style: style.active }];
  const figures = progressText({ done: type.read, total: type.total }, Math.max(20, width - labels - 18), glyph);
  return [{ text: `${glyph.running} ${figures}`, style: style.active }];
}

/** What became of rows: only what there was. */
export function counters(type: TypeCounters): string {
  const parts = [`${count(type.read)} read`];
  if (type.created > 0) parts.push(`${count(type.created)} new`);
  if (type.updated > 0) parts.push(`${count(type.updated)} changed`);
  if (type.held > 0) parts.push(`${count(type.held)} held`);
  if (type.failed > 0) parts.push(`${count(type.failed)} failed`);
  if (type.gone > 0) parts.push(`${count(type.gone)} gone`);
  return parts.join(', ');
}

/** What a run waits for, or how quick it is. */
export function runLines(run: RunProgress, { now, theme }: Drawing): readonly Line[] {
  if (run.phase === 'waiting')
    return [blank, line('In the queue: it starts as soon as another run ends.', theme.style.muted)];
  if (run.waiting !== null) {
    return [
      blank,
      line(`Goes on ${until(run.waiting.until, now)}: ${sanitise(run.waiting.why)}.`, theme.style.warning),
    ];
  }
  const facts = [
    counted(run.requests, 'request'),
    ...(run.rate === null ? [] : [`${count(run.rate)} records/s`]),
    ...(run.remainingMs === null ? [] : [remaining(run.remainingMs)]),
    ...(run.phase === 'cancelling' ? ['stopping after this page'] : []),
  ];
  return [blank, line(facts.join(`  ${theme.glyph.pending}  `), theme.style.muted)];
}

function accountLines(
  view: IntegrationView,
  names: Readonly<Record<string, string>>,
  { width, theme }: Drawing,
): readonly Line[] {
  const entries = Object.entries(view.credentials);
  if (entries.length === 0) return [];
  const { style } = theme;
  const named = entries.map(([key, value]) => [names[key] ?? words(key), sanitise(value)] as const);
  const column = Math.max(labels, ...named.map(([name]) => name.length + 1));
  return [
    line('Account', style.strong),
    ...named.flatMap(([name, value]) => pair(name, value, { width, labels: column, muted: style.muted })),
  ];
}

/** The first lines that fit, and a line that says when something was left out. */
export function clip(lines: readonly Line[], height: number, more: Line): readonly Line[] {
  return lines.length <= height ? lines : [...lines.slice(0, Math.max(0, height - 1)), more];
}
