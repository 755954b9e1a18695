import { Box, Text } from 'ink';
import { useState } from 'react';
import { type Offer, offers } from '../../commands/table.ts';
import { fit } from '../../text/width.ts';
import { keyLabel } from '../keys/key.ts';
import { useKeys } from '../keys/use-keys.ts';
import { type Line, Lines } from '../views/lines.tsx';
import { TextField } from '../widgets/text-field.tsx';
import { type Theme, useTheme } from '../widgets/theme.ts';
import { useScroll } from '../widgets/use-scroll.ts';
import type { Area } from './area.ts';
import { useStore } from './context.ts';

/**
 * Help and palette: everything that can be done here, searchable; Enter does it. Help shows all with their keys,
 * the palette is the same in a few lines.
 */
export function CommandList({ width, height, kind }: Area & { readonly kind: 'help' | 'palette' }) {
  const theme = useTheme();
  const store = useStore();
  const [query, setQuery] = useState('');
  const [wanted, setWanted] = useState(0);
  const found = offers(store.context(), query);
  const cursor = Math.min(wanted, Math.max(0, found.length - 1));
  const inner = Math.min(width - 2, 96);
  const rows = kind === 'help' ? height - 2 : Math.min(height - 2, 10);

  useKeys(({ id }) => {
    const step = { up: -1, down: 1, 'shift+tab': -1, tab: 1, pageup: -rows, pagedown: rows }[id];
    if (step !== undefined) setWanted(Math.max(0, Math.min(found.length - 1, cursor + step)));
    else if (id === 'escape') store.closeOverlay();
    else if (id === 'enter') {
      store.closeOverlay();
      const offer = found[cursor];
      if (offer !== undefined) store.perform(offer.command);
    }
  });

  const lines = found.map((offer) => offerLine(offer, inner, theme));
  const from = useScroll(cursor, rows, lines.length);
  return (
    <Box flexDirection="column" width={width} height={height} paddingLeft={1} overflow="hidden">
      <Box height={1}>
        <Text {...theme.style.accent}>{kind === 'help' ? 'Help: find and run  ' : ': '}</Text>
        <TextField
          value={query}
          onChange={(text) => {
            setQuery(text);
            setWanted(0);
          }}
          focused
          width={30}
          placeholder="type to search, Enter runs it"
        />
      </Box>
      <Text> </Text>
      <Lines
        lines={lines.length === 0 ? [[{ text: 'Nothing here is called that.', style: theme.style.muted }]] : lines}
        width={inner}
        height={rows}
        from={from}
        selected={cursor}
      />
    </Box>
  );
}

function offerLine({ command, reason }: Offer, width: number, { style, unicode }: Theme): Line {
  const keys = command.keys.map((key) => keyLabel(key, unicode)).join(' ');
  const verb = command.cli === undefined ? '' : `msportal ${command.cli}`;
  const right = reason ?? verb;
  const start = [{ text: ` ${fit(keys, 13)}`, style: style.strong }, { text: fit(command.title, 27) }];
  const room = Math.max(0, width - 41);
  return [...start, { text: fit(right, room), style: reason === null ? style.muted : style.warning }];
}
