/** The stable shapes of `--json`: what scripts of operators rely on. A change here is a change for them. */
import { z } from 'zod';

const count = z.int().nonnegative();
const time = z.iso.datetime().nullable();
const perType = z.record(z.string(), count);
const failure = z.object({ code: z.string(), cause: z.string().min(1), fix: z.string() });

const integration = z.strictObject({
  id: z.string(),
  status: z.enum(['connected', 'disconnected', 'error', 'syncing']),
  enabled: z.boolean(),
  lastSync: time,
  nextSync: time,
  records: perType,
  issues: count,
  leftOut: count,
  error: failure.nullable(),
});
const check = z.strictObject({
  id: z.string(),
  label: z.string(),
  status: z.enum(['passed', 'failed', 'untested']),
  ms: count,
  detail: z.string().nullable(),
  cause: z.string().nullable(),
  fix: z.string().nullable(),
});
const counters = z.strictObject({
  read: count,
  created: count,
  updated: count,
  unchanged: count,
  held: count,
  failed: count,
  gone: count,
  pushed: count,
  conflicted: count,
  refused: count,
});

export const status = z.strictObject({ integrations: z.array(integration) });
export const test = z.strictObject({ ok: z.boolean(), checks: z.array(check).min(1) });
export const connect = z.strictObject({ ...test.shape, ...status.shape });
export const sync = z.strictObject({
  id: z.string(),
  runId: z.string(),
  status: z.enum(['succeeded', 'failed', 'cancelled', 'interrupted']),
  types: z.record(z.string(), counters),
  requests: count,
  waitedMs: count,
  bytes: count,
  durationMs: count,
  error: failure.nullable(),
});
export const demo = z.strictObject({
  integrations: z
    .array(
      z.strictObject({
        ...integration.pick({ id: true, status: true, records: true, issues: true }).shape,
        durationMs: count,
      }),
    )
    .min(1),
});
export const error = z.strictObject({ error: failure });
export const info = z.object({ version: z.string(), node: z.string(), paths: z.record(z.string(), z.string()) });
export const logLine = z.looseObject({ time: z.iso.datetime(), level: z.string(), message: z.string() });
