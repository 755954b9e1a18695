import { Box } from 'ink';
import { withNames } from '../../../engine/change-names.ts';
import type { ConflictChoice } from '../../../engine/outbox-commands.ts';
import type { Change, FieldConflict } from '../../../portal/change.ts';
import { fieldLabel } from '../../../portal/records/field-label.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useMemory, useNames, useStore, useTitle, useViewCommands } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { blank, type Line, Lines, line, pair } from '../lines.tsx';
import { cellOrNothing } from '../records/columns.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';

type Choices = Readonly<Record<string, ConflictChoice>>;

/** Lines of each field: its name, before, ours, theirs, and a blank. */
const linesEach = 5;

/** One change whose fields were changed at the vendor too: what was there, what each side wants, and which is to count. */
export function ConflictView({ place, width, height }: ViewProps<'conflict'>) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const nameOf = useNames();
  const [choices, setChoices] = useMemory<Choices>('choices', {});
  const [wanted, setCursor] = useMemory('cursor', 0);
  const found = useLoaded(async () => withNames(engine, await engine.changes({ id: place.change })), place.change);
  const change = found?.[0];
  useTitle(change === undefined ? null : sanitise(change.label));
  const open = change?.state === 'conflicted' ? change.conflicts.filter(({ winner }) => winner === null) : [];
  const cursor = Math.min(wanted, Math.max(0, open.length - 1));
  const field = open[cursor]?.field;

  const choose = (side: ConflictChoice) => () => {
    if (field === undefined) return;
    setChoices({ ...choices, [field]: side });
    setCursor(Math.min(cursor + 1, open.length - 1));
  };
  useViewCommands({
    ...moveCommands((move) => setCursor(moved(cursor, move, open.length, 3))),
    'outbox.ours': choose('portal'),
    'outbox.theirs': choose('vendor'),
    'conflict.alike': () => {
      const side = field === undefined ? undefined : choices[field];
      if (side === undefined) return store.say('Say of this field first which side counts: p ours, t theirs.');
      setChoices(Object.fromEntries(open.map((each) => [each.field, side])));
    },
    'conflict.settle': () => {
      if (change === undefined || open.length === 0) return;
      const unsaid = open.find((each) => choices[each.field] === undefined);
      if (unsaid !== undefined) {
        setCursor(open.indexOf(unsaid));
        return store.say(`${called(change, unsaid.field)}: say which side counts, p ours or t theirs.`);
      }
      store.attempt(async () => {
        const after = await engine.resolveConflict(
          change.id,
          Object.fromEntries(open.flatMap((each) => [[each.field, choices[each.field] ?? 'vendor']])),
        );
        store.back();
        return after.state === 'waiting'
          ? 'Settled; the next sync sends what is ours.'
          : "Settled: the vendor's values stay, nothing is sent.";
      });
    },
  });

  const inner = width - 2;
  const head = change === undefined ? [] : headLines(change, nameOf(change.integration), open.length, theme);
  const body = open.flatMap((conflict, index) =>
    conflictLines(conflict, {
      called: change === undefined ? conflict.field : called(change, conflict.field),
      made: change === undefined ? '' : madeBy(change),
      width: inner,
      theme,
      current: index === cursor,
      choice: choices[conflict.field],
    }),
  );
  const bodyHeight = Math.max(linesEach, height - head.length);
  const from = useScroll(Math.min(body.length - 1, cursor * linesEach + linesEach - 1), bodyHeight, body.length);
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={head} width={inner} height={head.length} />
      <Lines lines={body} width={inner} height={bodyHeight} from={from} />
    </Box>
  );
}

function headLines(change: Change, where: string, open: number, { style }: Theme): readonly Line[] {
  const what =
    open === 0
      ? 'There is no conflict in this change any more. Esc goes back.'
      : 'Which counts? p: ours, t: theirs, a: all fields as this one; Enter settles it.';
  return [
    [
      { text: sanitise(change.label), style: style.strong },
      { text: `   here and at ${where}`, style: style.muted },
    ],
    line(what, style.muted),
    blank,
  ];
}

const called = ({ type }: Change, field: string) => fieldLabel(definitionOf(type), field);

const madeBy = ({ author, createdAt }: Change) => [sanitise(author), stamp(createdAt)].filter(Boolean).join(', ');

function conflictLines(
  { base, ours, theirs, at, theirsAt, theirsBy }: FieldConflict,
  look: {
    /** What people call the field. */
    readonly called: string;
    /** Who wants ours, and since when. */
    readonly made: string;
    readonly width: number;
    readonly theme: Theme;
    readonly current: boolean;
    readonly choice: ConflictChoice | undefined;
  },
): readonly Line[] {
  const { called, made, width, theme, current, choice } = look;
  const { style, glyph } = theme;
  const changedThere = [sanitise(theirsBy ?? ''), theirsAt === null ? `found ${stamp(at)}` : stamp(theirsAt)]
    .filter(Boolean)
    .join(', ');
  const options = { width, labels: 14, muted: style.muted };
  const value = (label: string, shown: unknown, who: string, taken: boolean) =>
    pair(`${taken ? '  (x) ' : '  ( ) '}${label}`, `${cellOrNothing(shown)}${who === '' ? '' : `   ${who}`}`, {
      ...options,
      style: taken ? style.strong : style.plain,
    }).slice(0, 1);
  return [
    line(`${current ? glyph.pointer : ' '} ${called}`, current ? style.accent : style.strong),
    ...pair('      before', cellOrNothing(base), { ...options, style: style.muted }).slice(0, 1),
    ...value('ours', ours, made, choice === 'portal'),
    ...value('theirs', theirs, changedThere, choice === 'vendor'),
    blank,
  ];
}
