import { Box } from 'ink';
import { matchingTabs } from '../../../commands/place.ts';
import { useStore, useViewCommands } from '../../app/context.ts';
import { matchingLabels } from '../../app/crumbs.ts';
import { TabBar, tabCommands } from '../tab-bar.tsx';
import type { ViewProps } from '../view-props.ts';
import { GridTab } from './grid-tab.tsx';
import { WaitingTab } from './waiting-tab.tsx';

/** Which of the vendors' rows are which of our records: those that wait for a decision, and all companies by integrations. */
export function MatchingView({ place, width, height }: ViewProps<'matching'>) {
  const store = useStore();
  const current = matchingTabs.indexOf(place.tab);
  useViewCommands(
    tabCommands(matchingTabs.length, current, (index) =>
      store.replace({ view: 'matching', tab: matchingTabs[index] ?? 'waiting' }),
    ),
  );
  const area = { width, height: height - 2 };
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Box height={2} paddingLeft={1}>
        <TabBar tabs={matchingTabs.map((tab) => ({ label: matchingLabels[tab] }))} current={current} />
      </Box>
      {place.tab === 'waiting' ? <WaitingTab {...area} /> : <GridTab {...area} />}
    </Box>
  );
}
