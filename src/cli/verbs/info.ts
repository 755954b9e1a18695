import { existsSync } from 'node:fs';
import { catalogue } from '../../../connectors/index.ts';
import { readHolder } from '../../state/lock.ts';
import { columns } from '../columns.ts';
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { pathsOf } from '../open.ts';
import { plain, print, printJson } from '../output.ts';
import { version } from '../version.ts';

/** Opens nothing, so that it answers when everything else is broken. */
export const run: Run = async (invocation) => {
  const paths = pathsOf(invocation);
  const info = {
    version,
    node: process.versions.node,
    sqlite: process.versions.sqlite ?? null,
    platform: `${process.platform} ${process.arch}`,
    executable: process.execPath,
    paths,
    holder: readHolder(paths.lock),
    integrations: catalogue.filter(({ load }) => load).map(({ id }) => id),
  };
  if (invocation.json) {
    printJson(info);
    return exitCodes.done;
  }
  const { holder } = info;
  const rows = [
    ['msportal', info.version],
    ['node', `${info.node} (${info.executable})`],
    ['sqlite', info.sqlite ?? ''],
    ['platform', info.platform],
    ['in use by', holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'nobody'],
    ['integrations', info.integrations.join(', ')],
    ...Object.entries(paths).map(([name, path]) => [name, existsSync(path) ? path : `${path} (not there yet)`]),
  ];
  print(columns(rows.map((row) => row.map(plain))).join('\n'));
  return exitCodes.done;
};
