import { fit, wrap } from '../../text/width.ts';
import type { TextStyle, Theme } from './theme.ts';

export interface CheckLine {
  readonly id: string;
  readonly label: string;
  readonly status: 'pending' | 'running' | 'passed' | 'warning' | 'failed' | 'untested';
  readonly ms?: number;
  readonly detail?: string | null;
  readonly cause?: string | null;
  readonly fix?: string | null;
}

const indent = '    ';
const wordCells = 'untested'.length;

/** The lines of one check: glyph, word, label and time; then cause and fix, indented and wrapped. */
export function checkLines(check: CheckLine, width: number, theme: Theme): { text: string; style: TextStyle }[] {
  const style: Readonly<Record<CheckLine['status'], TextStyle>> = {
    pending: theme.style.muted,
    running: theme.style.active,
    passed: theme.style.success,
    warning: theme.style.warning,
    failed: theme.style.danger,
    untested: theme.style.muted,
  };
  const time = ['passed', 'warning', 'failed'].includes(check.status) ? `  ${Math.round(check.ms ?? 0)} ms` : '';
  const detail = check.detail ? `: ${check.detail}` : '';
  const head = `${theme.glyph[check.status]} ${check.status.padEnd(wordCells)}  ${check.label}${detail}`;
  const cells = { ellipsis: theme.glyph.ellipsis };
  const explained = [
    ['Cause: ', check.cause, theme.style.plain],
    ['Fix:   ', check.fix, theme.style.strong],
  ] as const;
  return [
    { text: fit(head, Math.max(0, width - time.length), cells) + time, style: style[check.status] },
    ...explained.flatMap(([title, text, style]) =>
      text
        ? wrap(text, width - indent.length - title.length).map((line, index) => ({
            text: `${indent}${index === 0 ? title : ' '.repeat(title.length)}${line}`,
            style,
          }))
        : [],
    ),
  ];
}
