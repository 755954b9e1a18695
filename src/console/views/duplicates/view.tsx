import { Box, Text } from 'ink';
import { useState } from 'react';
import type { DuplicateRecord } from '../../../engine/duplicates/duplicate.ts';
import { duplicateTypes } from '../../../engine/duplicates/duplicate.ts';
import { labelOf } from '../../../portal/records/names.ts';
import { count } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useMemory, useNames, useStore, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { Lines } from '../lines.tsx';
import { TabBar, tabCommands } from '../tab-bar.tsx';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { duplicateRows } from './rows.ts';

/** More groups than this are for `msportal duplicates`. */
const most = 500;

/** Records that are likely twice. The first of a group is kept, the selected one is merged into it. */
export function DuplicatesView({ place, width, height }: ViewProps<'duplicates'>) {
  const theme = useTheme();
  const nameOf = useNames();
  const engine = useEngine();
  const store = useStore();
  const { type } = place;
  const [wanted, setCursor] = useMemory('cursor', 0);
  const [looks, setLooks] = useState(0);
  const found = useLoaded(() => engine.duplicates(type, most), `${type} ${looks}`);
  const rows = (found?.groups ?? []).flatMap((group) => duplicateRows(group, theme, nameOf));
  const cursor = Math.min(wanted, Math.max(0, rows.length - 1));
  const selected = rows[cursor];
  const inner = width - 2;
  const page = height - 3;
  const from = useScroll(cursor, page, rows.length);

  useViewCommands({
    ...moveCommands((move) => setCursor(moved(cursor, move, rows.length, page))),
    ...tabCommands(duplicateTypes.length, duplicateTypes.indexOf(type), (index) =>
      store.replace({ view: 'duplicates', type: duplicateTypes[index] ?? type }),
    ),
    'records.refresh': () => setLooks(looks + 1),
    'duplicates.merge': () => {
      const [keep] = selected?.group.records ?? [];
      const drop = selected?.record;
      if (keep === undefined || drop === undefined || keep.id === drop.id) {
        return store.say('Select the record that is to become one with the first of its group.');
      }
      store.ask(question(keep, drop), () =>
        store.attempt(async () => {
          await engine.mergeRecords(type, keep.id, drop.id);
          setLooks((before) => before + 1);
          return `${sanitise(drop.label)} is one with ${sanitise(keep.label)} now; its links are kept.`;
        }),
      );
    },
  });

  const label = labelOf(type).toLowerCase();
  const state =
    found === null
      ? `Comparing the ${label}.`
      : `${count(found.groups.length + found.more)} groups among ${count(found.compared)} ${label}; m merges the selected record into the first of its group.`;
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Box height={2}>
        <TabBar
          tabs={duplicateTypes.map((each) => ({ label: labelOf(each) }))}
          current={duplicateTypes.indexOf(type)}
        />
      </Box>
      <Lines lines={rows.map(({ line }) => line)} width={inner} height={page} from={from} selected={cursor} />
      <Text wrap="truncate" {...theme.style.muted}>
        {state}
      </Text>
    </Box>
  );
}

const question = (keep: DuplicateRecord, drop: DuplicateRecord) => ({
  title: 'Make these two one?',
  detail: `"${sanitise(drop.label)}" becomes one with "${sanitise(keep.label)}", which stays. Every link is kept; nothing changes at a vendor.`,
});
