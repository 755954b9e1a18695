import { Box } from 'ink';
import { integrationTabs } from '../../../commands/place.ts';
import { count } from '../../../text/format.ts';
import { useIntegration, useStore, useViewCommands } from '../../app/context.ts';
import { tabLabels } from '../../app/crumbs.ts';
import { Guide } from '../guide/view.tsx';
import { IssuesPane } from '../issues/pane.tsx';
import { TabBar, tabCommands } from '../tab-bar.tsx';
import type { ViewProps } from '../view-props.ts';
import { OverviewTab } from './overview-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

/** One integration, in tabs. */
export function IntegrationDetail({ place, width, height }: ViewProps<'integration'>) {
  const store = useStore();
  const view = useIntegration(place.id);
  const current = integrationTabs.indexOf(place.tab);
  useViewCommands(
    tabCommands(integrationTabs.length, current, (index) =>
      store.replace({ ...place, tab: integrationTabs[index] ?? 'overview' }),
    ),
  );
  if (view === null) return null;
  const tabs = integrationTabs.map((tab) => ({
    label: tabLabels[tab],
    ...(tab === 'issues' && view.issues > 0 ? { figure: count(view.issues) } : {}),
  }));
  const area = { width, height: height - 2 };
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Box height={2} paddingLeft={1}>
        <TabBar tabs={tabs} current={current} />
      </Box>
      {place.tab === 'overview' && <OverviewTab view={view} {...area} />}
      {place.tab === 'runs' && <RunsTab id={view.id} {...area} />}
      {place.tab === 'issues' && <IssuesPane integration={view.id} {...area} />}
      {place.tab === 'settings' && <SettingsTab view={view} {...area} />}
      {place.tab === 'guide' && <Guide id={view.id} {...area} />}
    </Box>
  );
}
