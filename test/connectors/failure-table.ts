/** A connector's table of failures: each, shown by the simulator, must end in a check that names the cause and the fix. */
import { expect } from 'vitest';
import type { Credentials, Options } from '../../src/connector/manifest.ts';
import type { TestResult } from '../../src/engine/engine.ts';
import type { House } from '../engine/house.ts';

export interface FailureRow {
  /** What is wrong at the vendor. */
  readonly fault: string | null;
  /** What is wrong in what the operator entered. */
  readonly credentials?: Credentials;
  readonly options?: Options;
  /** The check that tells it. */
  readonly check: string;
  /** Default: failed, and with it the whole test. */
  readonly status?: 'failed' | 'untested';
  /** Another check fails as well. */
  readonly ok?: false;
  readonly cause: RegExp;
  readonly fix: RegExp;
  readonly detail?: RegExp;
}

/** Tests the connection of a house whose simulator shows the fault already. */
export async function expectFailure(house: House, row: FailureRow): Promise<TestResult> {
  const { engine, id, sim } = house;
  const { check, status = 'failed', ok = status !== 'failed', cause, fix, detail = /^/, options = {} } = row;
  const credentials = { ...sim.credentials, ...row.credentials };
  const result = await engine.test({ id, credentials, options });
  const told = result.checks.find((each) => each.id === check);
  expect(told).toMatchObject({ status });
  expect(told?.cause).toMatch(cause);
  expect(told?.fix).toMatch(fix);
  expect(told?.detail ?? '').toMatch(detail);
  expect(result.ok).toBe(ok);
  // What depends on a check that failed is not tried.
  const after = told?.hard === true ? result.checks.slice(result.checks.indexOf(told) + 1) : [];
  expect(after.filter((each) => each.status !== 'untested')).toEqual([]);
  for (const { key } of (await engine.manifest(id)).credentials.filter(({ secret }) => secret)) {
    if (credentials[key]) expect(JSON.stringify(result)).not.toContain(credentials[key]);
  }
  return result;
}
