/** The little Markdown of the guides, as lines of a terminal: headings, paragraphs, lists, tables, code. */
import { width as cellsOf, fit, wrap } from '../../text/width.ts';
import type { StyledLine } from './scroll-view.tsx';
import { ScrollView } from './scroll-view.tsx';
import { type Theme, useTheme } from './theme.ts';

export interface MarkdownProps {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

export function Markdown({ text, width, height, focused }: MarkdownProps) {
  const theme = useTheme();
  return <ScrollView lines={markdownLines(text, width, theme)} width={width} height={height} focused={focused} />;
}

const fence = /^\s*```/;
const heading = /^(#{1,6})\s+(.*)$/;
const item = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const tableRow = /^\s*\|.*\|\s*$/;
const rule = /^\s*(?:-{3,}|\*{3,})\s*$/;

/** Lines of at most `width` cells. */
export function markdownLines(text: string, width: number, theme: Theme): StyledLine[] {
  const source = text.replaceAll('\r\n', '\n').split('\n');
  const lines: StyledLine[] = [];
  let index = 0;
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const start = index;
    while (index < source.length && test(source[index]!)) index += 1;
    return source.slice(start, index);
  };

  while (index < source.length) {
    const line = source[index]!;
    if (fence.test(line)) {
      index += 1;
      const code = takeWhile((inside) => !fence.test(inside));
      index += 1;
      lines.push(...code.map((text) => ({ text: fit(`  ${text}`, width), style: theme.style.active })));
    } else if (heading.test(line)) {
      const [, marks, title] = heading.exec(line)!;
      const style = marks!.length === 1 ? theme.style.accent : theme.style.strong;
      lines.push(...wrap(inline(title!), width).map((text) => ({ text, style })));
      index += 1;
    } else if (tableRow.test(line)) {
      lines.push(
        ...tableLines(
          takeWhile((row) => tableRow.test(row)),
          width,
          theme,
        ),
      );
    } else if (item.test(line)) {
      const [, space, mark, first] = item.exec(line)!;
      index += 1;
      const rest = takeWhile((next) => isText(next) && /^\s/.test(next));
      const lead = `${space}${/\d/.test(mark!) ? mark : theme.glyph.bullet} `;
      lines.push(...hanging(lead, inline([first!, ...rest.map((part) => part.trim())].join(' ')), width));
    } else if (rule.test(line)) {
      lines.push({ text: theme.glyph.rule.repeat(width), style: theme.style.muted });
      index += 1;
    } else if (line.trim() === '') {
      lines.push({ text: '' });
      index += 1;
    } else {
      lines.push(
        ...wrap(
          inline(
            takeWhile(isText)
              .map((part) => part.trim())
              .join(' '),
          ),
          width,
        ).map((text) => ({ text })),
      );
    }
  }
  return lines;
}

/** Continues a paragraph. */
function isText(line: string): boolean {
  return line.trim() !== '' && ![fence, heading, item, tableRow, rule].some((pattern) => pattern.test(line));
}

function hanging(lead: string, text: string, width: number): StyledLine[] {
  const indent = ' '.repeat(cellsOf(lead));
  return wrap(text, width - indent.length).map((line, index) => ({ text: (index === 0 ? lead : indent) + line }));
}

/** Emphasis and code without their marks; a link with its address behind it. */
function inline(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label} (${url})`,
    )
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, '$1')
    .replace(/`([^`]+)`/g, '$1');
}

const columnGap = 2;

/** Columns aligned; the widest give way, their cells wrapped, until the table fits. */
function tableLines(rows: readonly string[], width: number, theme: Theme): StyledLine[] {
  const cells = rows
    .filter((row) => !/^[\s|:-]+$/.test(row))
    .map((row) =>
      row
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => inline(cell.trim().replaceAll('\\|', '|'))),
    );
  const count = Math.max(...cells.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, c) => Math.max(1, ...cells.map((row) => cellsOf(row[c] ?? ''))));
  const total = () => widths.reduce((sum, cells) => sum + cells, columnGap * (count - 1));
  while (total() > width && Math.max(...widths) > 1) widths[widths.indexOf(Math.max(...widths))]! -= 1;
  return cells.flatMap((row, index) => {
    const wrapped = widths.map((cells, c) => wrap(row[c] ?? '', cells));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    const style = index === 0 ? theme.style.strong : theme.style.plain;
    return Array.from({ length: height }, (_, line) => ({
      text: fit(widths.map((cells, c) => fit(wrapped[c]![line] ?? '', cells)).join('  '), width).trimEnd(),
      style,
    }));
  });
}
