/** One full name to the three that Autotask keeps apart. Pure. */
import { splitName } from '../../src/connector/values.ts';

export interface NameParts {
  readonly firstName: string;
  /** Empty for none. */
  readonly middleName: string;
  readonly lastName: string;
}

/**
 * Where a name is divided only its owner knows ("Mary Ann Smith"), so the parts that stay the same stay where they are: at the
 * beginning first and middle name, at the end the last one. A wholly new name is divided after its first word.
 * @param present what Autotask has now
 * @returns null when it is no name of two words
 */
export function nameParts(
  fullName: string,
  present: { readonly [Part in keyof NameParts]?: string | null | undefined },
): NameParts | null {
  const words = fullName.trim().replace(/\s+/g, ' ');
  const first = present.firstName?.trim() ?? '';
  const last = present.lastName?.trim() ?? '';
  const afterFirst = after(words, first);
  if (afterFirst !== null) {
    const middleName = present.middleName?.trim() ?? '';
    const afterMiddle = after(afterFirst, middleName);
    return afterMiddle === null
      ? { firstName: first, middleName: '', lastName: afterFirst }
      : { firstName: first, middleName, lastName: afterMiddle };
  }
  if (last !== '' && words.endsWith(` ${last}`)) {
    return { firstName: words.slice(0, -last.length).trim(), middleName: '', lastName: last };
  }
  const { first: firstName, last: lastName } = splitName(words);
  return firstName === null || lastName === null ? null : { firstName, middleName: '', lastName };
}

/** What follows this part and a space; null when the text does not begin so. */
function after(text: string, part: string): string | null {
  return part !== '' && text.startsWith(`${part} `) ? text.slice(part.length + 1) : null;
}
