/**
 * The stdin that Ink reads from: single keys, each in its own turn of the event loop, so that what one key changed
 * is on record before the next is heard.
 */
import { EventEmitter } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { finishKeys, forInk, isPasteBegun, splitKeys } from './split-keys.ts';

/** The real stdin, or its double in a test. */
export interface KeySource {
  setRawMode(on: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  ref?(): unknown;
  unref?(): unknown;
  on(event: 'data' | 'end' | 'error', listener: (data: Buffer) => void): unknown;
  off(event: 'data' | 'end' | 'error', listener: (data: Buffer) => void): unknown;
}

export interface TerminalInputOptions {
  readonly source: KeySource;
  /** How long an unfinished escape sequence may take to arrive before it counts as the Esc key. Default 50 ms. */
  readonly escapeDelayMs?: number;
  /** How long a paste may pause. Default 1 s. */
  readonly pasteDelayMs?: number;
  /** Starts a timer and returns what stops it. */
  readonly startTimer?: (run: () => void, ms: number) => () => void;
}

const startRealTimer = (run: () => void, ms: number) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

interface Events {
  readable: [];
  /** The terminal is gone. */
  hangup: [];
  /** Every key has been heard. */
  idle: [];
  newListener: [event: string | symbol, listener: (...args: unknown[]) => void];
}

export class TerminalInput extends EventEmitter<Events> {
  readonly isTTY = true;
  readonly #source: KeySource;
  readonly #escapeDelayMs: number;
  readonly #pasteDelayMs: number;
  readonly #startTimer: (run: () => void, ms: number) => () => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #keys: string[] = [];
  #current: string | null = null;
  #pumping: NodeJS.Immediate | null = null;
  #stopTimer: (() => void) | null = null;

  constructor({ source, escapeDelayMs = 50, pasteDelayMs = 1000, startTimer = startRealTimer }: TerminalInputOptions) {
    super();
    this.#source = source;
    this.#escapeDelayMs = escapeDelayMs;
    this.#pasteDelayMs = pasteDelayMs;
    this.#startTimer = startTimer;
    source.on('data', this.#receive);
    source.on('end', this.#hangUp);
    // A dropped session shows as EIO on the next read.
    source.on('error', this.#hangUp);
    // Keys that came while nobody listened (one view goes, the next comes) wait for the next listener.
    this.on('newListener', (event) => {
      if (event === 'readable') this.#pump();
    });
  }

  setRawMode(on: boolean): this {
    this.#source.setRawMode(on);
    // While the shell or an editor has the terminal, its input is not ours to read.
    if (on) this.#source.resume();
    else this.#source.pause();
    return this;
  }

  /** Ink asks for UTF-8; it is decoded here already. */
  setEncoding(): this {
    return this;
  }

  ref(): this {
    this.#source.ref?.();
    return this;
  }

  unref(): this {
    this.#source.unref?.();
    return this;
  }

  /** One key, or null when it has been read. */
  read(): string | null {
    const key = this.#current;
    this.#current = null;
    return key;
  }

  /** Types text for the operator, before any key that waits: how a field takes a cleaned paste in at its cursor. */
  insert(text: string): void {
    if (text === '') return;
    this.#keys.unshift(text);
    this.#pump();
  }

  /** Resolves when every key that arrived has been heard. */
  async idle(): Promise<void> {
    if (this.#keys.length === 0 && this.#stopTimer === null && this.#pumping === null) return;
    await new Promise<void>((resolve) => this.once('idle', resolve));
  }

  close(): void {
    this.#source.off('data', this.#receive);
    this.#source.off('end', this.#hangUp);
    this.#source.off('error', this.#hangUp);
    this.#stopTimer?.();
    if (this.#pumping !== null) clearImmediate(this.#pumping);
    this.#source.pause();
  }

  readonly #receive = (data: Buffer): void => {
    this.#stopTimer?.();
    this.#stopTimer = null;
    const text = this.#rest + this.#decoder.write(data);
    const { keys, rest } = splitKeys(text);
    this.#rest = rest;
    this.#enqueue(keys);
    if (rest === '') return;
    const delay = isPasteBegun(rest) ? this.#pasteDelayMs : this.#escapeDelayMs;
    this.#stopTimer = this.#startTimer(this.#giveUpWaiting, delay);
  };

  readonly #giveUpWaiting = (): void => {
    this.#stopTimer = null;
    const keys = finishKeys(this.#rest);
    this.#rest = '';
    this.#enqueue(keys);
  };

  #enqueue(keys: readonly string[]): void {
    for (const key of keys) this.#keys.push(key);
    this.#pump();
  }

  #pump(): void {
    this.#pumping ??= setImmediate(this.#deliver);
  }

  readonly #deliver = (): void => {
    this.#pumping = null;
    if (this.listenerCount('readable') === 0) return;
    const key = this.#keys.shift();
    if (key !== undefined) {
      this.#current = forInk(key);
      this.emit('readable');
    }
    if (this.#keys.length > 0) this.#pump();
    else if (this.#stopTimer === null) this.emit('idle');
  };

  readonly #hangUp = (): void => {
    this.emit('hangup');
  };
}
