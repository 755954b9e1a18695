import type { Manifest } from '../../../connector/manifest.ts';
import type { Area } from '../../app/area.ts';
import { useStore, useViewCommands } from '../../app/context.ts';
import { PreviewPane } from '../preview/pane.tsx';
import { usePreview } from '../preview/use-preview.ts';
import { inputOf, type WizardState } from './model.ts';

interface EnablePreviewProps extends Area {
  readonly manifest: Manifest;
  readonly state: WizardState;
  readonly onEnable: () => void;
  readonly onBack: () => void;
}

/** Before the first enable: what it would bring. What was entered is in no place that is kept, for there are secrets in it. */
export function EnablePreview({ manifest, state, onEnable, onBack, width, height }: EnablePreviewProps) {
  const store = useStore();
  const preview = usePreview(inputOf(manifest, state), manifest.id);
  useViewCommands({
    'wizard.back': onBack,
    'wizard.next': () => {
      if (preview.phase === 'done') onEnable();
      else if (preview.phase === 'reading') store.say('Still reading. Esc stops it.');
    },
  });
  return (
    <PreviewPane
      state={preview}
      title={`Enabling ${manifest.name} would do this`}
      then="Enter saves and starts syncing. Esc goes back; nothing is saved."
      width={width}
      height={height}
    />
  );
}
