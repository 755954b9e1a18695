/** What operators type, checked against a manifest: credentials and options. */
import { nearest } from '../text/nearest.ts';
import type { CredentialField, Credentials, Manifest, OptionField, Options } from './manifest.ts';

export interface Problem {
  /** The field's key. */
  readonly path: string;
  readonly message: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly values: T }
  | { readonly ok: false; readonly problems: Problem[] };

/** Normalised credentials with fallbacks filled in, or every problem at once. */
export function parseCredentials(manifest: Manifest, input: unknown): Parsed<Credentials> {
  const given = asObject(input);
  if (given === null) return notAnObject('credentials');
  const problems = unknownKeys(given, manifest.credentials);
  const values: Record<string, string> = {};
  for (const field of manifest.credentials) {
    if (!isAsked(manifest, field, given)) continue;
    const value = given[field.key];
    if (value !== undefined && value !== null && typeof value !== 'string') {
      problems.push({ path: field.key, message: `${field.label} must be text in quotes.` });
      continue;
    }
    const typed = value?.trim() ? value : (field.fallback ?? '');
    if (typed === '') {
      if (field.required)
        problems.push({ path: field.key, message: `${field.label} is missing. You find it at: ${field.where}.` });
      continue;
    }
    const result = field.schema.safeParse(typed);
    if (!result.success) {
      problems.push({ path: field.key, message: result.error.issues[0]?.message ?? `${field.label} is not valid.` });
    } else if (field.choices !== undefined && !field.choices.some((choice) => choice.value === result.data)) {
      problems.push({ path: field.key, message: `${field.label} must be ${oneOf(field.choices)}.` });
    } else values[field.key] = result.data;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values };
}

/** Whether a field belongs to what has been chosen in another one. */
export function isAsked(
  manifest: Manifest,
  { when }: CredentialField,
  given: Readonly<Record<string, unknown>>,
): boolean {
  if (when === undefined) return true;
  const chooser = manifest.credentials.find(({ key }) => key === when.key);
  const typed = given[when.key];
  const chosen = typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : (chooser?.fallback ?? '');
  return when.is.includes(chosen);
}

/** Options with fallbacks filled in, or every problem at once. Choices read live from the vendor are not checked here. */
export function parseOptions(manifest: Manifest, input: unknown): Parsed<Options> {
  const given = asObject(input ?? {});
  if (given === null) return notAnObject('options');
  const problems = unknownKeys(given, manifest.options);
  const values: Record<string, unknown> = {};
  for (const field of manifest.options) {
    const value = given[field.key] ?? field.fallback;
    const message = optionProblem(field, value);
    if (message === null) values[field.key] = value;
    else problems.push({ path: field.key, message: `${field.label} ${message}` });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values };
}

/** `…` and the last 4 characters; of a secret shorter than 12, where 4 would be too much of it, nothing. */
export function mask(secret: string): string {
  return secret.length < 12 ? '…' : `…${secret.slice(-4)}`;
}

function optionProblem(field: OptionField, value: unknown): string | null {
  switch (field.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false.';
    case 'integer': {
      const fits = Number.isInteger(value) && Number(value) >= field.min && Number(value) <= field.max;
      return fits
        ? null
        : `must be a whole number from ${field.min} to ${field.max}${field.unit ? ` (${field.unit})` : ''}.`;
    }
    case 'text': {
      if (typeof value !== 'string') return 'must be text in quotes.';
      const result = field.schema?.safeParse(value);
      return result === undefined || result.success ? null : (result.error.issues[0]?.message ?? 'is not valid.');
    }
    case 'choice': {
      if (typeof value !== 'string') return 'must be text in quotes.';
      if (field.choices === 'vendor' || field.choices.some((choice) => choice.value === value)) return null;
      return `must be ${oneOf(field.choices)}.`;
    }
    case 'choices': {
      if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return 'must be a list of texts.';
      const { choices } = field;
      if (choices === 'vendor') return null;
      const wrong = value.find((each) => !choices.some((choice) => choice.value === each));
      return wrong === undefined ? null : `has "${wrong}", which is not ${oneOf(choices)}.`;
    }
  }
}

function oneOf(choices: readonly { readonly value: string }[]): string {
  const quoted = choices.map((choice) => `"${choice.value}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function unknownKeys(given: Record<string, unknown>, fields: readonly { readonly key: string }[]): Problem[] {
  const known = fields.map((field) => field.key);
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      const hint = near === null ? `Known are: ${known.join(', ') || 'none'}.` : `Did you mean "${near}"?`;
      return { path: key, message: `"${key}" is not known here. ${hint}` };
    });
}

function asObject(input: unknown): Record<string, unknown> | null {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? (input as Record<string, unknown>)
    : null;
}

function notAnObject(what: string): { ok: false; problems: Problem[] } {
  return {
    ok: false,
    problems: [{ path: '', message: `The ${what} must be one JSON object: {"field": "value", ...}.` }],
  };
}
