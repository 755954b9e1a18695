/** What the test of both sides needs to know of a vendor. */
import type { Credentials, Options } from '../../../src/connector/manifest.ts';
import type { FieldValue, FieldValues } from '../../../src/connector/writer.ts';
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

export type EditedType = 'tickets' | 'users';

/** Somebody who works at the vendor with a sign-in of their own, through the very API that it has. */
export interface Desk {
  /** The vendor's own values of the fields below. */
  values(type: EditedType, id: string): Promise<Readonly<Record<string, unknown>>>;
  edit(type: EditedType, id: string, field: string, value: unknown): Promise<unknown>;
  /** A ticket for the company of another one. */
  create(title: string, like: string): Promise<unknown>;
  /** The tickets with this title. */
  titled(title: string): Promise<readonly unknown[]>;
  /** The texts of a ticket's notes. */
  notes(ticket: string): Promise<readonly string[]>;
}

/** Of each field some values here and at the vendor, by the same place in the list. */
export type Fields = Readonly<
  Record<string, { readonly ours: readonly FieldValue[]; readonly theirs: readonly unknown[] }>
>;

export interface TwoWayVendor {
  readonly id: string;
  /** Tickets: so many that their list has more than one page, at least while this fault makes pages small. */
  readonly scale: number;
  readonly smallPages?: string;
  readonly desk: (sim: RunningSimulator) => Desk;
  readonly fields: {
    readonly tickets: Fields;
    /** Empty where the vendor's API does not let technicians be changed. */
    readonly users: Fields;
  };
  /** What a new ticket must say beside its title and company. */
  readonly needed?: FieldValues;
  /** Beside those of the simulator. */
  readonly credentials?: Credentials;
  readonly options?: Options;
  /** Faults of its own, beside those that any vendor can have: what it refuses to do for a while, and odd ways to read and write. */
  readonly faults: readonly string[];
}

/** A field of a record type. */
export interface Place {
  readonly type: EditedType;
  readonly field: string;
}

export function placesOf({ fields }: TwoWayVendor): Place[] {
  return Object.entries(fields).flatMap(([type, of]) =>
    Object.keys(of).map((field) => ({ type: type as EditedType, field })),
  );
}
