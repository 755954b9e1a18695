import { Text } from 'ink';
import { Fragment } from 'react';
import { useTheme } from '../widgets/theme.ts';

interface TabBarProps {
  readonly tabs: readonly { readonly label: string; readonly figure?: string }[];
  readonly current: number;
}

/** `1 Overview  2 Runs  [3 Sync issues 4]`: the current one is told by brackets, not by colour alone. */
export function TabBar({ tabs, current }: TabBarProps) {
  const theme = useTheme();
  return (
    <Text wrap="truncate">
      {tabs.map(({ label, figure }, index) => {
        const text = [index + 1, label, figure].filter(Boolean).join(' ');
        const isCurrent = index === current;
        return (
          <Fragment key={label}>
            <Text {...(isCurrent ? theme.style.accent : theme.style.muted)}>
              {isCurrent ? `[${text}]` : ` ${text} `}
            </Text>
            <Text> </Text>
          </Fragment>
        );
      })}
    </Text>
  );
}

/** Where a tab command leads. */
export function tabCommands(count: number, current: number, pick: (index: number) => void) {
  return {
    'tab.next': () => pick((current + 1) % count),
    'tab.previous': () => pick((current - 1 + count) % count),
    'tab.pick': (key: string) => {
      const index = Number(key) - 1;
      if (index >= 0 && index < count) pick(index);
    },
  };
}
