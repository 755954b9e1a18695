import { Box, Text } from 'ink';
import type { Place } from '../../commands/place.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import { labelOf, recordTypeNames } from '../../portal/records/names.ts';
import { count } from '../../text/format.ts';
import { fit } from '../../text/width.ts';
import { useTheme } from '../widgets/theme.ts';
import { sidebarWidth } from './area.ts';
import { useConsole, useSnapshot } from './context.ts';
import { here } from './history.ts';

interface Item {
  readonly label: string;
  readonly figure: string;
  readonly key: string;
  readonly current: boolean;
}

/** What there is, how much of it, and the key that goes there. */
export function Sidebar({ height }: { readonly height: number }) {
  const theme = useTheme();
  const snapshot = useSnapshot((current) => current);
  const place = useConsole((state) => here(state.history).place);
  const inner = sidebarWidth - 3;
  return (
    <Box
      width={sidebarWidth}
      height={height}
      flexDirection="column"
      overflow="hidden"
      paddingLeft={1}
      borderStyle={theme.border}
      borderDimColor
      borderTop={false}
      borderBottom={false}
      borderLeft={false}
    >
      {items(snapshot, place).map(({ label, figure, key, current }) => (
        <Text key={label} wrap="truncate" {...(current ? theme.style.accent : theme.style.plain)}>
          {key === '' ? '  ' : `${key} `}
          {fit(label, inner - 2 - figure.length)}
          <Text {...theme.style.muted}>{figure}</Text>
        </Text>
      ))}
    </Box>
  );
}

function items(snapshot: Snapshot | null, place: Place): readonly Item[] {
  const integrations = snapshot?.integrations ?? [];
  const connected = integrations.filter(({ configured }) => configured).length;
  const issues = integrations.reduce((sum, view) => sum + view.issues, 0);
  const inView = (...views: readonly Place['view'][]) => views.includes(place.view);
  return [
    {
      key: 'I',
      label: 'Integrations',
      figure: String(connected),
      current: inView('integrations', 'integration', 'wizard', 'guide'),
    },
    { key: 'R', label: 'Records', figure: '', current: inView('records') },
    ...recordTypeNames.map((type) => ({
      key: '',
      label: labelOf(type),
      figure: count(integrations.reduce((sum, view) => sum + (view.records[type] ?? 0), 0)),
      current: place.view === 'records' && place.type === type,
    })),
    { key: 'U', label: 'Sync issues', figure: count(issues), current: inView('issues') },
    { key: 'L', label: 'Log', figure: '', current: inView('logs') },
  ];
}
