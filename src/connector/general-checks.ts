/** The last checks of every connection test, from what the vendor's own checks brought along: clock, quota, chosen values. */

import type { BudgetFeedback } from './budget.ts';
import type { Clock } from './clock.ts';
import type { CheckOutcome, CheckStep, Connection } from './contract.ts';
import type { Http } from './http.ts';
import type { Manifest, OptionField, Options } from './manifest.ts';
import { clockWords } from './network-checks.ts';

export interface GeneralFacts {
  readonly manifest: Manifest;
  readonly options: Options;
  readonly connection: Connection;
  readonly http: Http;
  readonly clock: Clock;
  /** What the vendor said of its quota last; null: nothing. */
  readonly quota: () => BudgetFeedback | null;
}

const nothing = 'Nothing to do.';
/** More than this and a vendor's dates, tokens and our log no longer fit together, milliseconds. */
export const clockTolerance = 30_000;

export function generalChecks(facts: GeneralFacts): CheckStep[] {
  return [
    ...chosenFields(facts).map((field) => ({
      id: `chosen-${field.key}`,
      label: `Chosen ${lowerFirst(field.label)} exist`,
      run: (signal: AbortSignal) => chosen(facts, field, signal),
    })),
    { id: 'network-clock', label: "This machine's clock", run: async () => clockCheck(facts) },
    { id: 'quota', label: 'Requests left', run: async () => quotaCheck(facts) },
  ];
}

/** Against the Date header of the vendor's newest answer. */
function clockCheck({ http, clock, manifest }: GeneralFacts): CheckOutcome {
  const theirs = http.vendorNow()?.getTime();
  if (theirs === undefined)
    return { status: 'untested', cause: `${manifest.name} has not told the time.`, fix: nothing };
  const off = clock.now() - theirs;
  if (Math.abs(off) <= clockTolerance) return { status: 'passed', detail: `as ${manifest.name}'s, within 30 s` };
  return {
    status: 'warning',
    cause: `This machine's clock is ${clockWords(off)}, measured by ${manifest.name}'s.`,
    fix: 'Set the clock (timedatectl set-ntp true). Signatures, tokens and times in the log depend on it.',
  };
}

function quotaCheck({ http, quota, manifest }: GeneralFacts): CheckOutcome {
  const { throttled, waitedMs } = http.stats;
  if (throttled > 0) {
    const times = throttled === 1 ? 'once' : `${throttled} times`;
    return {
      status: 'warning',
      cause: `${manifest.name} throttled us ${times} during this test (${Math.round(waitedMs / 1000)} s of waiting): the quota of this tenant is used up.`,
      fix: `Look which other programs use the same account, choose a longer interval, or set requestsPerWindow of ${manifest.id} in config.json.`,
    };
  }
  const told = quota();
  if (told === null) {
    const { intervalCap, intervalMs } = manifest.budgets[0];
    return {
      status: 'untested',
      cause: `${manifest.name} does not tell how many are left. We keep to ${intervalCap} in ${Math.round(intervalMs / 1000)} s.`,
      fix: nothing,
    };
  }
  const detail = `${Math.max(0, Math.floor(told.remaining))} of ${told.limit} left`;
  if (told.remaining >= told.limit / 10) return { status: 'passed', detail };
  return {
    status: 'warning',
    cause: `Only ${detail} in this window of ${manifest.name}.`,
    fix: 'It goes on slowly by itself. Look which other programs use the same account, or choose a longer interval.',
    detail,
  };
}

type ChoiceField = Extract<OptionField, { kind: 'choice' | 'choices' }>;

/** Options whose values are the vendor's own, where some are chosen. */
function chosenFields({ manifest, options, connection }: GeneralFacts): ChoiceField[] {
  if (connection.choices === undefined) return [];
  return manifest.options.filter(
    (field): field is ChoiceField =>
      (field.kind === 'choice' || field.kind === 'choices') &&
      field.choices === 'vendor' &&
      valuesOf(options[field.key]).length > 0,
  );
}

/** A board that was deleted, or renamed where the vendor knows it by name: nothing of it would ever come again. */
async function chosen(facts: GeneralFacts, field: ChoiceField, signal: AbortSignal): Promise<CheckOutcome> {
  const { connection, options, manifest } = facts;
  const present = new Set((await connection.choices?.(field.key, signal))?.map(({ value }) => value));
  const wanted = valuesOf(options[field.key]);
  const missing = wanted.filter((value) => !present.has(value));
  if (missing.length === 0) return { status: 'passed', detail: `${wanted.length} of ${present.size}` };
  const what = lowerFirst(field.label);
  return {
    status: 'failed',
    cause: `Of the chosen ${what}, ${missing.length} no longer exist at ${manifest.name} (${missing.join(', ')}): removed or renamed there.`,
    fix: `Choose the ${what} again in the settings of the integration.`,
  };
}

function valuesOf(value: unknown): string[] {
  return [value].flat().filter((each): each is string => typeof each === 'string' && each !== '');
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
