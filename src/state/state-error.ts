export type StateErrorCode =
  | 'config-invalid'
  | 'state-newer'
  | 'state-write'
  | 'key-missing'
  | 'key-exposed'
  | 'key-malformed'
  | 'key-different'
  | 'sealed-altered';

/** Something about the program's own files. The message is the reason and the fix, fit for an operator. */
export class StateError extends Error {
  readonly code: StateErrorCode;
  readonly reason: string;
  readonly fix: string;

  constructor(code: StateErrorCode, reason: string, fix: string, options?: ErrorOptions) {
    super(`${reason} ${fix}`, options);
    this.name = 'StateError';
    this.code = code;
    this.reason = reason;
    this.fix = fix;
  }
}
