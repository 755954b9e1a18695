import { Box, Text } from 'ink';
import type { Manifest } from '../../../connector/manifest.ts';
import type { Area } from '../../app/area.ts';
import { useIntegration, useNow } from '../../app/context.ts';
import { useTheme } from '../../widgets/theme.ts';
import { overview } from '../integration/overview.ts';
import { Lines, line } from '../lines.tsx';
import type { WizardState } from './model.ts';
import { summaryLines } from './summary.ts';

interface EnableStepProps extends Area {
  readonly manifest: Manifest;
  readonly state: WizardState;
  readonly phase: 'asking' | 'saving' | 'enabled';
}

/** Step 5: what will be saved; after that the initial import, which goes on when one leaves. */
export function EnableStep({ manifest, state, phase, width, height }: EnableStepProps) {
  const theme = useTheme();
  const now = useNow();
  const view = useIntegration(manifest.id);
  const enabled = phase === 'enabled' && view !== null;
  const lines = enabled
    ? [
        line(`${manifest.name} is connected.`, theme.style.success),
        line(' '),
        ...overview(view, { width, now, theme }, { account: false }),
      ]
    : summaryLines(manifest, state, width, theme);
  const say = {
    asking: 'Enter saves this and starts syncing, p previews first. Esc goes back.',
    saving: 'Saving.',
    enabled: 'Enter leaves; the sync goes on.',
  }[phase];
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Lines lines={lines} width={width} height={height - 2} />
      <Text> </Text>
      <Text wrap="truncate" {...(phase === 'saving' ? theme.style.muted : theme.style.accent)}>
        {say}
      </Text>
    </Box>
  );
}
