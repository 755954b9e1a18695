/**
 * A real terminal for tests: the element runs as the console does, its bytes go to an xterm, and keys come in as
 * bytes. Nothing sleeps: every step waits until the keys were heard and the frame has been drawn.
 */
import { EventEmitter } from 'node:events';
import { type IBufferCell, Terminal } from '@xterm/headless';
import type { ReactNode } from 'react';
import { parseKey } from '../../src/console/keys/key.ts';
import type { Capabilities } from '../../src/console/terminal/capabilities.ts';
import { type ConsoleInstance, renderConsole } from '../../src/console/terminal/render.tsx';

export interface MountOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly colour?: Capabilities['colour'];
  readonly unicode?: boolean;
}

export interface CellStyle {
  readonly text: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
  /** Number in the palette; -1: the default. */
  readonly colour: number;
}

export interface MountedScreen {
  /** The whole screen, without blanks at the ends of lines. */
  text(): string;
  lines(): string[];
  cell(column: number, row: number): CellStyle;
  /** Keys by name, as in the command table: `press('j', 'enter', 'ctrl+r')`. All arrive in one read. */
  press(...keys: string[]): Promise<void>;
  /** Text as it is typed, in one read. */
  type(text: string): Promise<void>;
  /** Bytes as the terminal sends them. */
  send(bytes: string | Uint8Array): Promise<void>;
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** The terminal takes nothing, or takes everything again. */
  stall(on: boolean): void;
  /** Resolves when the screen fits the predicate; rejects with the screen after `limitMs`. */
  waitFor(predicate: (text: string) => boolean, limitMs?: number): Promise<void>;
  /** Resolves when everything that was changed is on the screen. */
  settled(): Promise<void>;
  readonly bytesWritten: number;
  /** Everything that was written, for looking at sequences. */
  readonly written: string;
  /** Rows that were scrolled out at the top: a frame was higher than the window. */
  readonly scrolledOut: number;
  readonly console: ConsoleInstance;
  unmount(): Promise<void>;
}

export class FakeStdin extends EventEmitter {
  rawMode = false;
  setRawMode(on: boolean) {
    this.rawMode = on;
    return this;
  }
  resume() {}
  pause() {}
}

class FakeStdout extends EventEmitter {
  columns: number;
  rows: number;
  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }
}

export async function mountScreen(element: ReactNode, options: MountOptions = {}): Promise<MountedScreen> {
  const { columns = 100, rows = 30, colour = '16', unicode = true } = options;
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true, scrollback: 500 });
  const stdin = new FakeStdin();
  const stdout = new FakeStdout(columns, rows);
  const decoder = new TextDecoder();
  let written = '';
  let stalled = false;
  const instance = renderConsole(element, {
    stdin,
    stdout,
    capabilities: { interactive: true, reason: null, colour, unicode, columns, rows, linear: false },
    sink: {
      write(bytes) {
        if (stalled) return 0;
        // xterm parses later; what it is given has to stay as it is.
        terminal.write(bytes.slice());
        written += decoder.decode(bytes, { stream: true });
        return bytes.length;
      },
      close() {},
    },
    escapeDelayMs: 1,
    guard: false,
  });

  const parsed = () => new Promise<void>((resolve) => terminal.write('', resolve));
  const settled = async () => {
    await instance.settled({ flush: !stalled });
    await parsed();
  };
  const send = async (bytes: string | Uint8Array) => {
    stdin.emit('data', Buffer.from(bytes));
    await settled();
  };
  const lines = () => {
    const buffer = terminal.buffer.active;
    return Array.from({ length: terminal.rows }, (_, row) =>
      buffer
        .getLine(buffer.viewportY + row)!
        .translateToString(true)
        .trimEnd(),
    );
  };
  const text = () => lines().join('\n');
  await settled();

  return {
    text,
    lines,
    cell(column, row) {
      const buffer = terminal.buffer.active;
      return cellStyle(buffer.getLine(buffer.viewportY + row)!.getCell(column)!);
    },
    press: (...keys) => send(keys.map(keyBytes).join('')),
    type: send,
    send,
    paste: (pasted) => send(`\u001b[200~${pasted}\u001b[201~`),
    async resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      Object.assign(stdout, { columns: newColumns, rows: newRows });
      stdout.emit('resize');
      await settled();
    },
    stall(on) {
      stalled = on;
    },
    async waitFor(predicate, limitMs = 3000) {
      await settled();
      if (predicate(text())) return;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          listener.dispose();
          reject(new Error(`The screen never became what was waited for. It shows:\n${text()}`));
        }, limitMs);
        const listener = terminal.onWriteParsed(() => {
          if (!predicate(text())) return;
          clearTimeout(timer);
          listener.dispose();
          resolve();
        });
      });
    },
    settled,
    get bytesWritten() {
      return instance.output.bytesWritten;
    },
    get written() {
      return written;
    },
    get scrolledOut() {
      return terminal.buffer.active.baseY;
    },
    console: instance,
    async unmount() {
      instance.unmount();
      await instance.waitUntilExit();
      await parsed();
      terminal.dispose();
    },
  };
}

function cellStyle(cell: IBufferCell): CellStyle {
  return {
    text: cell.getChars(),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    inverse: cell.isInverse() !== 0,
    colour: cell.isFgDefault() ? -1 : cell.getFgColor(),
  };
}

const sequences: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  space: ' ',
  backspace: '\u007f',
  delete: '\u001b[3~',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
};

/** What a terminal sends for a key. */
export function keyBytes(notation: string): string {
  const { name, ctrl, alt, shift } = parseKey(notation);
  if (name === 'tab' && shift) return '\u001b[Z';
  const plain = sequences[name] ?? name;
  const bytes = ctrl && plain.length === 1 ? String.fromCharCode(plain.toUpperCase().charCodeAt(0) & 0x1f) : plain;
  return alt ? `\u001b${bytes}` : bytes;
}
