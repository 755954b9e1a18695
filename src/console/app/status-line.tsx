import { Box, Text } from 'ink';
import { sanitise } from '../../text/sanitise.ts';
import { fit, truncate, width } from '../../text/width.ts';
import { useTheme } from '../widgets/theme.ts';
import { useConsole, useKept, useSnapshot } from './context.ts';

/** Under this name the console keeps the ids of the notices that were opened: the status line has told them. */
export const noticesRead = 'notices read';

/** One line: what was said last; otherwise what the operator should know about the house itself. */
export function StatusLine({ columns }: { readonly columns: number }) {
  const theme = useTheme();
  const flash = useConsole((state) => state.flash);
  const notices = useSnapshot((snapshot) => snapshot?.notices);
  const [read] = useKept<readonly string[]>(noticesRead);
  const notice = notices?.findLast(({ id }) => !read?.includes(id)) ?? null;
  const room = columns - 2;
  if (flash?.kind === 'failed') {
    const { cause, fix } = flash.failure;
    const text = sanitise(`${theme.glyph.failed} ${cause} ${fix}`.trim());
    return <Line text={text} room={room} style={theme.style.danger} />;
  }
  if (flash !== null) return <Line text={sanitise(flash.text)} room={room} style={theme.style.accent} />;
  if (notice === null) return <Text> </Text>;
  const style = notice.level === 'info' ? theme.style.muted : theme.style.warning;
  const text = sanitise(notice.text);
  const more = width(text) > room ? `${truncate(text, room - 16)} N shows it all` : text;
  return <Line text={more} room={room} style={style} />;
}

function Line({ text, room, style }: { readonly text: string; readonly room: number; readonly style: object }) {
  return (
    <Box paddingLeft={1}>
      <Text wrap="truncate" {...style}>
        {fit(truncate(text, room), room)}
      </Text>
    </Box>
  );
}
