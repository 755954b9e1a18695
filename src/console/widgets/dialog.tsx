import { Box, Text } from 'ink';
import { type ReactNode, useState } from 'react';
import { wrap } from '../../text/width.ts';
import { useKeys } from '../keys/use-keys.ts';
import { TextField } from './text-field.tsx';
import { useTheme } from './theme.ts';

export interface DialogProps {
  readonly title: string;
  /** Cells, border included. */
  readonly width: number;
  readonly children: ReactNode;
}

/** A framed box for one question. */
export function Dialog({ title, width, children }: DialogProps) {
  const theme = useTheme();
  return (
    <Box flexDirection="column" width={width} borderStyle={theme.border} paddingX={1} flexShrink={0}>
      <Text wrap="truncate" {...theme.style.strong}>
        {title}
      </Text>
      {children}
    </Box>
  );
}

export interface ConfirmProps {
  readonly title: string;
  /** What will happen, in a sentence or two. */
  readonly detail: string;
  readonly width: number;
  /** What has to be typed to go on: for what cannot be undone. */
  readonly word?: string;
  readonly onAnswer: (yes: boolean) => void;
}

/** Asks before something is done. No has the focus; Esc is No. */
export function Confirm({ title, detail, width, word, onAnswer }: ConfirmProps) {
  return (
    <Dialog title={title} width={width}>
      {wrap(detail, width - 4).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: wrapped lines have no identity.
        <Text key={index}>{line === '' ? ' ' : line}</Text>
      ))}
      <Text> </Text>
      {word === undefined ? (
        <YesNo onAnswer={onAnswer} />
      ) : (
        <TypedWord word={word} width={width - 4} onAnswer={onAnswer} />
      )}
    </Dialog>
  );
}

export interface ChooseProps {
  readonly title: string;
  readonly detail: string;
  readonly width: number;
  readonly choices: readonly { readonly key: string; readonly label: string }[];
  /** The number of the choice. */
  readonly onChoose: (choice: number) => void;
}

/** Asks which of several. The first has the focus and is what Esc means. */
export function Choose({ title, detail, width, choices, onChoose }: ChooseProps) {
  const theme = useTheme();
  const [focused, setFocused] = useState(0);
  useKeys(({ id }) => {
    const named = choices.findIndex(({ key }) => key === id);
    if (named >= 0) onChoose(named);
    else if (id === 'escape') onChoose(0);
    else if (id === 'enter') onChoose(focused);
    else if (['down', 'tab', 'j'].includes(id)) setFocused((now) => Math.min(now + 1, choices.length - 1));
    else if (['up', 'shift+tab', 'k'].includes(id)) setFocused((now) => Math.max(now - 1, 0));
  });
  return (
    <Dialog title={title} width={width}>
      {wrap(detail, width - 4).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: wrapped lines have no identity.
        <Text key={index}>{line === '' ? ' ' : line}</Text>
      ))}
      <Text> </Text>
      {choices.map(({ key, label }, index) => (
        <Text key={key} wrap="truncate" {...(index === focused ? theme.style.selected : {})}>
          {index === focused ? theme.glyph.pointer : ' '} {label} ({key}){' '}
        </Text>
      ))}
    </Dialog>
  );
}

function YesNo({ onAnswer }: Pick<ConfirmProps, 'onAnswer'>) {
  const theme = useTheme();
  const [yes, setYes] = useState(false);
  useKeys(({ id }) => {
    if (id === 'y') onAnswer(true);
    else if (id === 'n' || id === 'escape') onAnswer(false);
    else if (id === 'enter') onAnswer(yes);
    else if (['left', 'right', 'tab', 'shift+tab', 'h', 'l'].includes(id)) setYes((now) => !now);
  });
  const button = (label: string, focused: boolean) => (
    <Text {...(focused ? theme.style.selected : {})}>
      {focused ? theme.glyph.pointer : ' '} {label}{' '}
    </Text>
  );
  return (
    <Box gap={2}>
      {button('No (n)', !yes)}
      {button('Yes (y)', yes)}
    </Box>
  );
}

function TypedWord({
  word,
  width,
  onAnswer,
}: { readonly word: string; readonly width: number } & Pick<ConfirmProps, 'onAnswer'>) {
  const theme = useTheme();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  useKeys(({ id }) => {
    if (id === 'escape') onAnswer(false);
  });
  const submit = (text: string) => {
    if (text === word) onAnswer(true);
    else setWrong(true);
  };
  return (
    <>
      <Text wrap="truncate">Type {word} and Enter to go on, Esc to leave it:</Text>
      <TextField value={typed} onChange={setTyped} onSubmit={submit} focused width={width} />
      {wrong && <Text {...theme.style.warning}>That is not "{word}". Nothing was done.</Text>}
    </>
  );
}
