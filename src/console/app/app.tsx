import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { commandsForKey } from '../../commands/table.ts';
import { wrap } from '../../text/width.ts';
import { useTextCapture } from '../keys/text-capture.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { useScreen, useTerminalSize } from '../terminal/screen-context.ts';
import { useTheme } from '../widgets/theme.ts';
import { layout } from './area.ts';
import { type Clock, ConsoleContext, systemClock, useConsole, useStore, useViewCommands } from './context.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { HintBar } from './hint-bar.tsx';
import { here } from './history.ts';
import { OverlayPane } from './overlays.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusLine } from './status-line.tsx';
import type { ConsoleStore } from './store.ts';
import { TitleLine } from './title-line.tsx';
import { PlaceView } from './views.tsx';

export function App({ store, clock = systemClock }: { readonly store: ConsoleStore; readonly clock?: Clock }) {
  return (
    <ConsoleContext value={{ store, clock }}>
      <Shell />
    </ConsoleContext>
  );
}

/** Title line, sidebar where there is room, the view, status line, hint bar: exactly as high as the window. */
function Shell() {
  const { columns, rows } = useTerminalSize();
  const { sidebar, main } = layout(columns, rows);
  const place = useConsole((state) => here(state.history).place);
  const overlay = useConsole((state) => state.overlay);
  const screen = useScreen();
  useRootKeys();
  useViewCommands({
    'screen.repaint': () => screen.repaint(),
    'screen.suspend': () => void screen.suspend(),
  });
  const identity = JSON.stringify(place);
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <TitleLine columns={columns} />
      <Box height={main.height} width={columns}>
        {sidebar > 0 && <Sidebar width={sidebar} height={main.height} />}
        {overlay !== null && <OverlayPane overlay={overlay} width={main.width} height={main.height} />}
        <Box display={overlay === null ? 'flex' : 'none'}>
          <ErrorBoundary
            key={identity}
            fallback={({ cause, fix }) => <Broken text={`${cause} ${fix}`} width={main.width} />}
          >
            <PlaceView place={place} width={main.width} height={main.height} />
          </ErrorBoundary>
        </Box>
      </Box>
      <StatusLine columns={columns} />
      <HintBar columns={columns} />
    </Box>
  );
}

function Broken({ text, width }: { readonly text: string; readonly width: number }): ReactNode {
  const theme = useTheme();
  return (
    <Box flexDirection="column" paddingLeft={1}>
      <Text {...theme.style.danger}>This could not be shown.</Text>
      {wrap(text, width - 2).map((part) => (
        <Text key={part}>{part}</Text>
      ))}
      <Text {...theme.style.muted}>Esc goes back.</Text>
    </Box>
  );
}

/** The one place where a key becomes a command. What lies on top hears its keys itself. */
function useRootKeys(): void {
  const store = useStore();
  const screen = useScreen();
  const capture = useTextCapture();
  useKeys(({ id, alt, name }) => {
    if (id === 'ctrl+c') return store.quit();
    if (store.getState().overlay !== null || capture.takes(id)) return;
    // Esc and a letter that arrive in one read look like Alt with the letter; where that means nothing, they are two keys.
    const two = alt && name.length === 1 && !capture.active() && commandsForKey(id, store.context()).length === 0;
    store.press(two ? 'escape' : id);
    if (two) screen.insert(name);
  });
}
