import { Box, Text } from 'ink';
import { useState } from 'react';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useMemory, useNow, useSnapshot, useStore, useTitle, useViewCommands } from '../../app/context.ts';
import { type ListMove, moveCommands, moved } from '../../lists/cursor.ts';
import { textOf } from '../../lists/read-all.ts';
import { useExport } from '../../lists/use-export.ts';
import { useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { Lines } from '../lines.tsx';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { loadCompany } from './load.ts';
import { companyEntries } from './sections.ts';

/** One company as all integrations know it. The cursor goes from figure to figure; Enter shows what is behind one. */
export function CompanyView({ place, width, height }: ViewProps<'company'>) {
  const theme = useTheme();
  const now = useNow();
  const engine = useEngine();
  const store = useStore();
  const exporting = useExport();
  const freshness = useSnapshot(synced);
  const [reads, setReads] = useState(0);
  const [wanted, setCursor] = useMemory('cursor', 0);
  const loaded = useLoaded(
    async () => ({ picture: await loadCompany(engine, place.record, now) }),
    `${place.record} ${freshness} ${reads}`,
  );
  // Wider lines than this are hard to read.
  const inner = Math.min(width - 2, 120);
  const picture = loaded?.picture ?? null;
  useTitle(picture === null ? null : sanitise(textOf(picture.company.name)));
  const entries = picture === null ? [] : companyEntries(picture, { width: inner, now, theme });
  // The cursor rests only where Enter leads somewhere.
  const stops = entries.flatMap(({ place }, index) => (place === null ? [] : [index]));
  const cursor = Math.min(wanted, Math.max(0, stops.length - 1));
  const at = stops[cursor] ?? 0;
  // At the first stop the head of the page is wanted too.
  const from = useScroll(cursor === 0 ? 0 : at, height, entries.length);
  useViewCommands({
    ...moveCommands((move: ListMove) => setCursor(moved(cursor, move, stops.length, height))),
    'records.refresh': () => setReads(reads + 1),
    'records.open': () => {
      const target = entries[at]?.place;
      if (target) store.open(target);
    },
    'list.copy': () => {
      if (picture !== null) exporting.toClipboard([picture.company]);
    },
  });
  if (loaded === null) return null;
  if (picture === null) {
    return (
      <Box paddingLeft={1}>
        <Text {...theme.style.muted}>This company is no longer in the portal. Esc goes back.</Text>
      </Box>
    );
  }
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      <Lines
        lines={entries.map(({ line }) => line)}
        width={inner}
        height={height}
        from={from}
        selected={stops.length === 0 ? null : at}
      />
    </Box>
  );
}
