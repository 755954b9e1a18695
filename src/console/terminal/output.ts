/**
 * The stdout that Ink writes to. Node writes to a terminal synchronously: a frozen SSH client would stop every
 * timer and every sync in this process. Here a write only appends to a buffer; the buffer is written out as far as
 * the terminal takes it, and while much is waiting, frames are left out and one full repaint makes up for them.
 */
import { EventEmitter } from 'node:events';
import { toAscii } from '../../text/ascii.ts';
import { ModeLedger } from './modes.ts';
import type { TerminalSink } from './sink.ts';

/** The real stream: asked for the size, never written to. */
export interface SizeSource {
  readonly columns?: number;
  readonly rows?: number;
  getWindowSize?(): [columns: number, rows: number];
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface TerminalOutputOptions {
  readonly source: SizeSource;
  readonly sink: TerminalSink;
  /** Frames are left out while more bytes than this are waiting. Default 64 kB. */
  readonly backlogLimit?: number;
  /** False: without the brackets of synchronised updates (mode 2026). Default true. */
  readonly synchronised?: boolean;
  /** Everything becomes ASCII, whoever made the text: elsewhere one letter would be two signs, and the line longer. Default false. */
  readonly ascii?: boolean;
}

const frameStart = '\u001b[?2026h';
const frameEnd = '\u001b[?2026l';
/** Entering it leaves the cursor where it was: behind a prompt, or behind keys that were typed before the console was there. */
const alternateScreen = '\u001b[?1049h';
const home = '\u001b[H';
const homeAndErase = '\u001b[H\u001b[2J';

/** Milliseconds between tries while the terminal takes nothing. */
const retry = { first: 4, longest: 50 };

interface Events {
  resize: [];
  /** The terminal is gone (a dropped SSH session). Nothing is written any more. */
  hangup: [error: Error];
  /** Frames were left out and there is room again: repaint everything. */
  stale: [];
  drain: [];
}

export class TerminalOutput extends EventEmitter<Events> {
  readonly isTTY = true;
  columns: number;
  rows: number;
  /** Bytes handed to the terminal so far. */
  bytesWritten = 0;
  /** Frames left out so far because the terminal did not keep up. */
  framesSkipped = 0;

  readonly #source: SizeSource;
  readonly #sink: TerminalSink;
  readonly #limit: number;
  readonly #synchronised: boolean;
  readonly #ascii: boolean;
  readonly #modes = new ModeLedger();
  #waiting: Buffer[] = [];
  #backlog = 0;
  #timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
  #pause = retry.first;
  #inFrame = false;
  #skipping = false;
  #stale = false;
  #muted = false;
  #gone = false;

  constructor({ source, sink, backlogLimit = 64 * 1024, synchronised = true, ascii = false }: TerminalOutputOptions) {
    super();
    // Every mounted `useTerminalSize` listens.
    this.setMaxListeners(0);
    this.#source = source;
    this.#sink = sink;
    this.#limit = backlogLimit;
    this.#synchronised = synchronised;
    this.#ascii = ascii;
    this.columns = source.columns || 80;
    this.rows = source.rows || 24;
    source.on('resize', this.refreshSize);
  }

  /** Bytes that wait for the terminal. */
  get backlog(): number {
    return this.#backlog;
  }

  /**
   * Takes everything at once; `callback` is called when it is in the buffer, not when the terminal has it, so that a
   * stalled terminal cannot hold up a clean end. Always true: Ink does not wait for `drain`.
   */
  write = (data: string | Uint8Array, encoding?: unknown, callback?: () => void): boolean => {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString();
    const done = typeof encoding === 'function' ? (encoding as () => void) : callback;
    if (!this.#muted && !this.#gone) this.#take(text);
    if (done !== undefined) queueMicrotask(done);
    return true;
  };

  #take(text: string): void {
    if (text === frameStart) {
      this.#inFrame = true;
      this.#skipping = this.#backlog > this.#limit;
      if (this.#skipping) this.framesSkipped++;
    }
    const ends = text === frameEnd;
    if (this.#inFrame && this.#skipping) this.#stale = true;
    else if (this.#synchronised || (text !== frameStart && !ends)) this.#append(text);
    if (ends) this.#inFrame = false;
  }

  #append(text: string): void {
    if (text === '') return;
    this.#modes.observe(text);
    const drawn = this.#ascii ? toAscii(text) : text;
    const bytes = Buffer.from(drawn.replace(alternateScreen, `${alternateScreen}${home}`));
    this.#waiting.push(bytes);
    this.#backlog += bytes.length;
    // Not at once: a frame and its brackets leave in one piece.
    this.#timer ??= setImmediate(this.#pump);
  }

  readonly #pump = (): void => {
    this.#timer = null;
    const took = this.#writeOut();
    if (this.#backlog > 0 && !this.#gone) {
      this.#pause = took > 0 ? retry.first : Math.min(this.#pause * 2, retry.longest);
      this.#timer = setTimeout(this.#pump, this.#pause);
      return;
    }
    this.#pause = retry.first;
    if (this.#stale && !this.#gone) {
      this.#stale = false;
      this.emit('stale');
    }
    if (this.#backlog === 0) this.emit('drain');
  };

  /** Writes what the terminal takes now; returns how much that was. */
  #writeOut(): number {
    if (this.#backlog === 0 || this.#gone) return 0;
    const bytes = this.#waiting.length === 1 ? this.#waiting[0]! : Buffer.concat(this.#waiting);
    let sent = 0;
    try {
      while (sent < bytes.length) {
        const took = this.#sink.write(bytes.subarray(sent));
        if (took === 0) break;
        sent += took;
      }
    } catch (error) {
      this.#hangUp(error as Error);
      return sent;
    }
    this.#waiting = sent === bytes.length ? [] : [bytes.subarray(sent)];
    this.#backlog -= sent;
    this.bytesWritten += sent;
    return sent;
  }

  #hangUp(error: Error): void {
    this.#gone = true;
    this.#waiting = [];
    this.#backlog = 0;
    this.emit('hangup', error);
  }

  /**
   * Makes the next frame a full one: what is on the screen is not what Ink believes. `forget` makes Ink forget its
   * last frame (its `clear`); what it writes meanwhile is meant for a screen that is not there, and is dropped.
   */
  repaint(forget: () => void): void {
    this.#muted = true;
    try {
      forget();
    } finally {
      this.#muted = false;
    }
    this.#append(homeAndErase);
    // Ink draws at once on a resize, of whatever size.
    this.emit('resize');
  }

  /** Reads the size again: after a stop the shell, and not we, was told of changes. */
  refreshSize = (): void => {
    const [columns, rows] = this.#source.getWindowSize?.() ?? [this.#source.columns, this.#source.rows];
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns || 80;
    this.rows = rows || 24;
    this.emit('resize');
  };

  /** Resolves when the terminal has everything, or is gone, or `limitMs` have passed. */
  async flush(limitMs = 1000): Promise<void> {
    if (this.#backlog === 0) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.off('drain', end);
        this.off('hangup', end);
        resolve();
      };
      const timer = setTimeout(end, limitMs);
      this.on('drain', end);
      this.on('hangup', end);
    });
  }

  /** For the end of the process, where nothing asynchronous runs any more: waits at most `limitMs`. */
  flushSync(limitMs = 250): void {
    const deadline = performance.now() + limitMs;
    const clock = new Int32Array(new SharedArrayBuffer(4));
    while (this.#backlog > 0 && !this.#gone) {
      if (this.#writeOut() > 0) continue;
      if (performance.now() >= deadline) return;
      Atomics.wait(clock, 0, 0, 5);
    }
  }

  /** Switches off every mode that is still on, and writes everything out. May be called more than once. */
  restoreSync(): void {
    if (!this.#gone) this.#append(this.#modes.undo());
    this.flushSync();
  }

  close(): void {
    this.#source.off('resize', this.refreshSize);
    if (this.#timer !== null) {
      clearTimeout(this.#timer as NodeJS.Timeout);
      clearImmediate(this.#timer as NodeJS.Immediate);
    }
    this.#gone = true;
    this.#sink.close();
  }
}
