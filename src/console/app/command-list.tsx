import { Box, Text } from 'ink';
import { useState } from 'react';
import type { CommandContext } from '../../commands/command.ts';
import { recordTypeCommands } from '../../commands/navigation.ts';
import { keysOf, type Offer, offers, shellLine, wordOf } from '../../commands/table.ts';
import { familyOf } from '../../portal/records/families.ts';
import { recordTypeNames } from '../../portal/records/names.ts';
import { count } from '../../text/format.ts';
import { width as cells, fit } from '../../text/width.ts';
import { keyLabel } from '../keys/key.ts';
import { useKeys } from '../keys/use-keys.ts';
import { type Line, Lines } from '../views/lines.tsx';
import { TextField } from '../widgets/text-field.tsx';
import { type Theme, useTheme } from '../widgets/theme.ts';
import { useScroll } from '../widgets/use-scroll.ts';
import type { Area } from './area.ts';
import { useStore } from './context.ts';

type Kind = 'help' | 'palette' | 'types';
const headings: Readonly<Record<Kind, string>> = {
  help: 'Help: find and run  ',
  palette: ': ',
  types: 'Record type: ',
};

/**
 * Help, palette and the choice of a record type: what can be done here, searchable; Enter does it. Help shows all with
 * their keys, the palette is the same in a few lines. Tab completes what is typed.
 */
export function CommandList({ width, height, kind }: Area & { readonly kind: Kind }) {
  const theme = useTheme();
  const store = useStore();
  const [query, setQuery] = useState('');
  const [wanted, setWanted] = useState(0);
  const found = kind === 'types' ? typeOffers(store.context(), query) : offers(store.context(), query);
  const cursor = Math.min(wanted, Math.max(0, found.length - 1));
  const inner = Math.min(width - 2, 96);
  const rows = kind === 'palette' ? Math.min(height - 4, 10) : height - 4;

  useKeys(({ id }) => {
    const step = { up: -1, down: 1, 'shift+tab': -1, pageup: -rows, pagedown: rows }[id];
    const offer = found[cursor];
    if (step !== undefined) setWanted(Math.max(0, Math.min(found.length - 1, cursor + step)));
    else if (id === 'tab' && offer !== undefined) {
      setQuery(completion(offer));
      setWanted(0);
    } else if (id === 'escape') store.closeOverlay();
    else if (id === 'enter') {
      store.closeOverlay();
      if (offer !== undefined) store.perform(offer.command, { context: offer.context, argument: offer.argument });
    }
  });

  const titles = Math.max(0, ...found.map((offer) => cells(titleOf(offer))));
  const lines = found.map((offer) =>
    kind === 'types' ? typeLine(offer, inner, theme) : offerLine(offer, { titles, width: inner }, theme),
  );
  const chosen = found[cursor];
  const from = useScroll(cursor, rows, lines.length);
  return (
    <Box flexDirection="column" width={width} height={height} paddingLeft={1} overflow="hidden">
      <Box height={1}>
        <Text {...theme.style.accent}>{headings[kind]}</Text>
        <TextField
          value={query}
          onChange={(text) => {
            setQuery(text);
            setWanted(0);
          }}
          focused
          width={Math.min(inner - headings[kind].length, 46)}
          placeholder="type to search, Tab completes, Enter runs it"
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
      <Text> </Text>
      <Text wrap="truncate" {...theme.style.warning}>
        {chosen?.reason == null ? ' ' : `Not now: ${chosen.reason}`}
      </Text>
    </Box>
  );
}

/** What Tab makes of a query: the command, and what it is to be done to. */
function completion({ command, argument }: Offer): string {
  return command.argument === undefined ? command.title.toLowerCase() : `${wordOf(command)} ${argument}`;
}

function titleOf({ command, context, argument }: Offer): string {
  const of = command.argument === 'text' ? argument : (context.integration?.name ?? argument);
  return argument === '' ? command.title : `${command.title}: ${of}`;
}

/** Keys, title, and why not now or the command line; below the list, the reason of the chosen one has a line of its own. */
function offerLine(
  offer: Offer,
  { titles, width }: { readonly titles: number; readonly width: number },
  { style, unicode }: Theme,
): Line {
  const { command, context, reason } = offer;
  const keys = keysOf(command, context)
    .map((key) => keyLabel(key, unicode))
    .join(' ');
  const right = reason ?? shellLine(command, context) ?? '';
  const title = Math.min(titles, width - 14);
  return [
    { text: ` ${fit(keys, 12)} `, style: style.strong },
    { text: fit(titleOf(offer), title) },
    { text: fit(`  ${right}`, Math.max(0, width - 14 - title)), style: reason === null ? style.muted : style.warning },
  ];
}

/** The types that have records come first, each with how many. */
function typeOffers(context: CommandContext, query: string): readonly Offer[] {
  const found = offers(context, query, recordTypeCommands);
  return [...found.filter(({ reason }) => reason === null), ...found.filter(({ reason }) => reason !== null)];
}

function typeLine({ command, context, reason }: Offer, width: number, { style }: Theme): Line {
  const type = recordTypeNames[recordTypeCommands.indexOf(command)]!;
  const records = context.snapshot?.totals[type] ?? 0;
  const own = reason === null ? style.plain : style.muted;
  return [
    { text: ` ${fit(command.title, 22)}`, style: own },
    { text: fit(count(records), 10, { align: 'right' }), style: own },
    { text: fit(`   ${familyOf(type).label}`, Math.max(0, width - 33)), style: style.muted },
  ];
}
