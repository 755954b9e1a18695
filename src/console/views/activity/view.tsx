import { Box } from 'ink';
import { activityTabs } from '../../../commands/place.ts';
import { useStore, useViewCommands } from '../../app/context.ts';
import { activityLabels } from '../../app/crumbs.ts';
import { RunsTab } from '../integration/runs-tab.tsx';
import { TabBar, tabCommands } from '../tab-bar.tsx';
import type { ViewProps } from '../view-props.ts';
import { ActionsTab } from './actions-tab.tsx';
import { QueueTab } from './queue-tab.tsx';

/** What is under way, what was, and what the operator did. */
export function ActivityView({ place, width, height }: ViewProps<'activity'>) {
  const store = useStore();
  const current = activityTabs.indexOf(place.tab);
  useViewCommands(
    tabCommands(activityTabs.length, current, (index) =>
      store.replace({ view: 'activity', tab: activityTabs[index] ?? 'queue' }),
    ),
  );
  const area = { width, height: height - 2 };
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Box height={2} paddingLeft={1}>
        <TabBar tabs={activityTabs.map((tab) => ({ label: activityLabels[tab] }))} current={current} />
      </Box>
      {place.tab === 'queue' && <QueueTab {...area} />}
      {place.tab === 'runs' && <RunsTab {...area} />}
      {place.tab === 'actions' && <ActionsTab {...area} />}
    </Box>
  );
}
