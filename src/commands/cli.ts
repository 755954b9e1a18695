/**
 * What can be typed after `msportal`: name, arguments, options, examples. Help, parsing, completion and the key
 * reference are made from it; what a verb does is in src/cli/verbs. Free of React, and of everything else.
 */
import { integrationVerbs } from './cli-integrations.ts';
import { lookingVerbs } from './cli-looking.ts';
import { programVerbs } from './cli-program.ts';
import { twoWayVerbs } from './cli-two-way.ts';
import type { Verb, VerbOption } from './verb.ts';

/** Understood by every verb. */
export const globalOptions: readonly VerbOption[] = [
  { flag: '--data', value: 'DIR', summary: 'use this data folder (also: MSPORTAL_DATA)' },
  { flag: '--json', summary: 'print JSON, and nothing else, on standard output' },
  { flag: '--har', value: 'FILE', summary: 'record every request and answer as HAR 1.2, secrets left out' },
  { flag: '--help', summary: 'say how this command is used' },
  { flag: '--version', summary: 'say which version this is' },
];

/** Of the console itself: `msportal --read-only`. */
export const consoleOptions: readonly VerbOption[] = [
  { flag: '--read-only', summary: 'only look: nothing can be changed, no syncs are run here' },
  { flag: '--linear', summary: 'lines one below the other, for a screen reader' },
];

const { records, ...othersThatLook } = lookingVerbs;

/** In the order of the help: what changes records comes right after looking at them. */
export const verbs = {
  ...integrationVerbs,
  records,
  ...twoWayVerbs,
  ...othersThatLook,
  ...programVerbs,
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof verbs;
export const verbNames = Object.keys(verbs) as VerbName[];

/** The definition without its exact shape, for code that treats all verbs alike. */
export function verbOf(name: VerbName): Verb {
  return verbs[name];
}

export function isVerb(name: string): name is VerbName {
  return Object.hasOwn(verbs, name);
}
