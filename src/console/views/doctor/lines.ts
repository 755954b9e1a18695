/** The doctor's findings as lines of the screen. Pure. */
import type { Finding } from '../../../engine/doctor/finding.ts';
import { counted } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { TextStyle, Theme } from '../../widgets/theme.ts';
import { blank, type Line, line, paragraph } from '../lines.tsx';

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
