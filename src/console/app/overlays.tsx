import { Box } from 'ink';
import { Confirm } from '../widgets/dialog.tsx';
import type { Area } from './area.ts';
import { CommandList } from './command-list.tsx';
import { useStore } from './context.ts';
import type { Overlay } from './store.ts';

/** What lies over the view. The view stays mounted beneath it, so nothing typed there is lost. */
export function OverlayPane({ overlay, width, height }: Area & { readonly overlay: Overlay }) {
  const store = useStore();
  if (overlay.kind !== 'question') return <CommandList width={width} height={height} kind={overlay.kind} />;
  const { title, detail, word } = overlay.question;
  return (
    <Box width={width} height={height} alignItems="center" justifyContent="center">
      <Confirm
        title={title}
        detail={detail}
        width={Math.min(width - 4, 64)}
        {...(word === undefined ? {} : { word })}
        onAnswer={(yes) => {
          store.closeOverlay();
          if (yes) overlay.answer();
        }}
      />
    </Box>
  );
}
