import { Text } from 'ink';
import { width as cellsOf } from '../../text/width.ts';
import { keyLabel } from '../keys/key.ts';
import { useTheme } from './theme.ts';

export interface KeyHint {
  /** As in the command table. */
  readonly key: string;
  readonly label: string;
}

/** One line: `Enter Open  s Sync  ? Help`. Hints that do not fit are left out, the last ones first. */
export function KeyHints({ hints, width }: { readonly hints: readonly KeyHint[]; readonly width: number }) {
  const theme = useTheme();
  const shown = fitHints(hints, width, theme.unicode);
  return (
    <Text wrap="truncate">
      {shown.map(({ key, label }, index) => (
        <Text key={key}>
          {index > 0 ? '  ' : ''}
          <Text {...theme.style.strong}>{keyLabel(key, theme.unicode)}</Text> {label}
        </Text>
      ))}
    </Text>
  );
}

export function fitHints(hints: readonly KeyHint[], width: number, unicode: boolean): KeyHint[] {
  let used = -2;
  return hints.filter(({ key, label }) => {
    const cells = cellsOf(keyLabel(key, unicode)) + 1 + cellsOf(label) + 2;
    if (used + cells > width) return false;
    used += cells;
    return true;
  });
}
