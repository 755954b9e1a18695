/**
 * What is said of a record that is held back for a value without a name, and how that is read again: the sync issue has the words only,
 * and the mapping screen leads from them to the value.
 */
import type { RecordType } from '../../portal/records/names.ts';
import { sameName } from '../../portal/same.ts';

export interface HeldValue {
  readonly field: string;
  /** The vendor's word for it; its id there, where `named` is false. */
  readonly value: string;
  /** False: none of the vendor's own lists has a name for it, so that no table can. */
  readonly named: boolean;
}

/** Says what to do, without the vendor's own text in the command: that is for people to copy. */
export function heldDetail(type: RecordType, { field, value, named }: HeldValue): string {
  return named
    ? `The vendor's ${field} "${value}" is not in the table of values. Say what it is here: in the tab Mapping of the integration, or with msportal configure ID --map ${type}.${field}:VALUE=NAME`
    : `The vendor's ${field} ${value} is in none of its lists, so it has no name. Bring it back there and retry, or give the record another ${field}.`;
}

/** The value that an `unmapped-value` issue is about; null for a text of another kind. */
export function heldValue(detail: string): HeldValue | null {
  const listed = /^The vendor's (\w+) "(.*)" is not in the table of values\./s.exec(detail);
  const [, field = '', value = ''] = listed ?? /^The vendor's (\w+) (.*) is in none of its lists/s.exec(detail) ?? [];
  return field === '' ? null : { field, value, named: listed !== null };
}

/** Names are the same whatever their case and the blanks around them. */
export const alike: (a: string, b: string) => boolean = sameName;
