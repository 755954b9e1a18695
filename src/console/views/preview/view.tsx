import { Box } from 'ink';
import { fullSync } from '../../../commands/integrations.ts';
import { useEngine, useIntegration, useStore, useViewCommands } from '../../app/context.ts';
import type { ViewProps } from '../view-props.ts';
import { PreviewPane } from './pane.tsx';
import { usePreview } from './use-preview.ts';

/** What a full sync would do; from here it is started, or the settings that it was read with are saved. */
export function PreviewView({ place, width, height }: ViewProps<'preview'>) {
  const store = useStore();
  const engine = useEngine();
  const { id, change } = place;
  const view = useIntegration(id);
  const name = view?.name ?? id;
  const { options, ...settings } = change ?? {};
  const state = usePreview({ id, settings, ...(options === undefined ? {} : { options }) }, JSON.stringify(place));

  useViewCommands({
    'preview.apply': () => {
      if (state.phase === 'reading') return store.say('Still reading. Esc stops it.');
      if (state.phase === 'failed') return store.say('There is nothing to go on from: it could not be read.');
      store.back();
      if (change === undefined) return fullSync(store, { id, name });
      store.attempt(async () => {
        await engine.configure(id, change);
        return `${name}: saved. The next sync does it.`;
      });
    },
  });

  const [title, then] =
    change === undefined
      ? [`A full sync of ${name} would do this`, 'Enter starts the full sync. Esc leaves everything as it is.']
      : [`With these settings, ${name} would do this`, 'Enter saves the settings. Esc goes back; nothing is saved.'];
  return (
    <Box paddingX={1}>
      <PreviewPane state={state} title={title} then={then} width={width - 2} height={height} />
    </Box>
  );
}
