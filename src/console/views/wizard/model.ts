/** The wizard without a screen: what was entered, which step, what stands in the way. Pure. */

import { isAsked } from '../../../connector/credentials.ts';
import type { CredentialField, Manifest } from '../../../connector/manifest.ts';
import type { CheckView, ConnectInput, Draft, SyncSettings } from '../../../engine/engine.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import type { OptionChange } from './options.ts';

export const steps = ['select', 'credentials', 'options', 'test', 'enable'] as const;
export type Step = (typeof steps)[number];

export interface WizardState {
  readonly step: Step;
  /** As typed, secrets too; never leaves memory but through `connect` and `test`. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What is stored already, secrets as `…last4`: an empty secret field keeps the stored one. */
  readonly stored: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly settings: SyncSettings;
  /** Rows of the credentials and options forms. */
  readonly focus: Readonly<Record<'credentials' | 'options', number>>;
  /** Fields that were left once: only those complain about being empty. */
  readonly visited: readonly string[];
  readonly advanced: boolean;
}

export type WizardAction =
  | { readonly type: 'go'; readonly step: Step }
  | { readonly type: 'focus'; readonly form: 'credentials' | 'options'; readonly row: number }
  | { readonly type: 'type'; readonly key: string; readonly value: string }
  | { readonly type: 'visit'; readonly key: string }
  | { readonly type: 'visit-all'; readonly keys: readonly string[] }
  | { readonly type: 'advanced' }
  | { readonly type: 'restart'; readonly state: WizardState }
  | OptionChange;

export function begin(manifest: Manifest, view: IntegrationView | null, draft: Draft | null): WizardState {
  const stored = view?.configured ? view.credentials : {};
  const plain = Object.fromEntries(
    manifest.credentials.flatMap(({ key, secret }) => (!secret && stored[key] ? [[key, stored[key]]] : [])),
  );
  const allTypes = manifest.recordTypes.map(({ type }) => type);
  const settings: SyncSettings = {
    intervalMinutes: view?.configured && isInterval(view.intervalMinutes) ? view.intervalMinutes : 15,
    initialImport: true,
    types: view?.configured ? view.types : allTypes,
    ...draft?.settings,
  };
  const state: WizardState = {
    step: 'credentials',
    credentials: { ...plain, ...draft?.credentials },
    stored,
    options: {
      ...Object.fromEntries(manifest.options.map(({ key, fallback }) => [key, fallback])),
      ...(view?.configured ? view.options : {}),
      ...draft?.options,
    },
    settings,
    focus: { credentials: 0, options: 0 },
    visited: [],
    advanced: false,
  };
  const wanted = steps[draft?.step ?? 1] ?? 'credentials';
  const missing = firstProblem(manifest, state);
  if (missing === null) return { ...state, step: wanted === 'enable' ? 'test' : wanted };
  return { ...state, focus: { ...state.focus, credentials: missing } };
}

const isInterval = (minutes: number): minutes is 5 | 15 | 30 => minutes === 5 || minutes === 15 || minutes === 30;

export function reduce(state: WizardState, action: WizardAction): WizardState {
  switch (action.type) {
    case 'go':
      return { ...state, step: action.step };
    case 'focus':
      return { ...state, focus: { ...state.focus, [action.form]: action.row } };
    case 'type':
      return { ...state, credentials: { ...state.credentials, [action.key]: action.value } };
    case 'visit':
      return state.visited.includes(action.key) ? state : { ...state, visited: [...state.visited, action.key] };
    case 'visit-all':
      return { ...state, visited: action.keys };
    case 'advanced':
      return { ...state, advanced: !state.advanced };
    case 'option':
      return { ...state, options: { ...state.options, [action.key]: action.value } };
    case 'settings':
      return { ...state, settings: { ...state.settings, ...action.settings } };
    case 'restart':
      return action.state;
  }
}

/** After these, what was tested is no longer what is there. */
export function outdatesTest(action: WizardAction): boolean {
  if (action.type === 'settings') return action.settings.types !== undefined;
  return action.type === 'type' || action.type === 'option' || action.type === 'restart';
}

/** The fields shown: those that belong to what is chosen; advanced ones when unfolded, or when one of them holds something. */
export function shownFields(manifest: Manifest, state: WizardState): readonly CredentialField[] {
  return manifest.credentials.filter(
    (field) =>
      isAsked(manifest, field, state.credentials) && (!field.advanced || state.advanced || state.stored[field.key]),
  );
}

export const hasFolded = (manifest: Manifest): boolean => manifest.credentials.some(({ advanced }) => advanced);

/** What is wrong with a field as it stands; null when nothing is. */
export function problem(field: CredentialField, state: WizardState): string | null {
  const value = state.credentials[field.key] ?? '';
  if (value.trim() === '') {
    const covered = field.secret && state.stored[field.key];
    return field.required && field.fallback === undefined && !covered ? `${field.label} is needed.` : null;
  }
  const result = field.schema.safeParse(value);
  return result.success ? null : (result.error.issues[0]?.message ?? 'This is not valid.');
}

/** Whether to say it now: an empty field only complains once it was left. */
export function shownProblem(field: CredentialField, state: WizardState): string | null {
  const empty = (state.credentials[field.key] ?? '').trim() === '';
  return empty && !state.visited.includes(field.key) ? null : problem(field, state);
}

/** Row of the first field that stops us; null when all are good. */
export function firstProblem(manifest: Manifest, state: WizardState): number | null {
  const at = shownFields(manifest, state).findIndex((field) => problem(field, state) !== null);
  return at < 0 ? null : at;
}

/** What `test`, `choices` and `connect` take. Left out: stored secrets that stay as they are. */
export function inputOf(manifest: Manifest, state: WizardState): ConnectInput & { readonly settings: SyncSettings } {
  const credentials = manifest.credentials.flatMap(({ key, secret }) => {
    const value = (state.credentials[key] ?? '').trim();
    const cleared = value === '' && !secret && state.stored[key] !== undefined;
    return value !== '' || cleared ? [[key, value] as const] : [];
  });
  return {
    id: manifest.id,
    credentials: Object.fromEntries(credentials),
    options: state.options,
    types: state.settings.types,
    settings: state.settings,
  };
}

/** What may be kept on disk: no secret. Null when nothing was entered that is worth keeping. */
export function draftOf(manifest: Manifest, state: WizardState): Draft | null {
  const credentials = Object.fromEntries(
    manifest.credentials.flatMap(({ key, secret }) => {
      const value = state.credentials[key];
      return !secret && value ? [[key, value]] : [];
    }),
  );
  const typed = Object.entries(state.credentials).some(([key, value]) => value !== (state.stored[key] ?? ''));
  if (!typed && state.step === 'credentials') return null;
  return { step: steps.indexOf(state.step), credentials, options: state.options, settings: state.settings };
}

type Tested = { readonly phase: 'none' | 'running' | 'done'; readonly checks: readonly CheckView[] };

/**
 * Whether one may go on after the test. `warn`: something failed that does not stop the rest (one record type
 * without permission, for example); the operator decides.
 */
export function verdict({ phase, checks }: Tested): 'wait' | 'pass' | 'warn' | 'stop' {
  if (phase !== 'done') return 'wait';
  const failed = checks.filter(({ status }) => status === 'failed');
  if (failed.some(({ hard }) => hard === true)) return 'stop';
  return failed.length > 0 ? 'warn' : 'pass';
}

/** The first value a check offers to mend what failed. */
export function suggestion(
  manifest: Manifest,
  checks: readonly CheckView[],
): { field: CredentialField; value: string } | null {
  for (const { suggest } of checks) {
    const field = suggest && manifest.credentials.find(({ key }) => key === suggest.field);
    if (suggest && field) return { field, value: suggest.value };
  }
  return null;
}
