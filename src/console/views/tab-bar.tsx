import { Text } from 'ink';
import { Fragment } from 'react';
import { useTheme } from '../widgets/theme.ts';

interface Tab {
  readonly label: string;
  readonly figure?: string;
}

interface TabBarProps {
  readonly tabs: readonly Tab[];
  readonly current: number;
  /** Cells. Where they are too few, the tabs move together, then all but the current one keep their number only. */
  readonly width?: number;
}

/** `1 Overview  2 Runs  [3 Issues 4]`: the current one is told by brackets, not by colour alone. */
export function TabBar({ tabs, current, width = Number.POSITIVE_INFINITY }: TabBarProps) {
  const theme = useTheme();
  const texts = tabTexts(tabs, current, width);
  return (
    <Text wrap="truncate">
      {tabs.map(({ label }, index) => (
        <Fragment key={label}>
          <Text {...(index === current ? theme.style.accent : theme.style.muted)}>{texts[index]}</Text>
          <Text> </Text>
        </Fragment>
      ))}
    </Text>
  );
}

function tabTexts(tabs: readonly Tab[], current: number, room: number): readonly string[] {
  const full = tabs.map(({ label, figure }, index) => [index + 1, label, figure].filter(Boolean).join(' '));
  const forms = [full.map((text) => ` ${text} `), full, tabs.map((_, index) => String(index + 1))].map((texts) =>
    texts.map((text, index) => (index === current ? `[${full[index]}]` : text)),
  );
  const cells = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length + 1, -1);
  return forms.find((texts) => cells(texts) <= room) ?? forms.at(-1) ?? [];
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
