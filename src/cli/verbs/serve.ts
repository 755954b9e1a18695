/** The engine without a screen, in the foreground. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { longestDrainSeconds, unitFile } from '../../service/unit.ts';
import type { Run } from '../context.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { type Place, pathsOf } from '../open.ts';
import { note, print } from '../output.ts';
import type { OwnEngine } from '../own-engine.ts';
import { version } from '../version.ts';

export const run: Run = async (invocation, { signal }) => {
  if (invocation.options.has('--print-unit')) {
    print(unitFor(invocation));
    return exitCodes.done;
  }
  const { openJsonLines } = await import('../json-lines.ts');
  const lines = openJsonLines();
  const own = await open(invocation, { wait: invocation.options.has('--wait'), logTo: lines, signal });
  if (own === null) return exitCodes.done;
  const { serviceManager } = await import('../../service/systemd.ts');
  const { log } = own.local;
  const manager = serviceManager(process.env, (error) =>
    log.warn('systemd could not be told how the service stands; is systemd-notify installed?', {
      error: error.message,
    }),
  );
  const metrics = await startMetrics(own, invocation.options.text('--metrics'));
  const reload = async () => {
    await manager?.reloading();
    try {
      own.reload();
      log.info('configuration read again');
    } catch (error) {
      log.error('the configuration was not taken, the one before holds on', { error: String(error) });
    }
    await manager?.ready('syncing');
  };
  const onHangUp = () => void reload();
  process.on('SIGHUP', onHangUp);
  log.info('serving', { pid: process.pid, version, ...(metrics && { metrics: metrics.url }) });
  await manager?.ready('syncing');

  // With nothing enabled there is nothing else that keeps the process alive.
  const alive = setInterval(() => {}, 60_000);
  if (!signal.aborted) await once(signal, 'abort');
  clearInterval(alive);
  log.info('stopping: running pages finish, nothing new begins');
  await manager?.stopping('finishing the pages under way');
  process.off('SIGHUP', onHangUp);
  metrics?.close();
  const code = await drain(own);
  lines.flush();
  return code;
};

/** The engine of this data folder; null when it was stopped while it waited. */
async function open(
  place: Place,
  { wait, logTo, signal }: { wait: boolean; logTo: { write(line: string): void }; signal: AbortSignal },
): Promise<OwnEngine | null> {
  const { openOwnEngine } = await import('../own-engine.ts');
  for (let told = false; ; told = true) {
    try {
      return await openOwnEngine(place, 'run', logTo);
    } catch (error) {
      if (!wait || !(error instanceof Error) || error.name !== 'Busy') throw error;
      if (!told) note(`${error.message} Waiting for it to end.`);
    }
    await pause(500, null, { signal }).catch(() => {});
    if (signal.aborted) return null;
  }
}

/** A vendor that does not answer must not keep the service manager waiting: what is cut off then is read again. */
async function drain(own: OwnEngine): Promise<ExitCode> {
  const late = Symbol('late');
  const outcome = await Promise.race([own.close(), pause(longestDrainSeconds * 1000, late, { ref: false })]);
  if (outcome !== late) return exitCodes.done;
  note(`Not everything ended within ${longestDrainSeconds} s. What was cut off is read again by the next sync.`);
  return exitCodes.failed;
}

async function startMetrics(own: OwnEngine, address: string | undefined) {
  if (address === undefined) return null;
  const { host, port } = parseAddress(address);
  const { engineMetrics, serveMetrics } = await import('../../service/metrics.ts');
  try {
    return await serveMetrics(engineMetrics(own.local), { host, port });
  } catch (error) {
    await own.close();
    throw new UsageError(`--metrics: ${address} cannot be listened on: ${(error as Error).message}.`);
  }
}

/** `9464`, `127.0.0.1:9464`, `[::1]:9464`. */
export function parseAddress(text: string): { host: string; port: number } {
  const { host, bare, port } =
    /^(?:(?:\[(?<host>[^\]]+)\]|(?<bare>[^:]+)):)?(?<port>\d{1,5})$/.exec(text)?.groups ?? {};
  if (port === undefined || Number(port) > 65_535) {
    throw new UsageError(
      `--metrics takes a port, or an address and a port, as in 127.0.0.1:9464; "${text}" is neither.`,
    );
  }
  return { host: host ?? bare ?? '127.0.0.1', port: Number(port) };
}

function unitFor(place: Place): string {
  const paths = pathsOf(place);
  return unitFile({
    node: process.execPath,
    program: process.argv[1] as string,
    user: userInfo().username,
    folders: [...new Set([dirname(paths.config), paths.data, paths.logs])],
    data: dirname(paths.config) === paths.data ? paths.data : undefined,
    keyFile: existsSync(paths.keyFile) ? paths.keyFile : null,
  });
}
