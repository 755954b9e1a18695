/** Redraws the whole screen twenty times a second and measures how long its event loop stood still. */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import { useKeys } from '../../../src/console/keys/use-keys.ts';
import { detectCapabilities } from '../../../src/console/terminal/capabilities.ts';
import { renderConsole } from '../../../src/console/terminal/render.tsx';
import { useScreen, useTerminalSize } from '../../../src/console/terminal/screen-context.ts';
import { type Column, Table } from '../../../src/console/widgets/table.tsx';

const [report] = process.argv.slice(2);
/** The signals we were asked to end with. */
let asked = '';

const columns: readonly Column<number>[] = [
  { key: 'row', title: 'Row', min: 10, value: (row) => `row ${row}` },
  { key: 'square', title: 'Square', min: 10, max: Infinity, value: (row) => String(row * row).repeat(30) },
];

function Ticker() {
  const { rows, columns: width } = useTerminalSize();
  const screen = useScreen();
  const [tick, setTick] = useState(0);
  const [last, setLast] = useState('');
  useEffect(() => {
    const timer = setInterval(() => setTick((value) => value + 1), 50);
    return () => clearInterval(timer);
  }, []);
  useKeys((key) => {
    setLast(key.id);
    if (key.id === 'q') instance.unmount();
    if (key.id === 'ctrl+z') void screen.suspend();
    if (key.id === 't') setTimeout(() => Promise.reject(new Error('thrown on purpose')));
    if (key.id === 'x') process.exit(3);
  });
  const shown = Array.from({ length: rows }, (_, row) => tick * 1000 + row);
  return (
    <Box flexDirection="column">
      <Text>
        tick {tick} key {last} skipped {tick === 0 ? 0 : instance.output.framesSkipped} {asked}
      </Text>
      <Table
        columns={columns}
        rows={shown}
        rowKey={(row) => String(row % 1000)}
        selected={null}
        width={width}
        height={rows - 1}
      />
    </Box>
  );
}

const delay = monitorEventLoopDelay({ resolution: 10 });
const instance = renderConsole(<Ticker />, {
  stdin: process.stdin,
  stdout: process.stdout,
  capabilities: detectCapabilities(process.env, process),
  ...(process.env.END_ON_SIGNAL === undefined
    ? {}
    : {
        onSignal(signal) {
          asked += signal;
          setTimeout(() => instance.unmount(), 300);
        },
      }),
});
// The first frame is React's and the compiler's time, not the terminal's.
setTimeout(() => delay.enable(), 500);
void instance.waitUntilExit().then(() => {
  if (report !== undefined) {
    const { framesSkipped: skipped } = instance.output;
    writeFileSync(`${report}.part`, JSON.stringify({ longestGapMs: delay.max / 1e6, skipped, asked }));
    renameSync(`${report}.part`, report);
  }
  process.stdout.write(`clean end ${asked}\n`);
});
