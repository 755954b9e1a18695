import { Box } from 'ink';
import { commands, keysOf } from '../../../commands/table.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useMemory, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { keyLabel } from '../../keys/key.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { useScreen } from '../../terminal/screen-context.ts';
import { useTheme } from '../../widgets/theme.ts';
import { blank, type Line, Lines, line, pair, paragraph } from '../lines.tsx';
import type { ViewProps } from '../view-props.ts';

const none: readonly IntegrationView[] = [];

/** How this console is set up, what the terminal can do, and where every file is. */
export function SettingsView({ width, height }: ViewProps<'settings'>) {
  const theme = useTheme();
  const store = useStore();
  const { capabilities } = useScreen();
  const { settings } = store;
  const integrations = useSnapshot((snapshot) => snapshot?.integrations) ?? none;
  const [from, setFrom] = useMemory('from', 0);
  const inner = width - 2;
  const { style } = theme;
  const at = { width: inner, labels: 22, muted: style.muted };
  const remapped = Object.entries(settings.keys).map(([id, keys]): readonly [string, string] => [
    id,
    keys.map((key) => keyLabel(key, theme.unicode)).join(' ') || 'no key',
  ]);
  const section = (title: string, rows: readonly (readonly [string, string])[], none: string): readonly Line[] => [
    line(title, style.strong),
    ...(rows.length === 0
      ? paragraph(none, inner, style.muted)
      : rows.flatMap(([name, value]) => pair(name, sanitise(value), at))),
    blank,
  ];
  const lines = [
    ...section('Files', settings.facts, 'The demo keeps its files in a folder of its own and removes them at the end.'),
    ...section(
      'This console',
      [
        ['Changes', changes(settings.readOnly, integrations)],
        ['Colours', capabilities.colour],
        ['Characters', theme.unicode ? 'Unicode' : 'ASCII'],
        ['Commands', `${commands.length}, of which ${withKeys()} have a key; ? lists them`],
      ],
      '',
    ),
    ...section(
      'Keys of your own',
      remapped,
      'None. In config.json: "console": { "keys": { "integration.sync": ["ctrl+y"] } }; ? shows what each command does.',
    ),
    ...paragraph(
      'config.json is read at the start and never written by the program; config.example.json shows every key.',
      inner,
      style.muted,
    ),
  ];
  const hidden = Math.max(0, lines.length - height);
  useViewCommands(moveCommands((move) => setFrom(moved(Math.min(from, hidden), move, hidden + 1, height))));
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={lines} width={inner} height={height} from={Math.min(from, hidden)} />
    </Box>
  );

  function withKeys(): number {
    return commands.filter((command) => keysOf(command, settings).length > 0).length;
  }
}

function changes(readOnly: boolean, integrations: readonly IntegrationView[]): string {
  if (readOnly) return 'none: this console is read-only';
  const unwritten = integrations.filter(({ sync }) => sync.readOnly === true).map(({ name }) => name);
  return unwritten.length === 0 ? 'allowed' : `allowed, but nothing is written at ${unwritten.join(', ')}`;
}
