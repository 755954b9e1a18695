/** config.json: what the operator may set by hand. Read once at start, never written by the program. */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { nearest } from '../text/nearest.ts';
import { StateError } from './state-error.ts';

// Each field's error text says what is allowed; the sentence around it is made in `describe`.
const wholeNumber = (min: number, max: number) => {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};
const oneOf = <const T extends string>(...values: [T, ...T[]]) =>
  z.enum(values, { error: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}` });
const yesOrNo = () => z.boolean({ error: 'true or false' });
const section = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape, { error: 'an object' });

const webAddress = 'an address that begins with https:// (http:// for this machine itself)';
const isWebAddress = (text: string) =>
  URL.canParse(text) &&
  (new URL(text).protocol === 'https:' || /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/.test(text));

export const Config = section({
  log: section({ level: oneOf('debug', 'info', 'warn', 'error').default('info') }).prefault({}),
  sync: section({
    /** Integrations that sync at the same time. */
    concurrency: wholeNumber(1, 16).default(3),
    /** How often everything is read again to find what was deleted. */
    fullEveryHours: wholeNumber(1, 720).default(24),
  }).prefault({}),
  console: section({
    ascii: z.union([z.boolean(), z.literal('auto')], { error: 'true, false or "auto"' }).default('auto'),
    colours: oneOf('auto', 'none', '16').default('auto'),
    /** Lines one below the other, for a screen reader. */
    linear: yesOrNo().default(false),
    /** Nothing may be changed from the console. */
    readOnly: yesOrNo().default(false),
    /** Keys by command id, in place of the usual ones; the console checks both. */
    keys: z
      .record(z.string(), z.array(z.string(), { error: 'a list of keys, such as ["ctrl+y"]' }), {
        error: 'an object of command ids, each with a list of keys',
      })
      .default({}),
  }).prefault({}),
  notify: section({
    /** A program and its arguments. */
    command: z
      .array(z.string({ error: 'a text' }), { error: 'a list: a program and its arguments' })
      .min(1, { error: 'a list: a program and its arguments' })
      .optional(),
    webhook: section({
      url: z.string({ error: webAddress }).refine(isWebAddress, { error: webAddress }),
      /** Of what messages are signed with; relative to the folder of config.json. */
      secretFile: z.string({ error: 'the path of a file' }).min(1, { error: 'the path of a file' }),
    }).optional(),
  }).prefault({}),
  integrations: z
    .record(
      z.string(),
      section({
        /** A PEM file of further certificate authorities; relative to the folder of config.json. */
        caFile: z.string({ error: 'the path of a PEM file' }).min(1, { error: 'the path of a PEM file' }).optional(),
        /** In place of the documented number of requests per window of the vendor. */
        requestsPerWindow: wholeNumber(1, 1_000_000).optional(),
      }),
      { error: 'an object with one entry per integration' },
    )
    .default({}),
});
export type Config = z.output<typeof Config>;

/**
 * Reads and validates config.json; a missing file means the defaults.
 * @param integrations the ids that exist, so that a misspelt one is refused instead of ignored
 * @throws StateError `config-invalid`, one line per problem
 */
export function loadConfig(path: string, integrations?: readonly string[]): Config {
  const raw = withoutComments(parse(path));
  const result = Config.safeParse(raw);
  const problems = result.success
    ? unknownKeys(Object.keys(result.data.integrations), integrations, ['integrations'])
    : result.error.issues.flatMap((issue) => describe(issue, raw));
  if (problems.length > 0 || !result.success) {
    const fix = 'config.example.json shows every key.';
    throw new StateError(
      'config-invalid',
      `${path} is not valid.\n${problems.map((line) => `  ${line}`).join('\n')}\n`,
      fix,
    );
  }
  for (const entry of Object.values(result.data.integrations)) {
    if (entry.caFile !== undefined) entry.caFile = resolve(dirname(path), entry.caFile);
  }
  const { webhook } = result.data.notify;
  if (webhook !== undefined) webhook.secretFile = resolve(dirname(path), webhook.secretFile);
  return result.data;
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    const fix = `Mend or remove ${basename(path)}; without it the defaults are used.`;
    throw new StateError('config-invalid', `${path} cannot be read: ${(error as Error).message}.`, fix, {
      cause: error,
    });
  }
}

/**
 * Keys that start with `//` are notes. JSON has no comments, and a note as a sibling of the key it explains stays valid
 * for every editor and tool that reads JSON.
 */
function withoutComments(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (key.startsWith('//') ? [] : [[key, withoutComments(item)]])),
  );
}

function describe(issue: z.core.$ZodIssue, raw: unknown): string[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, keysAt(issue.path), issue.path);
  const found = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], raw);
  return [`${named(issue.path)} is ${shown(found)}; it must be ${issue.message}.`];
}

function unknownKeys(
  keys: readonly string[],
  known: readonly string[] | undefined,
  path: readonly PropertyKey[],
): string[] {
  if (known === undefined) return [];
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      const hint = near === null ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`;
      return `${named([...path, key])} is not known. ${hint}`;
    });
}

/** The keys that the schema has at this place. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let node = z.toJSONSchema(Config, { io: 'input' });
  for (const key of path) {
    const next = node.properties?.[String(key)] ?? node.additionalProperties;
    if (typeof next !== 'object') return [];
    node = next as typeof node;
  }
  return Object.keys(node.properties ?? {});
}

const named = (path: readonly PropertyKey[]) => path.map(String).join('.') || 'The file';
const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
