/** Texts for a shell. Pure. */

/** As one word, whatever is in it. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
