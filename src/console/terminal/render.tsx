/** Starts Ink on our terminal: alternate screen, incremental frames, our own input and output, and a clean end. */
import { Box, type Instance, render, Text, useApp, usePaste } from 'ink';
import { type ReactNode, useEffect } from 'react';
import { TextCaptureProvider } from '../keys/text-capture.tsx';
import { createTheme, ThemeContext } from '../widgets/theme.ts';
import { type Capabilities, isTooSmall, minimumSize } from './capabilities.ts';
import { clipboardSequence } from './clipboard.ts';
import { captureConsole } from './console-capture.ts';
import { type KeySource, TerminalInput } from './input.ts';
import { keepTerminal } from './keeper.ts';
import { type EndSignal, guardExit, stopUntilContinued } from './modes.ts';
import { type SizeSource, TerminalOutput } from './output.ts';
import { showInPager } from './pager.ts';
import { type Screen, ScreenContext, useTerminalSize } from './screen-context.ts';
import { openSink, type TerminalSink } from './sink.ts';

export interface ConsoleOptions {
  readonly stdin: KeySource;
  readonly stdout: SizeSource & { readonly fd?: number };
  readonly capabilities: Capabilities;
  /** Default: the terminal behind `stdout.fd`. */
  readonly sink?: TerminalSink;
  /** Frames bracketed as synchronised updates (mode 2026). Default true. */
  readonly synchronised?: boolean;
  readonly escapeDelayMs?: number;
  /**
   * Asked to end from outside; `SIGHUP` also when the SSH session is gone. The program ends its work and calls
   * `unmount`. Absent: the terminal is put back and the signal takes its course.
   */
  readonly onSignal?: (signal: EndSignal) => void;
  /** Take over signals and `exit` of the process. Default true; false in tests. */
  readonly guard?: boolean;
}

export interface ConsoleInstance {
  /** Ends the console and puts the terminal back. */
  unmount(error?: Error): void;
  /** Resolves when the console has ended and the terminal has everything; rejects with what made it crash. */
  waitUntilExit(): Promise<unknown>;
  /** Resolves when every key was heard and what changed is drawn and, unless told otherwise, with the terminal. */
  settled(options?: { readonly flush?: boolean }): Promise<void>;
  rerender(element: ReactNode): void;
  repaint(): void;
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
}

export function renderConsole(element: ReactNode, options: ConsoleOptions): ConsoleInstance {
  const { capabilities, onSignal, guard = true } = options;
  const output = new TerminalOutput({
    source: options.stdout,
    sink: options.sink ?? openSink(options.stdout.fd ?? 1),
    synchronised: options.synchronised ?? true,
    ascii: !capabilities.unicode,
  });
  const input = new TerminalInput({
    source: options.stdin,
    ...(options.escapeDelayMs === undefined ? {} : { escapeDelayMs: options.escapeDelayMs }),
  });
  const theme = createTheme(capabilities);
  const screen: { suspendTerminal?: (work: () => Promise<void>) => Promise<void> } = {};
  let ink: Instance;

  const repaint = () => output.repaint(() => ink.clear());
  /** Only while the terminal is ours: a shell or a pager that has it leaves it as they want it. */
  let dismissKeeper = () => {};
  const keep = () => {
    dismissKeeper();
    if (guard) dismissKeeper = keepTerminal(options.stdout.fd ?? 1);
  };
  /** The terminal is somebody else's while `work` runs. */
  const handOver = async (work: () => Promise<void>) => {
    await screen.suspendTerminal?.(async () => {
      output.flushSync();
      dismissKeeper();
      try {
        await work();
      } finally {
        output.refreshSize();
        keep();
      }
    });
  };
  const terminal: Screen = {
    capabilities,
    repaint,
    insert: (text) => input.insert(text),
    keysHeard: () => input.idle(),
    copy(text) {
      const sequence = clipboardSequence(text, process.env);
      if (sequence !== null) output.write(sequence);
      return sequence !== null;
    },
    suspend: () => handOver(stopUntilContinued),
    page: (lines) => handOver(() => showInPager(lines, process.env)),
  };
  const frame = (content: ReactNode) => (
    <ScreenContext value={terminal}>
      <ThemeContext value={theme}>
        <TextCaptureProvider>
          <Frame onSuspendable={(suspend) => (screen.suspendTerminal = suspend)}>{content}</Frame>
        </TextCaptureProvider>
      </ThemeContext>
    </ScreenContext>
  );

  const endCapture = guard ? captureConsole() : () => '';
  ink = render(frame(element), {
    // Ink asks less of its streams than the types of Node's streams promise: see its `stream.js` and `utils.js`.
    stdout: output as unknown as NodeJS.WriteStream,
    stdin: input as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    incrementalRendering: true,
    // Ink would take any CI variable in the environment for "no terminal".
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 30,
  });

  let restored = false;
  const restore = () => {
    if (restored) return;
    restored = true;
    ink.unmount();
    dismissKeeper();
    output.restoreSync();
    options.stdin.setRawMode(false);
    const printed = endCapture();
    if (printed !== '') process.stderr.write(printed);
  };
  // A dropped session shows as a signal and as an error on both streams; it is one reason to end.
  const asked = new Set<EndSignal>();
  const askToEnd = (signal: EndSignal) => {
    if (asked.has(signal)) return;
    asked.add(signal);
    if (onSignal !== undefined) onSignal(signal);
    else ink.unmount();
  };
  const release = guard ? guardExit({ restore, onSignal: onSignal && askToEnd }) : () => {};
  output.on('stale', repaint);
  const hangUp = () => {
    if (!restored) askToEnd('SIGHUP');
  };
  output.on('hangup', hangUp);
  input.on('hangup', hangUp);

  async function finish(): Promise<unknown> {
    try {
      return await ink.waitUntilExit();
    } finally {
      await output.flush();
      restore();
      release();
      input.close();
      output.close();
    }
  }
  const finished = finish();
  finished.catch(() => {});
  // Not before the first frame: starting a process takes a few milliseconds.
  ink
    .waitUntilRenderFlush()
    .then(() => {
      if (!restored) keep();
    })
    .catch(() => {});

  return {
    unmount: (error) => ink.unmount(error),
    waitUntilExit: () => finished,
    async settled({ flush = true } = {}) {
      await input.idle();
      await ink.waitUntilRenderFlush();
      if (flush) await output.flush();
    },
    rerender: (content) => ink.rerender(frame(content)),
    repaint,
    input,
    output,
  };
}

interface FrameProps {
  readonly children: ReactNode;
  readonly onSuspendable: (suspend: (work: () => Promise<void>) => Promise<void>) => void;
}

/**
 * Exactly as large as the window, for one row too many makes Ink repaint the whole screen on every change. What is
 * inside stays mounted when the window is too small, so that nothing typed is lost and `q` goes on working.
 */
function Frame({ children, onSuspendable }: FrameProps) {
  const size = useTerminalSize();
  const { suspendTerminal } = useApp();
  useEffect(() => onSuspendable(suspendTerminal), [onSuspendable, suspendTerminal]);
  // Bracketed paste is on only while somebody listens for pastes; without it, pasted text would run as commands.
  usePaste(() => {});
  const small = isTooSmall(size);
  return (
    <Box width={size.columns} height={size.rows} overflow="hidden">
      {small && (
        <Box width={size.columns} height={size.rows} alignItems="center" justifyContent="center">
          <Text wrap="truncate">
            Window too small: {size.columns}x{size.rows}, needs {minimumSize.columns}x{minimumSize.rows}
          </Text>
        </Box>
      )}
      <Box display={small ? 'none' : 'flex'} width={size.columns} height={size.rows} flexDirection="column">
        {children}
      </Box>
    </Box>
  );
}
