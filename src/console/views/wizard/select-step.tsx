import { useMemo } from 'react';
import { fit } from '../../../text/width.ts';
import type { Area } from '../../app/area.ts';
import { useMemory, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { type Line, Lines, line } from '../lines.tsx';
import { statusOf } from '../status.ts';

interface SelectStepProps extends Area {
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onLeave: () => void;
}

/** Step 1: which integration. Those whose connector is still to come are listed and cannot be chosen. */
export function SelectStep({ chosen, onChoose, onLeave, width, height }: SelectStepProps) {
  const theme = useTheme();
  const store = useStore();
  const integrations = useSnapshot((snapshot) => snapshot?.integrations);
  const all = useMemo(() => integrations ?? [], [integrations]);
  const [wanted, setWanted] = useMemory<string | null>('choice', chosen);
  const cursor = Math.max(
    0,
    all.findIndex(({ id }) => id === wanted),
  );
  const rows = Math.max(1, height - 2);
  const from = useScroll(cursor, rows, all.length);
  const move = (by: number) => {
    const next = all[Math.max(0, Math.min(all.length - 1, cursor + by))];
    if (next !== undefined) setWanted(next.id);
  };
  useViewCommands({
    'wizard.down': () => move(1),
    'wizard.up': () => move(-1),
    'wizard.back': onLeave,
    'wizard.next': () => {
      const view = all[cursor];
      if (view === undefined) return;
      if (view.available) onChoose(view.id);
      else store.say(`${view.name} is coming; it cannot be connected yet.`);
    },
  });
  const lines = all.map((view, index): Line => {
    const { glyph, word, style } = statusOf(view, theme);
    return [
      { text: index === cursor ? `${theme.glyph.pointer} ` : '  ', style: theme.style.accent },
      { text: fit(view.name, 22), ...(view.available ? {} : { style: theme.style.muted }) },
      { text: fit(view.summary, Math.max(10, width - 42)), style: theme.style.muted },
      { text: ` ${glyph} ${word}`, style },
    ];
  });
  return (
    <>
      <Lines
        lines={[line('Which one do you want to connect?', theme.style.strong), line(' ')]}
        width={width}
        height={2}
      />
      <Lines lines={lines} width={width} height={rows} from={from} />
    </>
  );
}
