/**
 * The contract between a connector and everything else.
 *
 * A connector is a manifest (data, read by wizard, engine, command line and docs) and a function
 * that opens a connection. It knows one vendor and nothing of engine, store or screen; loops over
 * retries, budgets, tokens, proxies, redaction and cancellation are `Http`'s, never its own.
 */
import type { z } from 'zod';
import type { RecordType, SourceRecords } from '../portal/records/index.ts';
import type { BudgetFeedback } from './budget.ts';
import type { ConnectorError } from './errors.ts';
import type { Http } from './http.ts';

export type Family = 'psa' | 'rmm' | 'cloud' | 'billing' | 'training';
export type Credentials = Readonly<Record<string, string>>;
export type Options = Readonly<Record<string, unknown>>;

export interface CredentialField {
  readonly key: string;
  /** The vendor's own word for it, so that the operator finds it. */
  readonly label: string;
  readonly secret: boolean;
  readonly required: boolean;
  /** Normalises and validates; its message is shown as it is. Used as typed, in files, and at `connect`. */
  readonly schema: z.ZodType<string, string>;
  /** Plainly invented. */
  readonly example: string;
  /** Where in the vendor's product it is found: a menu path. */
  readonly where: string;
  /** Not needed by most; the wizard folds it away. */
  readonly advanced?: boolean;
  readonly choices?: readonly Choice[];
  /** What is used when the operator gives nothing. */
  readonly fallback?: string;
  /** For a list in one field: what stands between two. Line breaks in a pasted column become it. */
  readonly separator?: string;
  /** Asked for only when another field, one with choices, has one of these values; else what is given is left out. */
  readonly when?: { readonly key: string; readonly is: readonly string[] };
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface OptionBase {
  readonly key: string;
  readonly label: string;
  /** One sentence: what changes when it is changed. */
  readonly help: string;
  /** Changing it means that what was read before must be read again (a full pass of these types). */
  readonly rereads?: readonly RecordType[];
}

export type OptionField = OptionBase &
  (
    | { readonly kind: 'boolean'; readonly fallback: boolean }
    | {
        readonly kind: 'integer';
        readonly fallback: number;
        readonly min: number;
        readonly max: number;
        readonly unit?: string;
      }
    | { readonly kind: 'text'; readonly fallback: string; readonly schema?: z.ZodType<string, string> }
    | { readonly kind: 'choice'; readonly fallback: string; readonly choices: readonly Choice[] | 'vendor' }
    /** A set. Empty means all, so that a new board or ticket type is not lost in silence. `vendor`: read live with `Connection.choices`. */
    | { readonly kind: 'choices'; readonly fallback: readonly string[]; readonly choices: readonly Choice[] | 'vendor' }
  );

export interface RecordTypeSpec {
  readonly type: RecordType;
  /**
   * `two-way` is said only when the connector can write it. `link`: read to tie the vendor's rows to records the
   * portal has from elsewhere (an RMM's organizations to companies); it neither creates nor changes any.
   */
  readonly direction: 'pull' | 'two-way' | 'link';
  /** What the vendor calls it. */
  readonly vendorName: string;
  /** How news is found: a filter on the modification time, the vendor's own change feed, or a full read compared by hash. */
  readonly changes: 'modified-since' | 'feed' | 'compare';
  /** Subtracted from the cursor at each incremental read, milliseconds; hashes drop what is the same. */
  readonly overlapMs?: number;
  /** For `compare`: not read again sooner than this, milliseconds. */
  readonly compareEveryMs?: number;
  /** The vendor lists only what holds at the moment (alerts): that rows leave the list is ordinary, however many. */
  readonly transient?: boolean;
  /** The least permission that reading needs, in the vendor's words. */
  readonly permission: string;
  readonly note?: string;
  /** Fields whose values come from a list of the vendor's, and the name of that list among its `lookups`. */
  readonly named?: Readonly<Record<string, string>>;
  /** For `two-way`: what may be written, and why the rest may not. For `pull`: no field, and why not. */
  readonly writes?: Writes;
  /** True for what has happened and stays so: what the vendor no longer lists is kept, and only a row it calls gone goes. */
  readonly keepsUnlisted?: boolean;
  /**
   * The vendor's lists can be read only so that rows may move past the reader. What a full pass did not see is asked for by its id
   * (`RecordWriter.current`) before it is taken for deleted.
   */
  readonly rowsMove?: boolean;
}

/** What the portal may write of a record type. Field names are canonical ones that a connector can give (the record's source schema). */
export interface Writes {
  readonly create?: { readonly fields: readonly string[]; readonly required: readonly string[] };
  readonly update?: { readonly fields: readonly string[] };
  /** Notes can be added to a record. */
  readonly notes?: true;
  /** Field to reason, for people: why it cannot be changed from here. */
  readonly readOnly: Readonly<Record<string, string>>;
  /** Key of a boolean option without which nothing of this type is written. */
  readonly optIn?: string;
  /**
   * How long after an unanswered create or note the vendor may still come to show it, milliseconds; before that, not finding it
   * proves nothing. Default 60,000.
   */
  readonly settleMs?: number;
}

/** A documented limit of the vendor: at most `intervalCap` requests per sliding `intervalMs`, `concurrency` at once. */
export interface Budget {
  readonly name: string;
  readonly concurrency: number;
  readonly intervalCap: number;
  readonly intervalMs: number;
}

export interface Manifest {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly family: Family;
  /** Said wherever the integration shows, when it rests on undocumented ground. */
  readonly experimental?: string;
  readonly credentials: readonly CredentialField[];
  readonly options: readonly OptionField[];
  /** In dependency order: what a type refers to stands before it. */
  readonly recordTypes: readonly RecordTypeSpec[];
  readonly budgets: readonly [Budget, ...Budget[]];
}

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

/** Values of canonical source fields; null empties a field. Other records are named by the vendor's ids of them. */
export type FieldValues = Readonly<Record<string, FieldValue>>;
export type FieldValue = string | number | boolean | null;

/**
 * Writes records of one type. Each method makes at most one writing request and never repeats it: the engine has journalled it,
 * and what became of a request without an answer is found out by looking (`findCreated`, `findNote`, `current`).
 *
 * Names of statuses, priorities and the like become the vendor's ids here; a name that the vendor does not have throws
 * Rejected with that field, before anything is sent. A vendor's refusal throws Rejected or Forbidden. What else is thrown after the
 * request was sent (VendorFault, Unreachable, Malformed, RateLimited) is taken for "perhaps done".
 *
 * What is returned is mapped exactly as `Connection.read` maps the row, so that the next read finds it unchanged.
 */
export interface RecordWriter {
  /** The record as the vendor has it now, read past any cache; `gone` when it has none. */
  current(externalId: string, signal: AbortSignal): Promise<SourceItem>;
  /** The created record, read back where the vendor's answer does not hold it. Absent when nothing can be created. */
  create?(fields: FieldValues, marker: string, signal: AbortSignal): Promise<SourceItem>;
  /**
   * Records that a lost `create` with this marker may have made, those with the marker itself first and alone; else what only
   * looks like it. Never one that carries another marker of ours.
   */
  findCreated?(search: CreateSearch, signal: AbortSignal): Promise<readonly SourceItem[]>;
  /** Changes these fields and no other; the record afterwards. */
  update?(externalId: string, fields: FieldValues, signal: AbortSignal): Promise<SourceItem>;
  /** The vendor's id of the note, unique over all records of the integration. */
  addNote?(externalId: string, note: Note, marker: string, signal: AbortSignal): Promise<string>;
  /** Ids of the notes that a lost `addNote` may have made. */
  findNote?(externalId: string, search: NoteSearch, signal: AbortSignal): Promise<readonly string[]>;
}

export interface CreateSearch {
  readonly fields: FieldValues;
  readonly marker: string;
  /** Nothing was sent before this; ISO UTC of the vendor's clock, with room for clocks that differ. */
  readonly since: string;
}

export interface Note {
  /** Plain text; line breaks are kept. */
  readonly text: string;
  /** Not shown to the client. */
  readonly private: boolean;
}

export interface NoteSearch extends Note {
  readonly marker: string;
  readonly since: string;
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

export type HoldReason =
  | 'not-selected'
  | 'company-not-imported'
  | 'reference-missing'
  | 'no-email'
  | 'unmapped-value'
  | 'no-permission'
  | 'malformed'
  | 'doubtful-match'
  | 'refused';

/**
 * One vendor row, mapped. In `record`, an absent field means "not told in this answer" and leaves what
 * the portal has; null means "the vendor says: empty".
 */
export type SourceItem<T extends RecordType = RecordType> = {
  [K in T]:
    | {
        readonly kind: 'record';
        readonly externalId: string;
        /** The vendor's modification time, ISO UTC; null where it tells none. */
        readonly modifiedAt: string | null;
        readonly record: SourceRecords[K];
        /** Fields whose value the connector could not name, with the vendor's id of it: the record is held back for them. */
        readonly unnamed?: Readonly<Record<string, string>>;
      }
    | {
        readonly kind: 'held';
        readonly externalId: string;
        /** How a person would name the record: a number and a title. */
        readonly label: string;
        readonly reason: HoldReason;
        readonly detail: string;
        readonly modifiedAt?: string | null;
      }
    /** The vendor says that it is gone (deleted, merged away). */
    | { readonly kind: 'gone'; readonly externalId: string; readonly modifiedAt?: string | null };
}[T];

export interface LookupValue {
  readonly id: string;
  readonly name: string;
  /** The id of the list's parent where names repeat: the SLA of a priority, the board of a status. */
  readonly parent?: string;
  readonly closed?: boolean;
  readonly inactive?: boolean;
}
export type Lookups = Readonly<Record<string, readonly LookupValue[]>>;
