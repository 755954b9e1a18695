/** What would become of a change of ours, as lines of the screen. Pure. */
import type { ChangeOutcome, ForeseenChange } from '../../../engine/preview-commands.ts';
import type { FieldConflict } from '../../../portal/change.ts';
import { fieldLabel } from '../../../portal/records/field-label.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { StatusLook } from '../../widgets/status-look.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Line, pair, paragraph } from '../lines.tsx';
import { calledChange } from '../outbox/columns.ts';
import { cellOrNothing } from '../records/columns.ts';

const labels = 20;

export function outcomeLines({ change, outcome }: ForeseenChange, width: number, theme: Theme): readonly Line[] {
  const { glyph, word, style } = outcomeLook(outcome, theme);
  return [
    [
      { text: `  ${glyph} ${word.padEnd(labels - 4)}`, style },
      { text: calledChange(change), style: theme.style.plain },
    ],
    ...details(outcome, (field) => fieldLabel(definitionOf(change.type), field), width, theme),
  ];
}

function outcomeLook({ kind }: ChangeOutcome, { glyph, style }: Theme): StatusLook {
  const looks: Readonly<Record<ChangeOutcome['kind'], StatusLook>> = {
    create: { glyph: glyph.passed, word: 'Made', style: style.success },
    note: { glyph: glyph.passed, word: 'Note added', style: style.success },
    update: { glyph: glyph.passed, word: 'Changed', style: style.success },
    settle: { glyph: glyph.untested, word: 'Nothing to send', style: style.muted },
    ask: { glyph: glyph.warning, word: 'Conflict', style: style.warning },
    refuse: { glyph: glyph.failed, word: 'Refused', style: style.danger },
    look: { glyph: glyph.pending, word: 'Looked for', style: style.plain },
    wait: { glyph: glyph.pending, word: 'Waits', style: style.plain },
    unknown: { glyph: glyph.warning, word: 'Not known', style: style.warning },
  };
  return looks[kind];
}

type Called = (field: string) => string;

function details(outcome: ChangeOutcome, called: Called, width: number, theme: Theme): readonly Line[] {
  const { style } = theme;
  const at = { width, labels, muted: style.muted };
  const text = (words: string) => paragraph(words, width, style.muted, ' '.repeat(labels));
  switch (outcome.kind) {
    case 'update':
      return [
        ...Object.entries(outcome.fields).flatMap(([field, { theirs, ours }]) =>
          pair(`    ${called(field)}`, `${cellOrNothing(theirs)} ${theme.arrow} ${cellOrNothing(ours)}`, at),
        ),
        ...conflictLines(outcome.conflicts, called, at),
      ];
    case 'settle':
      return outcome.conflicts.length === 0
        ? text('The vendor has it already.')
        : conflictLines(outcome.conflicts, called, at);
    case 'ask':
      return conflictLines(outcome.conflicts, called, at);
    case 'look':
      return text('It was sent without an answer; it is sent again only if the vendor does not have it.');
    case 'refuse':
    case 'wait':
    case 'unknown':
      return text(sanitise(outcome.reason));
    default:
      return [];
  }
}

const says = { portal: 'ours counts', vendor: "the vendor's counts", ask: 'you are asked which counts' } as const;

function conflictLines(
  conflicts: readonly FieldConflict[],
  called: Called,
  at: Parameters<typeof pair>[2],
): readonly Line[] {
  return conflicts.flatMap(({ field, base, ours, theirs, winner }) =>
    pair(
      `    ${called(field)}`,
      `was ${cellOrNothing(base)}, here ${cellOrNothing(ours)}, at the vendor ${cellOrNothing(theirs)}: ${says[winner ?? 'ask']}`,
      at,
    ),
  );
}
