/** What can be wrong with an export, in the operator's terms. The codes of the guide's table are in the details. */
import { Malformed } from '../../../src/connector/errors.ts';

/** Nothing of such a file is believed: rows that are missing would be taken for deleted. */
export function cutOff(name: string): Malformed {
  return new Malformed({
    reason: `${name} ends in the middle of a row: it was not written to its end.`,
    fix: 'Export it again. What was read before stays as it is.',
    detail: 'row_malformed',
  });
}

export function stillWritten(name: string): Malformed {
  return new Malformed({
    reason: `${name} is still being written.`,
    fix: 'Nothing to do: the next run reads it. If it never ends, look at what writes it.',
  });
}

export function empty(name: string): Malformed {
  return new Malformed({
    reason: `${name} is empty: the export of a team without members, or one that was cut off.`,
    fix: 'Export it again. What was read before stays as it is.',
    detail: 'header_missing',
  });
}

export function noRows(names: readonly string[]): Malformed {
  const [first = 'The export'] = names;
  return new Malformed({
    reason: `${names.length > 1 ? `${first} and the others have` : `${first} has`} a row of headings and nothing below it.`,
    fix: 'Export again, of a team with members. What was read before stays as it is.',
  });
}

export function tooManyBadRows(bad: number, all: number, example: string): Malformed {
  return new Malformed({
    reason: `${bad} of ${all} rows cannot be read, which is more than one in twenty: the file is damaged or its columns are not as mapped.`,
    fix: 'Look at the row named below, export again or set "CSV columns". What was read before stays as it is.',
    detail: `row_malformed: ${example}`,
  });
}
