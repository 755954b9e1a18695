import { Box } from 'ink';
import { type IntegrationTab, integrationTabs } from '../../../commands/place.ts';
import { count } from '../../../text/format.ts';
import { useIntegration, useKept, useStore, useViewCommands } from '../../app/context.ts';
import { tabLabels } from '../../app/crumbs.ts';
import { Guide } from '../guide/view.tsx';
import { IssuesPane } from '../issues/pane.tsx';
import { LogsView } from '../logs/view.tsx';
import { MappingTab } from '../mapping/tab.tsx';
import { draftName } from '../mapping/use-draft.ts';
import { TabBar, tabCommands } from '../tab-bar.tsx';
import type { ViewProps } from '../view-props.ts';
import { ChecksTab, startKey } from './checks-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

/** One integration, in tabs. */
export function IntegrationDetail({ place, width, height }: ViewProps<'integration'>) {
  const store = useStore();
  const view = useIntegration(place.id);
  const [draft] = useKept(draftName(place.id));
  const current = integrationTabs.indexOf(place.tab);
  const test = () => {
    store.replace({ ...place, tab: 'checks' });
    store.remember({ [startKey]: true });
  };
  useViewCommands({
    ...tabCommands(integrationTabs.length, current, (index) =>
      store.replace({ ...place, tab: integrationTabs[index] ?? 'overview' }),
    ),
    // The tab of the checks tests by itself.
    ...(place.tab === 'checks' ? {} : { 'integration.test': test }),
  });
  if (view === null) return null;
  const figures: Readonly<Partial<Record<IntegrationTab, string>>> = {
    ...(view.issues > 0 ? { issues: count(view.issues) } : {}),
    ...(draft === null ? {} : { mapping: '*' }),
  };
  const tabs = integrationTabs.map((tab) => ({
    label: tabLabels[tab],
    ...(figures[tab] === undefined ? {} : { figure: figures[tab] }),
  }));
  const area = { width, height: height - 2 };
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Box height={2} paddingLeft={1}>
        <TabBar tabs={tabs} current={current} width={width - 1} />
      </Box>
      {place.tab === 'overview' && <OverviewTab view={view} {...area} />}
      {place.tab === 'runs' && <RunsTab id={view.id} {...area} />}
      {place.tab === 'issues' && <IssuesPane integration={view.id} {...area} />}
      {place.tab === 'settings' && <SettingsTab view={view} {...area} />}
      {place.tab === 'mapping' && <MappingTab view={view} {...area} />}
      {place.tab === 'logs' && <LogsView place={{ view: 'logs', integration: view.id }} {...area} />}
      {place.tab === 'checks' && <ChecksTab view={view} {...area} />}
      {place.tab === 'guide' && <Guide id={view.id} {...area} />}
    </Box>
  );
}
