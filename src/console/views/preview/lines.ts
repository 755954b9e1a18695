/** What a sync would do, as lines of the screen: first here, then at the vendor. Pure. */
import type { Failure } from '../../../connector/errors.ts';
import type { Preview, TypePreview } from '../../../engine/preview-commands.ts';
import { reasons } from '../../../portal/issue-reasons.ts';
import type { RowChange } from '../../../portal/page.ts';
import { definitionOf, labelOf, type RecordType } from '../../../portal/records/index.ts';
import { count, counted, duration } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { fit } from '../../../text/width.ts';
import type { TextStyle, Theme } from '../../widgets/theme.ts';
import { blank, type Line, line, pair, paragraph } from '../lines.tsx';
import { cellOrNothing } from '../records/columns.ts';
import { words } from '../words.ts';
import { outcomeLines } from './outcome.ts';

const labels = 14;

export function previewLines(preview: Preview, width: number, theme: Theme): readonly Line[] {
  const { style } = theme;
  const { types, outbox, requests, durationMs, failure } = preview;
  const entries = Object.entries(types) as [RecordType, TypePreview][];
  return [
    ...(failure === null ? [] : [...failureLines(failure, width, theme), blank]),
    line('In the portal', style.strong),
    ...(entries.length === 0 ? [line('  Nothing is read.', style.muted)] : []),
    ...entries.flatMap(([type, sums]) => typeLines(type, sums, width, theme)),
    blank,
    line('At the vendor', style.strong),
    ...(outbox.length === 0 ? [line('  Nothing of ours waits to be sent.', style.muted)] : []),
    ...outbox.flatMap((foreseen) => outcomeLines(foreseen, width, theme)),
    blank,
    line(
      `Nothing was written, neither here nor there. ${counted(requests, 'request')}, ${duration(durationMs)}.`,
      style.muted,
    ),
  ];
}

/** A preview that could not be read to its end tells less than there is. */
function failureLines({ cause, fix }: Failure, width: number, { style }: Theme): readonly Line[] {
  return [
    ...paragraph(`Not all could be read, so there is more than this. ${sanitise(cause)}`, width, style.danger),
    ...paragraph(sanitise(fix), width, style.strong),
  ];
}

function typeLines(type: RecordType, sums: TypePreview, width: number, theme: Theme): readonly Line[] {
  const { style, glyph } = theme;
  const at = { width, labels, muted: style.plain };
  const held = Object.values(sums.held).reduce((total, each) => total + each, 0);
  const parts = [
    [sums.created, 'new'],
    [sums.updated, 'changed'],
    [sums.linked, 'linked to what is there'],
    [sums.gone, 'gone'],
    [held, 'held back'],
  ] as const;
  const told = parts.flatMap(([number, word]) => (number === 0 ? [] : [`${count(number)} ${word}`]));
  // Without a figure: some rows are read twice, so that none is missed.
  const rest = sums.unchanged === 0 ? [] : [told.length === 0 ? 'all as they are' : 'the rest as it is'];
  const what = [...told, ...rest].join(', ');
  const guarded = `${count(sums.guarded)} would vanish: more than is plausible, so the sync stops and asks`;
  return [
    ...pair(`  ${labelOf(type)}`, `${count(sums.read)} read${what === '' ? '' : `: ${what}`}`, at),
    ...(sums.guarded === 0 ? [] : pair('', `${glyph.warning} ${guarded}`, { ...at, style: style.warning })),
    ...exampleLines(type, sums, theme),
  ];
}

/** Of each outcome so many; the figures above say how many there are. */
const shownOfEach = 3;

const outcomes: readonly (readonly [RowChange['outcome'], string])[] = [
  ['created', 'new'],
  ['updated', 'changed'],
  ['restored', 'back again'],
  ['linked', 'linked'],
  ['held', 'held back'],
  ['failed', 'not taken'],
  ['gone', 'gone'],
];

function exampleLines(type: RecordType, { held, examples }: TypePreview, theme: Theme): readonly Line[] {
  const { style } = theme;
  return outcomes.flatMap(([outcome, word]) => {
    const own = examples.filter((example) => example.outcome === outcome);
    if (outcome !== 'held' && outcome !== 'failed') {
      return listed(word, own, (example) => exampleText(type, example, theme), style.muted);
    }
    const byReason = Object.groupBy(own, ({ reason = '' }) => reason);
    return Object.entries(byReason).flatMap(([reason, some = []]) => [
      exampleLine(word, `${count(held[reason] ?? some.length)} ${reasonText(reason)}`, style.warning, style.muted),
      ...listed('', some, ({ label }) => sanitise(label), style.muted),
    ]);
  });
}

function listed(
  word: string,
  examples: readonly RowChange[],
  text: (example: RowChange) => string,
  style: TextStyle,
): readonly Line[] {
  return examples
    .slice(0, shownOfEach)
    .map((example, index) => exampleLine(index === 0 ? word : '', text(example), style, style));
}

/** One line each: an example says what kind of row it is, the record itself says the rest. */
const exampleLine = (word: string, text: string, style: TextStyle, muted: TextStyle): Line => [
  { text: fit(word === '' ? '' : `    ${word}`, labels), style: muted },
  { text, style },
];

/** `48213 Printer: Status New → Open`; fields that only the programs care about are left out where others changed too. */
function exampleText(type: RecordType, { label, values = {} }: RowChange, { arrow }: Theme): string {
  const { columns } = definitionOf(type);
  const all = Object.entries(values);
  const telling = all.filter(([field]) => columns[field] !== undefined && field !== 'updatedAt');
  const fields = (telling.length > 0 ? telling : all).map(
    ([field, { before, after }]) =>
      `${columns[field]?.label ?? words(field)} ${cellOrNothing(before)} ${arrow} ${cellOrNothing(after)}`,
  );
  return [sanitise(label), ...(fields.length === 0 ? [] : [fields.join(', ')])].join(': ');
}

const reasonText = (reason: string): string => reasons[reason as keyof typeof reasons]?.label ?? reason;
