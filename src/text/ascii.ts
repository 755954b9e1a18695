/** Text for a terminal that has nothing beyond ASCII, in as many cells as before. */
import { width as cells, graphemes } from './width.ts';

/** Each as wide as what it stands for. */
const twins: Readonly<Record<string, string>> = {
  '…': '~',
  '·': '.',
  '›': '>',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '↵': '\\',
  '–': '-',
  '•': '*',
  '─': '-',
};

/** Signs become their twins, letters lose their accents, and what has neither is a `?` in each of its cells. */
export function toAscii(text: string): string {
  return text.replace(beyond, (run) => graphemes(run).map(twinOf).join(''));
}

const beyond = /[^\u0000-\u007f]+/g;

function twinOf(grapheme: string): string {
  const [base = ''] = grapheme.normalize('NFD');
  return twins[grapheme] ?? (/[a-z]/i.test(base) ? base : '?'.repeat(cells(grapheme)));
}
