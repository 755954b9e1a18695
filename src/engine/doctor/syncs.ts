/** Each integration: is it in sync, on time, held up by its vendor; and is the queue moving. */
import type { PortalReader } from '../../portal/portal.ts';
import type { RunRecord } from '../../portal/run.ts';
import { openPortalReader } from '../../portal/store/reader.ts';
import { readHolder } from '../../state/lock.ts';
import type { DeepReadonly, IntegrationState } from '../../state/schema.ts';
import { duration } from '../../text/format.ts';
import { type Finding, findings, type House, type Look } from './finding.ts';

const { ok, warning, failed } = findings('sync');
/** Behind by more than so many intervals is told. */
const patience = 3;
/** A run that takes longer has probably stopped moving, milliseconds. */
const longRun = 2 * 3_600_000;
/** A share of waiting above this means that the vendor holds us up. */
const waiting = 0.5;

type Stored = DeepReadonly<IntegrationState>;

export const lookAtSyncs: Look = async (house, { state }) => {
  const reader = openPortalReader({ file: house.paths.database });
  try {
    const found: Finding[] = [];
    for (const { id, name } of house.catalogue) {
      const stored = state?.integrations[id];
      if (stored === undefined) continue;
      found.push(lookAtIntegration(house, id, name, stored), ...lookAtThrottling(reader, id, name));
    }
    if (found.length === 0) found.push(ok('sync', 'Integrations', 'none connected yet'));
    return [...found, lookAtQueue(house, reader)];
  } finally {
    reader.close();
  }
};

function lookAtIntegration({ now }: House, id: string, title: string, stored: Stored): Finding {
  const { last, enabled, settings } = stored;
  const finding = `sync:${id}`;
  if (!enabled) return ok(finding, title, 'disabled: nothing is synced');
  if (last.status !== 'connected' && last.error !== null) {
    const { cause, fix } = last.error;
    return failed(finding, title, { detail: last.status, cause, fix, command: `msportal test ${id}` });
  }
  const interval = settings.intervalMinutes * 60_000;
  if (last.lastSync === null) {
    const cause = 'Enabled, but no sync has ever ended well.';
    return warning(finding, title, {
      cause,
      fix: 'Sync it once and look at the outcome.',
      command: `msportal sync ${id}`,
    });
  }
  const age = now() - Date.parse(last.lastSync);
  if (age <= patience * interval)
    return ok(finding, title, `synced ${duration(age)} ago, every ${settings.intervalMinutes} min`);
  return warning(finding, title, {
    cause: `The last good sync ended ${duration(age)} ago; it should run every ${settings.intervalMinutes} min.`,
    fix: 'See above whether a process runs the syncs; if one does, look what it does.',
    command: `msportal logs --integration ${id}`,
  });
}

function lookAtThrottling(reader: PortalReader, id: string, name: string): Finding[] {
  const ended = reader.runs({ integration: id, limit: 5 }).filter((run) => run.endedAt !== null);
  const spent = ended.reduce((sum, run) => sum + lasted(run), 0);
  const waited = ended.reduce((sum, run) => sum + run.waitedMs, 0);
  if (waited < 30_000 || waited < spent * waiting) return [];
  return [
    warning(`throttled:${id}`, `Requests to ${name}`, {
      cause: `The last ${ended.length} runs waited ${duration(waited)} of ${duration(spent)}: the request quota of this tenant is used up.`,
      fix: 'Look which other programs use the same account, choose a longer interval, or set requestsPerWindow in config.json.',
      command: `msportal test ${id}`,
    }),
  ];
}

const lasted = (run: RunRecord) => Date.parse(run.endedAt ?? run.startedAt) - Date.parse(run.startedAt);

function lookAtQueue({ queue, now, paths }: House, reader: PortalReader): Finding {
  const running = reader.runs({ limit: 50 }).filter(({ status }) => status === 'running');
  const oldest = running.at(-1);
  if (queue !== undefined && queue.waiting > 0 && queue.running === 0) {
    const cause = `${queue.waiting} runs wait, and none is running.`;
    return failed('queue', 'Queue', { cause, fix: 'Start msportal again; what waits is caught up with.' });
  }
  if (oldest === undefined) return ok('queue', 'Queue', 'nothing is running');
  if (readHolder(paths.lock) === null) {
    return warning('queue', 'Queue', {
      cause: `A run of ${oldest.integration} was cut short: its process is gone.`,
      fix: 'Nothing to do: the next start closes it as interrupted and goes on after its last page.',
      command: 'msportal',
    });
  }
  const age = now() - Date.parse(oldest.startedAt);
  if (age < longRun) return ok('queue', 'Queue', `${running.length} running, the oldest for ${duration(age)}`);
  return warning('queue', 'Queue', {
    cause: `A run of ${oldest.integration} has been going for ${duration(age)}.`,
    fix: 'A first import may take that long: see whether it moves. If it does not, cancel it; nothing that was read is lost.',
    command: `msportal logs --run ${oldest.id} --follow`,
  });
}
