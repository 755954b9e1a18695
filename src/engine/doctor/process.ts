/** Who runs the syncs: somebody, nobody, or somebody who died. */
import { existsSync, readFileSync } from 'node:fs';
import { readHolder } from '../../state/lock.ts';
import { findings, type Look } from './finding.ts';

const { ok, warning } = findings('process');

export const lookAtProcess: Look = async ({ paths, now }, { state }) => {
  const holder = readHolder(paths.lock);
  if (holder !== null) {
    const since = Math.max(0, now() - Date.parse(holder.since));
    return [ok('lock', 'Lock', `process ${holder.pid} on ${holder.host}, for ${Math.round(since / 60_000)} min`)];
  }
  const left = leftBehind(`${paths.lock}.json`);
  const enabled = Object.values(state?.integrations ?? {}).filter((integration) => integration.enabled).length;
  const idle =
    enabled === 0
      ? []
      : [
          warning('runner', 'Scheduler', {
            cause: `${enabled === 1 ? 'One integration is' : `${enabled} integrations are`} enabled, but no process runs the syncs.`,
            fix: 'Start the console and leave it open, or run it as a service.',
            command: 'msportal',
          }),
        ];
  if (left === null) return [ok('lock', 'Lock', 'free'), ...idle];
  return [
    warning('lock', 'Lock', {
      cause: `A stale lock: process ${left} ended without letting go (killed, or the power went).`,
      fix: 'Nothing has to be done: the system freed it, and the next start takes it and goes on where the run stopped.',
      command: `rm ${paths.lock}.json`,
    }),
    ...idle,
  ];
};

/** Who is named beside a lock that nobody holds. */
function leftBehind(path: string): string | null {
  if (!existsSync(path)) return null;
  try {
    const { pid, host, since } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return `${pid} on ${host} (since ${since})`;
  } catch {
    return 'unknown';
  }
}
