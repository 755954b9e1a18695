/**
 * One line of typed or pasted text, around ink-text-input. It gets its keys one by one (see terminal/input.ts), so
 * nothing is lost on a slow link; what was pasted is cleaned and said so, for an API key with a hidden line break
 * fails later and elsewhere.
 */
import { Box, Text, usePaste } from 'ink';
import TextInput from 'ink-text-input';
import { useEffect, useRef, useState } from 'react';
import { lineBreakMark } from '../../text/sanitise.ts';
import { width as cellsOf, fit } from '../../text/width.ts';
import type { KeyEvent } from '../keys/key.ts';
import { useClaimText } from '../keys/text-capture.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { useScreen } from '../terminal/screen-context.ts';
import { cleanPaste, dropUntypable, secretSummary } from './field-text.ts';
import { useTheme } from './theme.ts';

export interface TextFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter; the value is trimmed. */
  readonly onSubmit?: (value: string) => void;
  readonly focused: boolean;
  /** Cells. */
  readonly width: number;
  /** Never shown: dots while typing, length and last four characters after leaving. Ctrl-R shows it for 5 s. */
  readonly secret?: boolean;
  /** Shown while the field is empty. */
  readonly placeholder?: string;
  /** What takes the place of line breaks in a paste; absent: nothing does. */
  readonly separator?: string | undefined;
  /** The text may have several lines: a break shows as a mark, Alt-Enter makes one, and a paste keeps its own. */
  readonly lines?: boolean;
  /** Starts a timer and returns what stops it. */
  readonly startTimer?: (run: () => void, ms: number) => () => void;
}

const revealMs = 5000;

const startRealTimer = (run: () => void, ms: number) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

export function TextField(props: TextFieldProps) {
  const { onSubmit, focused, width, secret = false, placeholder = '', lines = false } = props;
  const separator = lines ? lineBreakMark : props.separator;
  const value = lines ? marked(props.value) : props.value;
  const onChange = (text: string) => props.onChange(lines ? unmarked(text) : text);
  const { startTimer = startRealTimer } = props;
  const theme = useTheme();
  const screen = useScreen();
  const [notice, setNotice] = useState('');
  const [revealed, setRevealed] = useState(false);
  // A new generation is a new TextInput, with its cursor at the end.
  const [generation, setGeneration] = useState(0);
  const lastKey = useRef<KeyEvent | null>(null);
  useClaimText(focused);

  useEffect(() => (revealed ? startTimer(() => setRevealed(false), revealMs) : undefined), [revealed, startTimer]);
  useEffect(() => {
    if (!focused) setRevealed(false);
  }, [focused]);

  usePaste(
    (text) => {
      const paste = cleanPaste(text, separator);
      setNotice(paste.notice);
      screen.insert(paste.text);
    },
    { isActive: focused },
  );

  const change = (next: string) => {
    // ink-text-input takes the letter of Ctrl-R or Alt-x for typed text.
    if (lastKey.current !== null && lastKey.current.text === '' && !editing.has(lastKey.current.name)) {
      setGeneration((count) => count + 1);
      return;
    }
    if (lastKey.current?.text.length === 1) setNotice('');
    onChange(dropUntypable(next));
  };
  const command = (key: KeyEvent) => {
    lastKey.current = key;
    if (key.id === 'ctrl+u') {
      setNotice('');
      onChange('');
    } else if (key.id === 'ctrl+r' && secret) {
      setRevealed((shown) => !shown);
    }
  };

  if (!focused) {
    const shown = secret ? secretSummary(value, theme.glyph) : value;
    return value === '' ? (
      <Text {...theme.style.muted}>{fit(placeholder, width)}</Text>
    ) : (
      <Text>{fit(shown, width, { ellipsis: theme.glyph.ellipsis })}</Text>
    );
  }
  const masked = secret && !revealed;
  // One cell more for the cursor behind the text; a longer value shows its end, where the cursor is.
  const length = (masked ? value.length : cellsOf(value)) + 1;
  return (
    <Box flexDirection="column" width={width}>
      <KeyEars onKey={command} />
      <Box width={width} height={1} overflow="hidden" justifyContent={length > width ? 'flex-end' : 'flex-start'}>
        <Box width={Math.max(length, 1)} flexShrink={0}>
          <TextInput
            key={generation}
            value={value}
            onChange={change}
            onSubmit={(text) => {
              if (lines && lastKey.current?.id === 'alt+enter') screen.insert(lineBreakMark);
              else onSubmit?.((lines ? unmarked(text) : text).trim());
            }}
            {...(masked ? { mask: theme.glyph.mask } : {})}
          />
        </Box>
        {value === '' && placeholder !== '' && (
          <Box flexShrink={1}>
            <Text wrap="truncate" {...theme.style.muted}>
              {placeholder}
            </Text>
          </Box>
        )}
      </Box>
      {notice !== '' && <Text {...theme.style.warning}>{fit(notice, width)}</Text>}
    </Box>
  );
}

const marked = (text: string) => text.replaceAll('\n', lineBreakMark);
const unmarked = (text: string) => text.replaceAll(lineBreakMark, '\n');

const editing = new Set(['backspace', 'delete']);

/** Stands before the input, so that it hears each key first: Ink calls listeners in the order of their mounting. */
function KeyEars({ onKey }: { readonly onKey: (key: KeyEvent) => void }) {
  useKeys(onKey);
  return null;
}
