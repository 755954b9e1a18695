import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import { sanitise } from '../../text/sanitise.ts';
import { wrap } from '../../text/width.ts';
import { useKeys } from '../keys/use-keys.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { SelectList } from '../widgets/select-list.tsx';
import { TextField } from '../widgets/text-field.tsx';
import { useTheme } from '../widgets/theme.ts';
import type { Area } from './area.ts';
import { useStore } from './context.ts';
import type { Pick, Suggestion } from './overlay.ts';

/** Suggestions shown at once. */
const room = 8;

interface Found {
  /** What was searched for. */
  readonly text: string;
  readonly items: readonly Suggestion[];
}

/** Asks for one of many: what is typed narrows them down, arrows move, Enter takes; Esc leaves everything as it is. */
export function PickPane({
  pick,
  answer,
  width,
  height,
}: Area & { readonly pick: Pick; readonly answer: (chosen: Suggestion) => void }) {
  const store = useStore();
  const theme = useTheme();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const inner = Math.min(width - 4, 76);
  const type = (next: string) => {
    setText(next);
    setHighlighted(null);
  };

  useEffect(() => {
    let current = true;
    pick.suggest(text).then(
      (items) => current && setFound({ text, items }),
      (error: unknown) => current && store.failed(error),
    );
    return () => {
      current = false;
    };
  }, [pick, text, store]);
  const isFound = found?.text === text;
  /** Where the cursor begins: at what is so now; where something was typed, at what fits it best. */
  const begin = ({ text, items }: Found) =>
    text === ''
      ? Math.max(
          0,
          items.findIndex(({ value }) => value === pick.current),
        )
      : 0;
  const take = (chosen: Suggestion | undefined) => {
    if (chosen === undefined) return;
    store.closeOverlay();
    answer(chosen);
  };
  // Over a slow link, Enter arrives in one read with the text: before what is found, and before a new list hears any key.
  const [hurried, setHurried] = useState(false);
  useKeys(({ id }) => {
    if (id === 'escape') store.closeOverlay();
    if (id === 'enter' && isFound)
      take(found.items.find(({ value }) => value === highlighted) ?? found.items[begin(found)]);
    setHurried(id === 'enter' && !isFound);
  });
  useEffect(() => {
    if (!hurried || !isFound) return;
    setHurried(false);
    take(found.items[begin(found)]);
  });

  const items = (found?.items ?? []).map(({ label, detail, ...item }) => ({
    ...item,
    label: sanitise(label),
    ...(detail === undefined ? {} : { detail: sanitise(detail) }),
  }));
  return (
    <Box width={width} height={height} alignItems="center" justifyContent="center">
      <Dialog title={pick.title} width={inner}>
        {wrap(pick.detail, inner - 4).map((part) => (
          <Text key={part} {...theme.style.muted}>
            {part}
          </Text>
        ))}
        <TextField value={text} onChange={type} focused width={inner - 4} placeholder="type to narrow down" />
        <Box height={room} flexDirection="column">
          {found === null ? null : items.length === 0 ? (
            <Text {...theme.style.muted}>Nothing is called so.</Text>
          ) : (
            // Another search begins at its first suggestion. What was found for an older text is not to be taken for this one.
            <SelectList
              key={found.text}
              items={items}
              {...(pick.current === undefined ? {} : { value: pick.current })}
              start={begin(found)}
              focused={isFound}
              onSelect={() => {}}
              onHighlight={setHighlighted}
              width={inner - 4}
              height={room}
            />
          )}
        </Box>
      </Dialog>
    </Box>
  );
}
