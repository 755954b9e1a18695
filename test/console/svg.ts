/** Draws what a terminal shows as an SVG picture: text stays text, so a picture can be read, searched and compared line by line. */
import type { CellStyle, MountedScreen } from './screen.ts';

const cell = { width: 8.4, height: 19 } as const;
const margin = 14;
/** The sixteen colours on a dark ground, as terminals have them. */
const palette = [
  '#1d2129',
  '#f26d6d',
  '#7ec97e',
  '#e5c067',
  '#6da8f2',
  '#c58af0',
  '#5fc8c8',
  '#d4d7dd',
  '#7a8291',
  '#ff8f8f',
  '#9be09b',
  '#f5d88a',
  '#8fc0ff',
  '#d9a9ff',
  '#86e0e0',
  '#ffffff',
];
const ground = '#14171d';
const plain = '#d4d7dd';

/** @param title what a reader hears who cannot see it */
export function svgOf(screen: MountedScreen, columns: number, rows: number, title: string): string {
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (const run of runsOf(screen, row, columns)) lines.push(...drawn(run, row));
  }
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = rows * cell.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${ground}"/>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: CellStyle;
}

/** Neighbouring cells of one style, as one piece of text. */
function runsOf(screen: MountedScreen, row: number, columns: number): Run[] {
  const runs: { column: number; text: string; style: CellStyle }[] = [];
  for (let column = 0; column < columns; column += 1) {
    const style = screen.cell(column, row);
    const last = runs.at(-1);
    if (last !== undefined && sameLook(last.style, style)) last.text += style.text || ' ';
    else runs.push({ column, text: style.text || ' ', style });
  }
  return runs;
}

function sameLook(a: CellStyle, b: CellStyle): boolean {
  return a.bold === b.bold && a.dim === b.dim && a.inverse === b.inverse && a.colour === b.colour;
}

function drawn({ column, text, style }: Run, row: number): string[] {
  const own = style.colour === -1 ? plain : (palette[style.colour] ?? plain);
  const x = (margin + column * cell.width).toFixed(1);
  const y = margin + row * cell.height;
  const width = (text.length * cell.width).toFixed(1);
  const box = style.inverse ? [`<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${own}"/>`] : [];
  if (text.trim() === '') return box;
  const look = [
    `fill="${style.inverse ? ground : own}"`,
    ...(style.bold ? ['font-weight="bold"'] : []),
    ...(style.dim ? ['opacity="0.65"'] : []),
  ].join(' ');
  const escaped = text
    .trimEnd()
    .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
  const length = (text.trimEnd().length * cell.width).toFixed(1);
  return [...box, `<text x="${x}" y="${y + 14}" ${look} xml:space="preserve" textLength="${length}">${escaped}</text>`];
}
