import { Text } from 'ink';
import { Fragment } from 'react';
import { useTheme } from '../../widgets/theme.ts';
import { type Step, steps } from './model.ts';

const labels: Readonly<Record<Step, string>> = {
  select: 'Select',
  credentials: 'Credentials',
  options: 'Options',
  test: 'Test',
  enable: 'Enable',
};

/** Where in the five steps: done ones are ticked, the current one is in brackets. */
export function StepBar({ step }: { readonly step: Step }) {
  const theme = useTheme();
  const current = steps.indexOf(step);
  return (
    <Text wrap="truncate">
      {steps.map((name, index) => {
        const done = index < current;
        const text = `${done ? theme.glyph.passed : index + 1} ${labels[name]}`;
        const style = index === current ? theme.style.accent : done ? theme.style.success : theme.style.muted;
        return (
          <Fragment key={name}>
            <Text {...style}>{index === current ? `[${text}]` : ` ${text} `}</Text>
            <Text> </Text>
          </Fragment>
        );
      })}
    </Text>
  );
}
