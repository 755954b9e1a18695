import { Box, Text } from 'ink';
import { Fragment } from 'react';
import { hints, keysOf } from '../../commands/table.ts';
import { keyLabel } from '../keys/key.ts';
import { useTheme } from '../widgets/theme.ts';
import { useConsole, useSnapshot, useStore } from './context.ts';
import { here } from './history.ts';

interface Hint {
  readonly key: string;
  readonly title: string;
}

/** The keys that do something here and now, as many as fit; those that hold everywhere are always there. */
export function HintBar({ columns }: { readonly columns: number }) {
  const theme = useTheme();
  const store = useStore();
  const place = useConsole((state) => here(state.history).place);
  useConsole((state) => state.views);
  useSnapshot((snapshot) => snapshot);
  const context = store.context();
  const all = hints(context).flatMap((command) => {
    const [key] = keysOf(command, context);
    if (key === undefined || !store.does(command)) return [];
    return [
      {
        key: keyLabel(key, theme.unicode),
        title: (store.wordFor(command) ?? command.short ?? command.title).toLowerCase(),
      },
    ];
  });
  const shown = fitting(all, place.view === 'wizard' ? inWizard : elsewhere, columns - 2);
  return (
    <Box width={columns} paddingLeft={1}>
      <Text wrap="truncate">
        {shown.map(({ key, title }) => (
          <Fragment key={title}>
            <Text bold>{key}</Text>
            <Text {...theme.style.muted}>{` ${title}   `}</Text>
          </Fragment>
        ))}
      </Text>
    </Box>
  );
}

/** In the wizard letters belong to its fields. */
const inWizard: readonly Hint[] = [{ key: 'Ctrl-C', title: 'quit' }];
const elsewhere: readonly Hint[] = [
  { key: '?', title: 'help' },
  { key: ':', title: 'command' },
  { key: 'q', title: 'quit' },
];
const cells = ({ key, title }: Hint) => key.length + title.length + 4;

function fitting(wanted: readonly Hint[], always: readonly Hint[], room: number): readonly Hint[] {
  let left = room - always.reduce((sum, hint) => sum + cells(hint), 0);
  const shown: Hint[] = [];
  for (const hint of wanted) {
    left -= cells(hint);
    if (left < 0) break;
    shown.push(hint);
  }
  return [...shown, ...always];
}
