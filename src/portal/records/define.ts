import { z } from 'zod';

/** How a column shows and is stored; everything else follows from the zod type. */
export interface Column {
  readonly label: string;
  /** Kept in an index: filters and sorts on it stay quick at a million rows. */
  readonly index?: boolean;
  /** Text that is mostly numbers: sorted as numbers, 9 before 10, and what is none before them. Needs `index`. */
  readonly numeric?: boolean;
  /** Shown in lists, most important first; not listed: only in the detail view. */
  readonly priority?: number;
  /** Width in cells wanted in a list. */
  readonly width?: number;
}

/** A field of a source record that names another record of the same integration by the vendor's id. */
export interface Reference {
  /** Field of the source record (the vendor's id of the other record). */
  readonly from: string;
  /** The type it refers to. */
  readonly to: string;
  /** Canonical field that gets the portal id, where the published record has one. */
  readonly into?: string;
  /** When the other record is not in the portal: hold this one back, or take it without. */
  readonly missing: 'hold' | 'ignore';
  /** Copied from the other record; follows when that one changes (needs `into`). */
  readonly copy?: Readonly<Record<string, string>>;
  /** Filled from the other record where the vendor did not say. */
  readonly fill?: Readonly<Record<string, string>>;
}

/** The field with the portal's id of what a reference names: `companyId` for `companyExternalId`. */
export const portalFieldOf = ({ from, into }: Reference): string => into ?? from.replace(/ExternalId$/, 'Id');

/** How a vendor's record is known to be one that the portal has already; rules are tried in order. */
export interface MatchRule {
  /** `name`, `email`: equal but for case. `domain`: the host of a web address, without `www.`. */
  readonly by: 'name' | 'domain' | 'email';
  readonly field: string;
  /** Only among records with the same value here. */
  readonly within?: string;
}

export interface RecordTypeDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: string;
  readonly singular: string;
  readonly label: string;
  /** The canonical record, MSPortal's own field names. */
  readonly schema: z.ZodObject<Shape>;
  /** What a connector gives: every field optional (absent: not told), none of the portal's own. */
  readonly source: z.ZodObject;
  readonly columns: Readonly<Record<string, Column>>;
  readonly references: readonly Reference[];
  /** Absent: records of this type are never the same across integrations. */
  readonly match?: readonly MatchRule[];
  /**
   * Fields that describe and do not tell a state: a vendor's blank there means that nobody filled it in, and erases nothing unless the
   * operator wants it so.
   */
  readonly descriptive?: readonly string[];
  /** What a person would call one record, in order of preference. */
  readonly title: readonly string[];
  /** The time, in an indexed column, by which lists begin with the newest. Absent: they begin by title. */
  readonly newest?: string;
}

/** Nullable text; vendors' blanks become null in the mappings. */
export const text = () => z.string().nullable();
export const flag = () => z.boolean().nullable();
export const amount = () => z.number().nullable();
/** ISO 8601, UTC, ends in Z. */
export const time = () => z.iso.datetime({ offset: false }).nullable();
export const list = () => z.array(z.string()).nullable();

/** Fields every portal record carries. */
export const ownFields = {
  id: z.string(),
  /** The integration the record came from first. */
  provider: z.string().nullable(),
  /** The vendor's id there. */
  externalId: z.string().nullable(),
};
