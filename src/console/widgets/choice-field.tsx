import { Text } from 'ink';
import type { Choice } from '../../connector/manifest.ts';
import { useClaimText } from '../keys/text-capture.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { useTheme } from './theme.ts';

interface ChoiceFieldProps {
  readonly choices: readonly Choice[];
  /** The value of a choice; anything else shows that there is still to choose. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly focused: boolean;
}

/** Change the choice, and are commands (`form.change`). */
const beside = ['left', 'right', 'space'];

/**
 * One of a few, between fields of text. A letter goes to the next choice that begins with it, and is never a command:
 * somebody who types the next secret too early must not leave the form with half of it.
 */
export function ChoiceField({ choices, value, onChange, focused }: ChoiceFieldProps) {
  const theme = useTheme();
  useClaimText(focused, beside);
  useKeys(
    ({ text }) => {
      const at = choices.findIndex((choice) => choice.value === value);
      const inTurn = [...choices.slice(at + 1), ...choices.slice(0, at + 1)];
      const next = inTurn.find(({ label }) => text !== '' && label.toLowerCase().startsWith(text.toLowerCase()));
      if (next !== undefined) onChange(next.value);
    },
    { active: focused },
  );
  const label = choices.find((choice) => choice.value === value)?.label ?? 'choose';
  return <Text {...(focused ? theme.style.strong : theme.style.plain)}>{`< ${label} >`}</Text>;
}
