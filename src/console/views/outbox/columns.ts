/** Changes on their way to a vendor, as a list and in full. Pure. */
import { type Change, type ChangeState, editableStates, openStates } from '../../../portal/change.ts';
import { fieldLabel } from '../../../portal/records/field-label.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { counted, relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { NameOf } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import type { Column } from '../../widgets/columns.ts';
import { lookColumn, type StatusLook } from '../../widgets/status-look.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Line, line, pair } from '../lines.tsx';
import { cell, cellOrNothing } from '../records/columns.ts';

export const isOpen = ({ state }: Change): boolean => (openStates as readonly ChangeState[]).includes(state);

/** A record that is to be made may have no name yet. */
export const calledChange = ({ type, label }: Change): string =>
  sanitise(label) || `new ${definitionOf(type).singular}`;

/** Not on its way: it can be given other values. */
export const isEditable = ({ state }: Change): boolean => editableStates.includes(state);

export function stateLook(state: ChangeState, { glyph, style }: Theme): StatusLook {
  const looks: Readonly<Record<ChangeState, StatusLook>> = {
    waiting: { glyph: glyph.pending, word: 'Waiting', style: style.plain },
    sending: { glyph: glyph.syncing, word: 'Sending', style: style.active },
    unconfirmed: { glyph: glyph.warning, word: 'Sent, unconfirmed', style: style.warning },
    confirmed: { glyph: glyph.passed, word: 'Confirmed', style: style.success },
    conflicted: { glyph: glyph.warning, word: 'Conflict', style: style.warning },
    refused: { glyph: glyph.failed, word: 'Refused', style: style.danger },
    withdrawn: { glyph: glyph.untested, word: 'Withdrawn', style: style.muted },
  };
  return looks[state];
}

export function changeColumns(theme: Theme, now: number, nameOf: NameOf): readonly Column<Change>[] {
  const { style } = theme;
  return [
    lookColumn({ key: 'state', title: 'State', min: 19, priority: 9 }, ({ state }) => stateLook(state, theme)),
    {
      key: 'record',
      title: 'Record',
      min: 20,
      max: 50,
      priority: 8,
      value: calledChange,
    },
    { key: 'change', title: 'Change', min: 18, max: 60, priority: 7, value: summary },
    { key: 'integration', title: 'Integration', min: 16, priority: 4, value: ({ integration }) => nameOf(integration) },
    { key: 'by', title: 'By', min: 10, max: 20, priority: 3, value: ({ author }) => sanitise(author) },
    {
      key: 'when',
      title: 'When',
      min: 12,
      priority: 5,
      value: ({ createdAt }) => relativeTime(createdAt, now),
      raw: ({ createdAt }) => createdAt,
      style: () => style.muted,
    },
  ];
}

/** `status: Closed`, `note: Called back`, or how many fields. */
function summary({ kind, type, fields }: Change): string {
  const entries = Object.entries(fields).filter(([name]) => kind !== 'note' || name === 'text');
  const [first] = entries;
  if (first === undefined) return kind;
  const rest = entries.length > 1 ? ` and ${counted(entries.length - 1, 'more field')}` : '';
  const text =
    kind === 'note'
      ? `note: ${cell(first[1])}`
      : `${fieldLabel(definitionOf(type), first[0])}: ${cell(first[1])}${rest}`;
  return kind === 'create' ? `new, ${text}` : text;
}

/** Every field: what was there, what is wanted, and where they collide, what the vendor has. */
export function changeLines(change: Change, width: number, theme: Theme, nameOf: NameOf): readonly Line[] {
  const { style, glyph } = theme;
  const { glyph: sign, word, style: own } = stateLook(change.state, theme);
  const at = { width, labels: 18, muted: style.muted };
  const open = change.conflicts.filter(({ winner }) => winner === null);
  const settled = change.conflicts.filter(({ winner }) => winner !== null);
  const called = (field: string) => fieldLabel(definitionOf(change.type), field);
  return [
    [
      { text: `${sign} ${word}`, style: own },
      { text: `   ${change.kind} at ${nameOf(change.integration)}, ${stamp(change.createdAt)}`, style: style.muted },
      { text: change.attempts > 0 ? `, sent ${counted(change.attempts, 'time')}` : '', style: style.muted },
    ],
    ...(change.reason === null ? [] : pair('Why', sanitise(change.reason), { ...at, style: style.strong })),
    ...Object.entries(change.fields).flatMap(([field, value]) =>
      pair(
        called(field),
        change.kind === 'update'
          ? `${cellOrNothing(change.base[field])} ${theme.arrow} ${cellOrNothing(value)}`
          : cellOrNothing(value),
        at,
      ),
    ),
    ...open.flatMap(({ field, base, ours, theirs, theirsAt, theirsBy }) => [
      line(`${glyph.warning} ${called(field)} was changed on both sides`, style.warning),
      ...pair('  before', cellOrNothing(base), at),
      ...pair('  here', cellOrNothing(ours), { ...at, style: style.strong }),
      ...pair(
        '  at the vendor',
        [cellOrNothing(theirs), sanitise(theirsBy ?? ''), theirsAt === null ? '' : stamp(theirsAt)]
          .filter(Boolean)
          .join('   '),
        {
          ...at,
          style: style.strong,
        },
      ),
    ]),
    ...settled.flatMap(({ field, winner }) =>
      pair(called(field), winner === 'portal' ? 'ours was kept' : "the vendor's was kept", {
        ...at,
        style: style.muted,
      }),
    ),
  ];
}
