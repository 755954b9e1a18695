/**
 * The contract between a connector and everything else.
 *
 * A connector is a manifest (data, read by wizard, engine, command line and docs) and a function
 * that opens a connection. It knows one vendor and nothing of engine, store or screen; loops over
 * retries, budgets, tokens, proxies, redaction and cancellation are `Http`'s, never its own.
 */
import type { RecordType } from '../portal/records/index.ts';
import type { BudgetFeedback } from './budget.ts';
import type { ConnectorError } from './errors.ts';
import type { Http } from './http.ts';
import type { Choice, Credentials, Manifest, Options, RecordTypeSpec } from './manifest.ts';
import type { SourceItem } from './source-item.ts';
import type { RecordWriter } from './writer.ts';

export interface Connector {
  readonly manifest: Manifest;
  /** The operator's guide, Markdown. */
  readonly guide: string;
  /**
   * Where these credentials live. Nothing is ever sent anywhere else: `allowed` are further addresses (a sign-in host) that
   * the operator named or confirmed. Null: they name files on this machine, and nothing is sent anywhere.
   */
  origins(credentials: Credentials): { readonly baseUrl: string; readonly allowed: readonly string[] } | null;
  /**
   * Reads the vendor's quota from an answer: from its headers, or from the body of a call that asks for it.
   * `now` is epoch milliseconds on our clock.
   */
  budgetFeedback?(
    headers: Readonly<Record<string, string | undefined>>,
    now: number,
    body: unknown,
  ): BudgetFeedback | undefined;
  /** Cheap and without any request. */
  open(environment: ConnectorEnvironment): Connection;
}

export interface ConnectorEnvironment {
  readonly credentials: Credentials;
  readonly options: Options;
  readonly http: Http;
  /** What was found out once and holds until the credentials change (which scope works, the discovered sign-in address). */
  readonly memory: ConnectorMemory;
}

export interface ConnectorMemory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

export interface Connection {
  /** The connection test, in order. The engine runs, times and shows each. */
  checks(types: readonly RecordType[]): readonly CheckStep[];
  /** Pages of one record type. May be left (break) after any page and taken up again from its `next`. */
  read(request: ReadRequest): AsyncIterable<Page>;
  /** Live choices of an option whose `choices` are `vendor`. */
  choices?(optionKey: string, signal: AbortSignal): Promise<readonly Choice[]>;
  /**
   * Named lists that mapping and forms need: statuses, priorities, ticket types, teams. As this connection knows them: those that it has
   * read already, for its rows, are not read again.
   */
  lookups?(signal: AbortSignal): Promise<Lookups>;
  /** How news of a type is found with these credentials, where that differs from what the manifest says of it. */
  changes?(type: RecordType): RecordTypeSpec['changes'];
  /** What writes records of this type; undefined where nothing is written with these options. */
  writer?(type: RecordType): RecordWriter | undefined;
  /** For `changes: 'feed'`: where the vendor's change feed stands now. Asked before a full read begins. */
  feedPosition?(type: RecordType, signal: AbortSignal): Promise<string>;
}

export interface CheckStep {
  readonly id: string;
  readonly label: string;
  /** When it fails, what comes after is not tried and says `untested`. */
  readonly hard?: boolean;
  /** A thrown ConnectorError is a failed check with that cause and fix. */
  run(signal: AbortSignal): Promise<CheckOutcome>;
}

export type CheckOutcome =
  | { readonly status: 'passed'; readonly detail?: string }
  | {
      /** `warning`: it works, but somebody should act before it stops doing so. */
      readonly status: 'failed' | 'warning' | 'untested';
      readonly cause: string;
      readonly fix: string;
      readonly detail?: string;
      /** A credential value that would mend it, for the operator to confirm. */
      readonly suggest?: { readonly field: string; readonly value: string };
    };

/** Opaque to all but the connector that made it; JSON, stored with the page. */
export type Position = Readonly<Record<string, string | number | boolean | null>>;

export interface ReadRequest {
  readonly type: RecordType;
  /** `full`: everything, in an order that holds while reading. `changes`: what changed since. */
  readonly mode: 'full' | 'changes';
  /** For `changes`: ISO UTC of the vendor's clock, inclusive, overlap already subtracted; or the feed position. */
  readonly since: string | null;
  /** Go on after a page that was read before; null starts anew. */
  readonly position: Position | null;
  readonly signal: AbortSignal;
}

export interface Page {
  readonly items: readonly SourceItem[];
  /** Where reading goes on; null after the last page. */
  readonly next: Position | null;
  /** How many rows the vendor says there are in all, where it says so. */
  readonly total?: number;
  /** For `feed`: everything up to here has been read once this page is stored. */
  readonly feedPosition?: string;
  /**
   * For `feed`, instead of anything else: what happened since cannot be told (too long ago, or not allowed to be seen), and why,
   * as a sentence. The engine reads in full instead.
   */
  readonly feedLost?: string;
  /** For `feed`, instead of anything else: something has changed, and only reading in full tells what (a file). Done at once. */
  readonly reread?: boolean;
  /** False when the vendor's answer shows that the `changes` filter was ignored and everything came. */
  readonly filtered?: boolean;
  /** For a vendor that is read part by part, each with a sign-in of its own (tenants): how each part in this page fared. */
  readonly parts?: readonly PagePart[];
}

/** A part that could not be read fails no other: its rows stay, and it stands as a sync issue until it is read again. */
export type PagePart = {
  /** As the operator names it in the credentials; the same from run to run. */
  readonly key: string;
  readonly label: string;
  /** The external ids of its rows begin with this, in every record type. Empty: not known, so nothing at all is taken for gone. */
  readonly prefix: string;
} & (
  | { readonly status: 'read' }
  /** The vendor does not offer this record type there: nothing is read and nothing complained of. What the portal has stays. */
  | { readonly status: 'unavailable' }
  /** `whole`: no record type of this part can be read; one issue for all of them. */
  | { readonly status: 'failed'; readonly error: ConnectorError; readonly whole: boolean }
);

export interface LookupValue {
  readonly id: string;
  readonly name: string;
  /** The id of the list's parent where names repeat: the SLA of a priority, the board of a status. */
  readonly parent?: string;
  readonly closed?: boolean;
  readonly inactive?: boolean;
}
export type Lookups = Readonly<Record<string, readonly LookupValue[]>>;
