/** How a command ends: the exit codes, and the errors that lead to them. */
import type { Failure } from '../connector/errors.ts';

export const exitCodes = { done: 0, failed: 1, usage: 2, notConnected: 3, busy: 4, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was typed in a way it does not understand, or with input that does not fit; nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The integration has no credentials here, and the command needs them. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
  constructor(id: string, name: string) {
    super(
      `${name} is not connected: no credentials are stored. Connect it with: msportal connect ${id} --credentials FILE`,
    );
  }
}

/** The exit code and the plain words for whatever was thrown. */
export function explain(error: unknown): { code: ExitCode; failure: Failure } {
  if (!(error instanceof Error)) return { code: exitCodes.failed, failure: failure('failed', String(error)) };
  // By name, not by class: the classes live in parts that are loaded only when they are needed.
  switch (error.name) {
    case 'UsageError':
      return { code: exitCodes.usage, failure: failure('usage', error.message) };
    case 'InvalidInput':
      return { code: exitCodes.usage, failure: failure('invalid-input', error.message) };
    case 'NotConnected':
      return { code: exitCodes.notConnected, failure: failure('not-connected', error.message) };
    case 'Busy':
      return { code: exitCodes.busy, failure: failure('busy', error.message) };
    case 'VersionSkew':
      return { code: exitCodes.busy, failure: failure('version-skew', error.message) };
    case 'NoAnswer':
      return { code: exitCodes.busy, failure: failure('no-answer', error.message) };
    case 'ConnectionLost':
      return { code: exitCodes.failed, failure: failure('connection-lost', error.message) };
  }
  // ConnectorError and StateError.
  if ('code' in error && 'reason' in error && 'fix' in error) {
    const { code, reason, fix } = error as { code: string; reason: string; fix: string };
    return { code: exitCodes.failed, failure: { code, cause: reason.trimEnd(), fix } };
  }
  return { code: exitCodes.failed, failure: failure('failed', error.message) };
}

const failure = (code: string, cause: string): Failure => ({ code, cause, fix: '' });
