import { Box, Text } from 'ink';
import { useState } from 'react';
import type { Manifest } from '../../../connector/manifest.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { useViewCommands } from '../../app/context.ts';
import { useTheme } from '../../widgets/theme.ts';
import { Checks, hiddenChecks } from '../checks.tsx';
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
  const [scroll, setScroll] = useState(0);
  const offer = suggestion(manifest, test.checks);
  const can = {
    wait: 'Testing. Esc goes back and stops it.',
    pass: test.checks.some(({ status }) => status === 'untested')
      ? 'Nothing failed; what could not be tried says why. Enter goes on.'
      : 'All checks passed. Enter goes on.',
    warn: 'What failed does not stop the rest, but will not sync until it is mended. Enter goes on without it, t tests again.',
    stop: 'The connection does not work yet. Mend what failed (Esc goes back to the fields), then t tests again.',
  }[verdict(test)];
  const style = {
    wait: theme.style.muted,
    pass: theme.style.success,
    warn: theme.style.warning,
    stop: theme.style.danger,
  }[verdict(test)];
  const lines = paragraph(can, width, style);
  const footer = lines.length + (offer === null || test.phase !== 'done' ? 0 : 1);
  const listHeight = Math.max(1, height - footer - 1);
  const spare = hiddenChecks(test.checks, { width, height: listHeight }, theme);
  const move = (by: number) => setScroll(Math.max(-spare, Math.min(spare, scroll + by)));
  useViewCommands({ 'wizard.down': () => move(1), 'wizard.up': () => move(-1) });
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Checks checks={test.checks} width={width} height={listHeight} scroll={scroll} />
      <Text> </Text>
      {offer !== null && test.phase === 'done' && (
        <Text wrap="truncate" {...theme.style.accent}>
          y uses "{sanitise(offer.value)}" as {offer.field.label} and tests again.
        </Text>
      )}
      <Lines lines={lines} width={width} height={lines.length} />
    </Box>
  );
}
