import { Box, Text } from 'ink';
import type { Manifest } from '../../../connector/contract.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { CheckList } from '../../widgets/check-list.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { Lines, paragraph } from '../lines.tsx';
import type { ConnectionTest } from '../use-connection-test.ts';
import { suggestion, verdict } from './model.ts';

interface TestStepProps extends Area {
  readonly manifest: Manifest;
  readonly test: ConnectionTest;
}

/** Step 4: each check as it runs, with cause and fix, and below what can be done now. */
export function TestStep({ manifest, test, width, height }: TestStepProps) {
  const theme = useTheme();
  const offer = suggestion(manifest, test.checks);
  const can = {
    wait: 'Testing. Esc goes back and stops it.',
    pass: 'All checks passed. Enter goes on.',
    warn: 'Not everything could be checked or is allowed. That does not stop the rest: what failed will not sync until it is mended. Enter goes on, t tests again.',
    stop: 'The connection does not work yet. Mend what failed (Esc goes back to the fields), then t tests again.',
  }[verdict(test)];
  const style = {
    wait: theme.style.muted,
    pass: theme.style.success,
    warn: theme.style.warning,
    stop: theme.style.danger,
  }[verdict(test)];
  const lines = paragraph(can, width, style);
  const footer = lines.length + (offer === null ? 0 : 1);
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Box height={Math.max(1, height - footer - 1)} overflow="hidden">
        <CheckList checks={test.checks} width={width} />
      </Box>
      {offer !== null && test.phase === 'done' && (
        <Text wrap="truncate" {...theme.style.accent}>
          y uses "{sanitise(offer.value)}" as {offer.field.label} and tests again.
        </Text>
      )}
      <Lines lines={lines} width={width} height={lines.length} />
    </Box>
  );
}
