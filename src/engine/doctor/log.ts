import { logFiles } from '../../log/log-file.ts';
import { readLog } from '../../log/read.ts';
import { counted } from '../../text/format.ts';
import { findings, type Look } from './finding.ts';

const { ok, warning } = findings('log');
const day = 24 * 3_600_000;
const most = 1000;

/** What the last day left in the log. */
export const lookAtLog: Look = async ({ paths, now }) => {
  const since = new Date(now() - day).toISOString();
  const errors = await readLog(logFiles(paths.log), { level: 'error', since, limit: most });
  const newest = errors.at(-1);
  if (newest === undefined) return [ok('log', 'Log', 'no error within a day')];
  const by = newest.integration === undefined ? '' : ` (${newest.integration})`;
  return [
    warning('log', 'Log', {
      cause: `${counted(errors.length, 'error')}${errors.length === most ? ' or more' : ''} within a day; the newest${by}: ${newest.message}`,
      fix: typeof newest.fix === 'string' ? newest.fix : 'Look at them.',
      command: 'msportal logs --level error --since 24h',
    }),
  ];
};
