/** JSON values over a socket, one per line, with bounds: a peer that stops reading or never ends a line is let go. */
import type { Socket } from 'node:net';

export interface Limits {
  /** Characters of one line. */
  readonly line: number;
  /** Bytes that may be waiting for the peer when a further message is to be sent. */
  readonly waiting: number;
}

const generous: Limits = { line: 64_000_000, waiting: 16_000_000 };

export class LineChannel {
  readonly #socket: Socket;
  readonly #limits: Limits;
  #receive: ((message: unknown) => void) | null = null;
  /** Came before anybody listened. */
  #early: unknown[] = [];
  #rest = '';
  /** Resolves when the connection has ended, whatever ended it. */
  readonly closed: Promise<void>;

  constructor(socket: Socket, limits: Limits = generous) {
    this.#socket = socket;
    this.#limits = limits;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    // 'close' follows and says all there is to say.
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (chunk) => this.#take(chunk as unknown as string));
  }

  /** One listener at a time; what came before the first is handed over at once. */
  listen(receive: (message: unknown) => void): void {
    this.#receive = receive;
    const early = this.#early;
    this.#early = [];
    for (const message of early) receive(message);
  }

  /** One message; whatever follows it waits for the next listener. Never resolves when the connection ends before. */
  next(): Promise<unknown> {
    return new Promise((resolve) => {
      if (this.#early.length > 0) resolve(this.#early.shift());
      else {
        this.#receive = (message) => {
          this.#receive = null;
          resolve(message);
        };
      }
    });
  }

  send(message: unknown): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (this.#socket.writableLength > this.#limits.waiting) {
      this.drop();
      return;
    }
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /** Resolves when the system has taken all that was sent, so that nothing of it waits in this process. */
  taken(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.write('', () => resolve());
    });
  }

  /** After everything that was sent. */
  end(): void {
    this.#socket.end();
  }

  drop(): void {
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      const line = this.#rest + chunk.slice(start, end);
      this.#rest = '';
      start = end + 1;
      this.#deliver(line);
    }
    this.#rest += chunk.slice(start);
    if (this.#rest.length > this.#limits.line) this.drop();
  }

  #deliver(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      this.drop();
      return;
    }
    if (this.#receive === null) this.#early.push(message);
    else this.#receive(message);
  }
}
