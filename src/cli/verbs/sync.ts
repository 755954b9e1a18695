import type { RunResult } from '../../engine/engine.ts';
import { bytes, count, counted, duration } from '../../text/format.ts';
import { columns } from '../columns.ts';
import type { Run } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { connectedView, recordTypeOf } from '../integration.ts';
import { note, plain, print, printJson } from '../output.ts';
import { reportProgress } from '../progress.ts';
import { dryRun } from './dry-run.ts';

export const run: Run = async ({ args: [id = ''], options, json }, { open, signal }) => {
  const types = options.all('--type').map(recordTypeOf);
  const engine = await open('own');
  connectedView(engine, id);
  if (options.has('--dry-run'))
    return await dryRun(engine, { id, ...(types.length > 0 ? { types } : {}) }, { json, signal });
  const cancel = () => {
    note('Stopping after the page under way; the next sync goes on from there.');
    // A failure to cancel is told by the sync itself: it goes on, or broke off.
    engine.cancel(id).catch(() => {});
  };
  signal.addEventListener('abort', cancel, { once: true });
  const stopReporting = reportProgress(engine, id);
  try {
    const result = await engine.sync(id, {
      ...(types.length > 0 ? { types } : {}),
      ...(options.has('--full') ? { full: true } : {}),
      ...(options.has('--accept-deletions') ? { acceptDeletions: true } : {}),
    });
    stopReporting();
    if (json) printJson(runJson(result));
    else print(runTable(result));
    return exitCodeOf(result);
  } finally {
    stopReporting();
    signal.removeEventListener('abort', cancel);
  }
};

/** The stable shape of `--json`. */
function runJson(result: RunResult) {
  const { id, runId, status, types, requests, waitedMs, bytes, durationMs, failure } = result;
  const error = failure && { code: failure.code, cause: failure.cause, fix: failure.fix };
  return { id, runId, status, types, requests, waitedMs, bytes, durationMs, error };
}

function runTable(result: RunResult): string {
  const counters = [
    'read',
    'created',
    'updated',
    'unchanged',
    'held',
    'failed',
    'gone',
    'pushed',
    'conflicted',
    'refused',
  ] as const;
  const rows = Object.entries(result.types).map(([type, of]) => [type, ...counters.map((name) => count(of[name]))]);
  const table = columns(
    [['TYPE', ...counters.map((name) => name.toUpperCase())], ...rows],
    ['left', ...counters.map(() => 'right' as const)],
  );
  const waited = result.waitedMs > 0 ? `, ${duration(result.waitedMs)} of it waiting for the vendor's limits` : '';
  const sums = `${result.status}: ${counted(result.requests, 'request')}, ${bytes(result.bytes)}, ${duration(result.durationMs)}${waited}`;
  const failure = result.failure ? ['', plain(result.failure.cause), plain(result.failure.fix)] : [];
  return [...table, '', `${sums[0]!.toUpperCase()}${sums.slice(1)}`, ...failure].join('\n');
}

function exitCodeOf({ status, failure }: RunResult): ExitCode {
  if (status === 'succeeded') return exitCodes.done;
  // The vendor no longer accepts the credentials, which makes the integration Disconnected.
  return failure?.code === 'unauthorized' ? exitCodes.notConnected : exitCodes.failed;
}
