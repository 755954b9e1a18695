/**
 * What can go wrong between us and a vendor, typed so that the engine can decide
 * (retry, wait, disconnect) and the operator can act (`reason`, `fix`).
 */

export type ConnectorErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'not-found'
  | 'rejected'
  | 'unreachable'
  | 'vendor-fault'
  | 'malformed'
  | 'untrusted-host'
  | 'cancelled';

/** One or two plain sentences each, fit for an operator; `detail` holds the vendor's own words, already cleaned. */
export interface Explanation {
  readonly reason: string;
  readonly fix: string;
  readonly detail?: string;
}

/** What a failure looks like in a snapshot, in `--json` and in the run history. */
export interface Failure {
  readonly code: string;
  readonly cause: string;
  readonly fix: string;
  readonly detail?: string;
}

/** A reason may end in the vendor's own words, which often stop without a full stop; what to do follows it. */
const sentence = (text: string): string => (/[.!?:…]['")]?$/.test(text) ? text : `${text}.`);

export abstract class ConnectorError extends Error {
  abstract readonly code: ConnectorErrorCode;
  readonly reason: string;
  readonly fix: string;
  readonly detail: string | undefined;
  /** The vendor's HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(explanation: Explanation, options: { status?: number; cause?: unknown } = {}) {
    const reason = sentence(explanation.reason);
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.reason = reason;
    this.fix = explanation.fix;
    this.detail = explanation.detail;
    this.status = options.status;
  }

  /** Whether the same request may succeed later without anybody doing anything. */
  get transient(): boolean {
    return false;
  }

  toFailure(): Failure {
    return {
      code: this.code,
      cause: this.reason,
      fix: this.fix,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
    };
  }
}

/** The credentials are not (or no longer) accepted. Never retried with the same ones: some vendors lock the account. */
export class Unauthorized extends ConnectorError {
  readonly code = 'unauthorized';
}

/** Signed in, but not allowed to do `what` (a record type, a permission, a scope). */
export class Forbidden extends ConnectorError {
  readonly code = 'forbidden';
  readonly what: string;
  constructor(what: string, explanation: Explanation, options: { status?: number; cause?: unknown } = {}) {
    super(explanation, options);
    this.what = what;
  }
}

/** The vendor asks us to wait. `until` is epoch milliseconds on our clock. */
export class RateLimited extends ConnectorError {
  readonly code = 'rate-limited';
  readonly until: number;
  constructor(until: number, explanation: Explanation, options: { status?: number; cause?: unknown } = {}) {
    super(explanation, options);
    this.until = until;
  }
  override get transient(): boolean {
    return true;
  }
}

export class NotFound extends ConnectorError {
  readonly code = 'not-found';
}

/** The vendor understood and refused; `fields` are its own complaints per field, where it names any. */
export class Rejected extends ConnectorError {
  readonly code = 'rejected';
  readonly fields: Readonly<Record<string, string>>;
  constructor(
    fields: Readonly<Record<string, string>>,
    explanation: Explanation,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(explanation, options);
    this.fields = fields;
  }
}

export type UnreachableKind = 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'proxy';

export class Unreachable extends ConnectorError {
  readonly code = 'unreachable';
  readonly kind: UnreachableKind;
  constructor(kind: UnreachableKind, explanation: Explanation, options: { cause?: unknown } = {}) {
    super(explanation, options);
    this.kind = kind;
  }
  override get transient(): boolean {
    return this.kind !== 'tls';
  }
}

/** The vendor's own trouble: 5xx, a gateway page, maintenance. */
export class VendorFault extends ConnectorError {
  readonly code = 'vendor-fault';
  override get transient(): boolean {
    return true;
  }
}

/** An answer that is not what the vendor documents: HTML for JSON, a cut body, a wrong shape, too large. */
export class Malformed extends ConnectorError {
  readonly code = 'malformed';
}

/** Something (a redirect, a next link, a discovered address) points to a host the operator did not name or confirm. */
export class UntrustedHost extends ConnectorError {
  readonly code = 'untrusted-host';
  readonly host: string;
  constructor(host: string, explanation: Explanation) {
    super(explanation);
    this.host = host;
  }
}

/** We stopped it ourselves: the operator cancelled, or the program is closing. */
export class Cancelled extends ConnectorError {
  readonly code = 'cancelled';
  constructor() {
    super({ reason: 'Stopped before it was finished.', fix: 'Start it again; it goes on where it stopped.' });
  }
}
