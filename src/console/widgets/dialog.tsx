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
  /** What can be done before one answers. Not with `word`. */
  readonly first?: First;
  readonly onAnswer: (yes: boolean) => void;
}

interface First {
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
}

/** Asks before something is done. No has the focus; Esc is No. */
export function Confirm({ title, detail, width, word, first, onAnswer }: ConfirmProps) {
  return (
    <Dialog title={title} width={width}>
      {wrap(detail, width - 4).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: wrapped lines have no identity.
        <Text key={index}>{line === '' ? ' ' : line}</Text>
      ))}
      <Text> </Text>
      {word === undefined ? (
        <YesNo onAnswer={onAnswer} first={first} />
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

function YesNo({ onAnswer, first }: Pick<ConfirmProps, 'onAnswer'> & { readonly first: First | undefined }) {
  const theme = useTheme();
  const [focused, setFocused] = useState(0);
  const buttons = [
    { label: 'No (n)', key: 'n', run: () => onAnswer(false) },
    ...(first === undefined ? [] : [{ ...first, label: `${first.label} (${first.key})` }]),
    { label: 'Yes (y)', key: 'y', run: () => onAnswer(true) },
  ];
  const step: Readonly<Record<string, number>> = { left: -1, h: -1, 'shift+tab': -1, right: 1, l: 1, tab: 1 };
  useKeys(({ id }) => {
    const named = buttons.find(({ key }) => key === id);
    const by = step[id];
    if (named !== undefined) named.run();
    else if (id === 'escape') onAnswer(false);
    else if (id === 'enter') buttons[focused]?.run();
    else if (by !== undefined) setFocused((now) => (now + by + buttons.length) % buttons.length);
  });
  return (
    <Box gap={2}>
      {buttons.map(({ key, label }, index) => (
        <Text key={key} {...(index === focused ? theme.style.selected : {})}>
          {index === focused ? theme.glyph.pointer : ' '} {label}{' '}
        </Text>
      ))}
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
