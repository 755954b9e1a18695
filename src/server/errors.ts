/** Errors across the socket: name, code, cause and fix arrive as they were, so that they are told, and exit, the same. */
import type { Failure } from '../connector/errors.ts';

export interface WireError {
  readonly name: string;
  readonly message: string;
  /** What our errors carry beside: `code`, `reason`, `fix`, `detail`, `problems`, `id`, `status`. */
  readonly facts: Readonly<Record<string, unknown>>;
}

const facts = ['code', 'reason', 'fix', 'detail', 'problems', 'id', 'status'] as const;

export function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), facts: {} };
  const carried = error as unknown as Readonly<Record<string, unknown>>;
  return {
    name: error.name,
    message: error.message,
    facts: Object.fromEntries(
      facts.flatMap((key) => (carried[key] === undefined ? [] : [[key, carried[key]] as const])),
    ),
  };
}

/** An error of the other process. It is known by its name and by what it carries, not by its class. */
export class RemoteError extends Error {
  constructor({ name, message, facts }: WireError) {
    super(message);
    Object.assign(this, facts);
    this.name = name;
    const { code, reason, fix, detail } = facts;
    if (typeof code !== 'string' || typeof reason !== 'string' || typeof fix !== 'string') return;
    const failure: Failure = { code, cause: reason, fix, ...(typeof detail === 'string' ? { detail } : {}) };
    Object.defineProperty(this, 'toFailure', { value: () => failure });
  }
}

/** The process that ran the engine is gone, or let this client go. */
export class ConnectionLost extends Error {
  constructor(pid: number) {
    super(
      `The connection to process ${pid}, which runs the syncs, is lost. What it was doing is kept up to the last page; start the command again.`,
    );
    this.name = 'ConnectionLost';
  }
}

/** The process that runs the syncs speaks another version of our protocol. */
export class VersionSkew extends Error {
  constructor(server: { program: string; pid: number; protocol: number }, own: { program: string; protocol: number }) {
    const fix =
      server.protocol < own.protocol
        ? `Restart that one with version ${own.program}.`
        : `Use version ${server.program} here too.`;
    super(
      `Process ${server.pid} runs the syncs with msportal ${server.program}; this is ${own.program}, and the two do not understand each other. ${fix}`,
    );
    this.name = 'VersionSkew';
  }
}

/** The process that runs the syncs did not answer, or would not have us. */
export class NoAnswer extends Error {
  constructor(pid: number, why: string) {
    super(`Process ${pid} runs the syncs, but ${why}. If it stays so, stop that process; the next start goes on.`);
    this.name = 'NoAnswer';
  }
}
