import { Box, Text } from 'ink';
import type { Snapshot } from '../../engine/snapshot.ts';
import { truncate, width } from '../../text/width.ts';
import { type Theme, useTheme } from '../widgets/theme.ts';
import { useConsole, useSnapshot, useStore } from './context.ts';
import { crumbs } from './crumbs.ts';
import { here } from './history.ts';

/** Where we are, and at the right who runs the syncs. */
export function TitleLine({ columns }: { readonly columns: number }) {
  const theme = useTheme();
  const store = useStore();
  const title = useConsole((state) => here(state.history).memory.title);
  useConsole((state) => state.history);
  const right = useSnapshot((snapshot) => ownership(snapshot, store.getState().engine !== null, theme));
  const access = store.settings.readOnly ? `read-only  ${right}` : right;
  const path = crumbs(store.context(), typeof title === 'string' ? title : null).filter(Boolean);
  const left = truncate(path.join(theme.unicode ? ' › ' : ' > '), Math.max(10, columns - width(access) - 14));
  return (
    <Box width={columns} justifyContent="space-between" paddingX={1}>
      <Text wrap="truncate">
        <Text {...theme.style.accent}>MSPortal</Text>
        <Text {...theme.style.muted}>{'  '}</Text>
        <Text bold>{left}</Text>
      </Text>
      <Text wrap="truncate" {...theme.style.muted}>
        {access}
      </Text>
    </Box>
  );
}

function ownership(snapshot: Snapshot | null, started: boolean, { glyph }: Theme): string {
  if (!started) return 'starting';
  const owner = snapshot?.owner ?? null;
  if (owner === null) return `${glyph.disconnected} no scheduler`;
  if (owner.access === 'look') return `${glyph.disconnected} looking only, process ${owner.pid} syncs`;
  const { running = 0, waiting = 0 } = snapshot?.queue ?? {};
  const where = owner.access === 'attached' ? `attached to process ${owner.pid}` : 'scheduler on';
  if (running + waiting === 0) return `${glyph.connected} ${where}`;
  const queue = `${glyph.syncing} ${running} running${waiting > 0 ? `, ${waiting} waiting` : ''}`;
  return owner.access === 'attached' ? `${queue}  ${where}` : queue;
}
