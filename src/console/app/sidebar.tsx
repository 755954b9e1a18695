import { Box, Text } from 'ink';
import { fit } from '../../text/width.ts';
import { useTheme } from '../widgets/theme.ts';
import type { Area } from './area.ts';
import { useConsole, useSnapshot } from './context.ts';
import { here } from './history.ts';
import { type Item, sidebarItems } from './sidebar-items.ts';

/** What there is, how much of it, and the key that goes there. */
export function Sidebar({ width, height }: Area) {
  const theme = useTheme();
  const snapshot = useSnapshot((current) => current);
  const place = useConsole((state) => here(state.history).place);
  return (
    <Box
      width={width}
      height={height}
      flexDirection="column"
      overflow="hidden"
      paddingLeft={1}
      borderStyle={theme.border}
      borderDimColor
      borderTop={false}
      borderBottom={false}
      borderLeft={false}
    >
      {sidebarItems(snapshot, place, height).map((item) => (
        <Row key={`${item.kind} ${item.label}`} item={item} inner={width - 3} />
      ))}
    </Box>
  );
}

/** The current one is told by a mark in front of it, not by colour alone. */
function Row({ item, inner }: { readonly item: Item; readonly inner: number }) {
  const { kind, label, figure, key, current } = item;
  const theme = useTheme();
  if (kind === 'gap') return <Text> </Text>;
  const style = current ? theme.style.accent : kind === 'family' ? theme.style.muted : theme.style.plain;
  const front = kind === 'type' ? (current ? `${theme.glyph.pointer} ` : '  ') : kind === 'family' ? '' : `${key} `;
  // A family's name is worth more than its sum.
  const fits = label.length + front.length + figure.length < inner;
  const shown = kind === 'family' && !fits ? '' : figure;
  return (
    <Text wrap="truncate" {...style}>
      {front}
      {fit(label, inner - front.length - shown.length - 1)}{' '}
      <Text {...(current ? style : theme.style.muted)}>{shown}</Text>
    </Text>
  );
}
