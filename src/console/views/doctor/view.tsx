import { Box } from 'ink';
import { useState } from 'react';
import type { Finding } from '../../../engine/doctor/finding.ts';
import { counted } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useMemory, useViewCommands } from '../../app/context.ts';
import { type TextStyle, type Theme, useTheme } from '../../widgets/theme.ts';
import { moveCommands, moved } from '../cursor.ts';
import { blank, type Line, Lines, line, paragraph } from '../lines.tsx';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';

/** The whole installation, looked at: what is wrong first, each with its cause, what mends it, and the command. */
export function DoctorView({ width, height }: ViewProps<'doctor'>) {
  const theme = useTheme();
  const engine = useEngine();
  const [from, setFrom] = useMemory('from', 0);
  const [looks, setLooks] = useState(0);
  const found = useLoaded(() => engine.doctor(), String(looks));
  const inner = width - 2;
  const lines = found === null ? [line('Looking.', theme.style.muted)] : findingLines(found, inner, theme);
  const hidden = Math.max(0, lines.length - height);
  useViewCommands({
    ...moveCommands((move) => setFrom(moved(Math.min(from, hidden), move, hidden + 1, height))),
    'records.refresh': () => setLooks(looks + 1),
  });
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={lines} width={inner} height={height} from={Math.min(from, hidden)} />
    </Box>
  );
}

const order = ['failed', 'warning', 'untested', 'ok'] as const;

/** Worst first; within the same status in the order in which they were looked at. */
export function findingLines(found: readonly Finding[], width: number, theme: Theme): readonly Line[] {
  const { style, glyph } = theme;
  const looks: Readonly<Record<Finding['status'], { glyph: string; style: TextStyle }>> = {
    failed: { glyph: glyph.failed, style: style.danger },
    warning: { glyph: glyph.warning, style: style.warning },
    untested: { glyph: glyph.untested, style: style.muted },
    ok: { glyph: glyph.passed, style: style.success },
  };
  const sorted = [...found].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const bad = found.filter(({ status }) => status === 'failed' || status === 'warning').length;
  const verdict = bad === 0 ? 'Nothing is wrong.' : `${counted(bad, 'thing')} to look at.`;
  return [
    line(`${verdict}  Ctrl-R looks again; msportal doctor looks deeper.`, style.strong),
    blank,
    ...sorted.flatMap(({ status, title, detail, cause, fix, command }) => {
      const look = looks[status];
      const head = `${look.glyph} ${status.padEnd(8)}  ${title}${detail === null ? '' : `: ${sanitise(detail)}`}`;
      const indent = '    ';
      return [
        line(head, look.style),
        ...(cause === null ? [] : paragraph(sanitise(cause), width, style.plain, indent)),
        ...(fix === null ? [] : paragraph(sanitise(fix), width, style.strong, indent)),
        ...(command === undefined ? [] : paragraph(`$ ${sanitise(command)}`, width, style.muted, indent)),
      ];
    }),
  ];
}
