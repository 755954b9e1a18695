import { Box, Text } from 'ink';
import { Fragment } from 'react';
import { hints, keysOf } from '../../commands/table.ts';
import { keyLabel } from '../keys/key.ts';
import { useTheme } from '../widgets/theme.ts';
import { useConsole, useSnapshot, useStore } from './context.ts';
import { here as current } from './history.ts';
import { type Hint, hintsOf } from './overlay.ts';

/** The keys that do something here and now, as many as fit; the way back and those that hold everywhere are always there. */
export function HintBar({ columns }: { readonly columns: number }) {
  const theme = useTheme();
  const store = useStore();
  const place = useConsole((state) => current(state.history).place);
  const overlay = useConsole((state) => state.overlay);
  useConsole((state) => state.views);
  useSnapshot((snapshot) => snapshot);
  const context = store.context();
  const label = (key: string) => keyLabel(key, theme.unicode);
  const all = hints(context).flatMap((command) => {
    const [key] = keysOf(command, context);
    if (key === undefined || !store.does(command)) return [];
    return [{ id: command.id, key, title: (store.wordFor(command) ?? command.short ?? command.title).toLowerCase() }];
  });
  const back = all.filter(({ id }) => id === 'back');
  const rest = all.filter(({ id }) => id !== 'back');
  const always = place.view === 'wizard' ? inWizard : [...back, ...elsewhere];
  const here = store.knows(typingFilter) ? inFilter : fitting(rest, always, columns - 2, label);
  const shown = overlay === null ? here : hintsOf(overlay);
  return (
    <Box width={columns} paddingLeft={1}>
      <Text wrap="truncate">
        {shown.map(({ key, title }) => (
          <Fragment key={title}>
            <Text bold>{label(key)}</Text>
            <Text {...theme.style.muted}>{` ${title}   `}</Text>
          </Fragment>
        ))}
      </Text>
    </Box>
  );
}

/** Known to the view while letters belong to its filter. */
export const typingFilter = 'filter.typing';
const inFilter: readonly Hint[] = [
  { key: 'enter', title: 'keep the filter' },
  { key: 'escape', title: 'clear it' },
];
/** In the wizard letters belong to its fields. */
const inWizard: readonly Hint[] = [{ key: 'ctrl+c', title: 'quit' }];
const elsewhere: readonly Hint[] = [
  { key: '?', title: 'help' },
  { key: ':', title: 'command' },
  { key: 'q', title: 'quit' },
];

function fitting(
  wanted: readonly Hint[],
  always: readonly Hint[],
  room: number,
  label: (key: string) => string,
): readonly Hint[] {
  const cells = ({ key, title }: Hint) => label(key).length + title.length + 4;
  let left = room - always.reduce((sum, hint) => sum + cells(hint), 0);
  const shown: Hint[] = [];
  for (const hint of wanted) {
    left -= cells(hint);
    if (left < 0) break;
    shown.push(hint);
  }
  return [...shown, ...always];
}
