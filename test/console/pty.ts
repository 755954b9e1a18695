/** The real program in a real pseudo-terminal, its screen read through an xterm. */
import { type IPty, spawn } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';
import { keyBytes } from './screen.ts';

export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Start it from an interactive shell, for job control. */
  readonly fromShell?: boolean;
}

export interface PtyProgram {
  readonly pty: IPty;
  /** The visible screen. */
  text(): string;
  /** Everything that was written. */
  readonly written: string;
  press(...keys: string[]): void;
  /** Resolves when the screen fits the predicate; rejects with the screen after `limitMs`, or when the program ends. */
  waitFor(predicate: (text: string) => boolean, limitMs?: number): Promise<void>;
  readonly exited: Promise<{ readonly exitCode: number; readonly signal?: number | undefined }>;
  /** Private modes that are on: `alternate screen` is 1049, the hidden cursor 25. */
  readonly altScreen: boolean;
}

/** Starts a JavaScript file with this Node. */
export function startProgram(file: string, options: PtyOptions = {}): PtyProgram {
  const { columns = 100, rows = 30, args = [], env = {} } = options;
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const command = [process.execPath, file, ...args];
  const [program, ...rest] = options.fromShell ? ['/bin/bash', '--norc', '--noprofile', '-i'] : command;
  const pty = spawn(program!, rest, {
    cols: columns,
    rows,
    name: 'xterm-256color',
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: {
      PATH: process.env.PATH!,
      HOME: process.env.HOME ?? '/',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      PS1: '$ ',
      ...env,
    },
  });
  if (options.fromShell) pty.write(`${command.join(' ')}\r`);
  let written = '';
  let ended = false;
  const watchers = new Set<() => void>();
  const notify = () => {
    for (const watcher of watchers) watcher();
  };
  pty.onData((data) => {
    written += data;
    terminal.write(data, notify);
  });
  const exited = new Promise<{ exitCode: number; signal?: number | undefined }>((resolve) => {
    pty.onExit((exit) => {
      // What the program wrote last is parsed before its end is told.
      terminal.write('', () => {
        ended = true;
        notify();
        resolve(exit);
      });
    });
  });
  const text = () => {
    const buffer = terminal.buffer.active;
    return Array.from({ length: terminal.rows }, (_, row) =>
      buffer.getLine(buffer.viewportY + row)!.translateToString(true),
    ).join('\n');
  };
  return {
    pty,
    text,
    get written() {
      return written;
    },
    press: (...keys) => pty.write(keys.map(keyBytes).join('')),
    exited,
    get altScreen() {
      return terminal.buffer.active.type === 'alternate';
    },
    async waitFor(predicate, limitMs = 10_000) {
      await new Promise<void>((resolve, reject) => {
        const finish = (error?: Error) => {
          clearTimeout(timer);
          watchers.delete(check);
          if (error) reject(error);
          else resolve();
        };
        const check = () => {
          if (predicate(text())) finish();
          else if (ended) finish(new Error(`The program ended before. Its screen:\n${text()}`));
        };
        const timer = setTimeout(
          () => finish(new Error(`The screen never became what was waited for. It shows:\n${text()}`)),
          limitMs,
        );
        watchers.add(check);
        check();
      });
    },
  };
}
