/** Runs a connector's checks one after another, each timed, and tells after every step how it stands. */
import type { CheckOutcome, CheckStep } from '../connector/contract.ts';
import { Cancelled, ConnectorError } from '../connector/errors.ts';
import type { CheckView, TestResult } from './engine.ts';

export async function runChecks(
  steps: readonly CheckStep[],
  options: { now: () => number; signal: AbortSignal; onCheck?: ((checks: readonly CheckView[]) => void) | undefined },
): Promise<TestResult> {
  const checks: CheckView[] = steps.map(({ id, label, hard }) => ({
    id,
    label,
    status: 'pending',
    ms: 0,
    detail: null,
    cause: null,
    fix: null,
    ...(hard === true ? { hard } : {}),
  }));
  const show = (index: number, change: Partial<CheckView>) => {
    checks[index] = { ...(checks[index] as CheckView), ...change };
    options.onCheck?.([...checks]);
  };

  let brokenBy: string | null = null;
  for (const [index, step] of steps.entries()) {
    if (brokenBy !== null) {
      show(index, {
        status: 'untested',
        cause: `Not tried, because "${brokenBy}" failed.`,
        fix: 'Mend that first, then test again.',
      });
      continue;
    }
    show(index, { status: 'running' });
    const begun = options.now();
    const outcome = await attempt(step, options.signal);
    const ms = Math.round(options.now() - begun);
    if (outcome.status === 'passed') {
      show(index, { status: 'passed', ms, detail: outcome.detail ?? null });
      continue;
    }
    const { status, cause, fix, detail, suggest } = outcome;
    show(index, { status, ms, cause, fix, detail: detail ?? null, ...(suggest === undefined ? {} : { suggest }) });
    if (status === 'failed' && step.hard === true) brokenBy = step.label;
  }
  return { ok: checks.every(({ status }) => status !== 'failed'), checks };
}

async function attempt(step: CheckStep, signal: AbortSignal): Promise<CheckOutcome> {
  if (signal.aborted) throw new Cancelled();
  try {
    return await step.run(signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof ConnectorError)) throw error;
    const { reason, fix, detail } = error;
    return { status: 'failed', cause: reason, fix, ...(detail === undefined ? {} : { detail }) };
  }
}
