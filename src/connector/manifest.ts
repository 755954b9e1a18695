/** What a connector says of itself: data, read by wizard, engine, command line and docs. */
import type { z } from 'zod';
import type { RecordType } from '../portal/records/index.ts';

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
