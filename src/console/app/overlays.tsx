import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import { sanitise } from '../../text/sanitise.ts';
import { wrap } from '../../text/width.ts';
import { useKeys } from '../keys/use-keys.ts';
import { blank, Lines, line, paragraph } from '../views/lines.tsx';
import { Choose, Confirm, Dialog } from '../widgets/dialog.tsx';
import { TextField } from '../widgets/text-field.tsx';
import { useTheme } from '../widgets/theme.ts';
import type { Area } from './area.ts';
import { CommandList } from './command-list.tsx';
import { useKept, useSnapshot, useStore } from './context.ts';
import type { Overlay } from './overlay.ts';
import { PickPane } from './pick-pane.tsx';
import { noticesRead } from './status-line.tsx';

/** What lies over the view. The view stays mounted beneath it, so nothing typed there is lost. */
export function OverlayPane({ overlay, width, height }: Area & { readonly overlay: Overlay }) {
  const store = useStore();
  if (overlay.kind === 'notices') return <Notices width={width} height={height} />;
  if (overlay.kind === 'choice') {
    return (
      <Box width={width} height={height} alignItems="center" justifyContent="center">
        <Choose
          {...overlay}
          width={Math.min(width - 4, 64)}
          onChoose={(choice) => {
            store.closeOverlay();
            overlay.choices[choice]?.run?.();
          }}
        />
      </Box>
    );
  }
  if (overlay.kind === 'prompt') return <PromptPane {...overlay} width={width} height={height} />;
  if (overlay.kind === 'pick') return <PickPane {...overlay} width={width} height={height} />;
  if (overlay.kind !== 'question') return <CommandList width={width} height={height} kind={overlay.kind} />;
  const { title, detail, word, first } = overlay.question;
  return (
    <Box width={width} height={height} alignItems="center" justifyContent="center">
      <Confirm
        title={title}
        detail={detail}
        width={Math.min(width - 4, 64)}
        {...(word === undefined ? {} : { word })}
        {...(first === undefined ? {} : { first: { ...first, run: () => store.open(first.place) } })}
        onAnswer={(yes) => {
          store.closeOverlay();
          if (yes) overlay.answer();
        }}
      />
    </Box>
  );
}

type PromptOverlay = Extract<Overlay, { kind: 'prompt' }>;

/** Asks for a line of text; Enter takes it, Esc leaves everything as it is. */
function PromptPane({ prompt, answer, width, height }: Area & PromptOverlay) {
  const store = useStore();
  const theme = useTheme();
  const [text, setText] = useState(prompt.value);
  const inner = Math.min(width - 4, 76);
  useKeys(({ id }) => {
    if (id === 'escape') store.closeOverlay();
  });
  return (
    <Box width={width} height={height} alignItems="center" justifyContent="center">
      <Dialog title={prompt.title} width={inner}>
        {wrap(prompt.detail, inner - 4).map((part) => (
          <Text key={part} {...theme.style.muted}>
            {part}
          </Text>
        ))}
        <Text> </Text>
        <TextField
          value={text}
          onChange={setText}
          onSubmit={(submitted) => {
            store.closeOverlay();
            if (submitted !== '' || prompt.empty) answer(submitted);
          }}
          focused
          width={inner - 4}
          lines={prompt.lines === true}
        />
        {prompt.lines && <Text {...theme.style.muted}>Alt-Enter begins another line; pasted lines stay lines.</Text>}
      </Dialog>
    </Box>
  );
}

/** What the status line has no room for, in full. */
function Notices({ width, height }: Area) {
  const store = useStore();
  const theme = useTheme();
  const notices = useSnapshot((snapshot) => snapshot?.notices);
  const [, setRead] = useKept<readonly string[]>(noticesRead);
  useEffect(() => setRead((notices ?? []).map(({ id }) => id)), [notices, setRead]);
  useKeys(({ id }) => {
    if (id === 'escape' || id === 'enter' || id === 'q') store.closeOverlay();
  });
  const lines = (notices ?? []).flatMap(({ level, text }) => [
    ...paragraph(sanitise(text), width - 2, level === 'info' ? theme.style.plain : theme.style.warning),
    blank,
  ]);
  const end = line(lines.length === 0 ? 'Nothing to tell. Esc goes back.' : 'Esc goes back.', theme.style.muted);
  return (
    <Box paddingX={1}>
      <Lines lines={[line('Notices', theme.style.strong), blank, ...lines, end]} width={width - 2} height={height} />
    </Box>
  );
}
