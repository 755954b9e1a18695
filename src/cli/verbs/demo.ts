/** Everything at once on invented data: simulators, a temporary data folder, the real engine, the console on them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue, type Integration } from '../../../connectors/index.ts';
import { runConsole } from '../../console/main.tsx';
import type { Engine } from '../../engine/engine.ts';
import type { RunningSimulator } from '../../simulator/simulator.ts';
import { counted, duration } from '../../text/format.ts';
import { checkLines } from '../checks.ts';
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { viewOf } from '../integration.ts';
import { engineOpener } from '../open.ts';
import { note, print, printJson } from '../output.ts';
import { reportProgress } from '../progress.ts';
import { printStatus, recordCounts } from '../status.ts';
import { atTerminal } from './console.ts';

export const run: Run = async (invocation, { signal }) => {
  const folder = mkdtempSync(join(tmpdir(), 'msportal-demo-'));
  // On exit and not at the end of this function: also when a second Ctrl-C ends the program at once.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { open, close } = engineOpener({ data: folder, har: invocation.har });
  const simulators: RunningSimulator[] = [];
  try {
    const available = catalogue.filter((each) => each.load && each.simulator);
    const scale = invocation.options.integer('--scale', { min: 1 });
    note(`Demo with invented data in ${folder}, which is removed at the end.`);
    for (const integration of available) simulators.push(await start(integration, scale));
    const once = invocation.options.has('--once') || invocation.json || !atTerminal();
    const engine = await open(once ? 'own' : 'run');
    for (const simulator of simulators) await connect(engine, simulator, signal);
    if (once) return await syncOnce(engine, simulators, invocation.json, signal);
    await runConsole(engine);
    return exitCodes.done;
  } finally {
    await close();
    await Promise.all(simulators.map((simulator) => simulator.close()));
    rmSync(folder, { recursive: true, force: true });
  }
};

async function start({ name, simulator }: Integration, scale: number | undefined): Promise<RunningSimulator> {
  const definition = await simulator!();
  const running = await definition.start(scale === undefined ? {} : { scale });
  note(`${name} simulator at ${running.url} with ${recordCounts(running.totals())}.`);
  return running;
}

/** What the wizard does: test, then save. A failed test is told and the integration stays Disconnected. */
async function connect(engine: Engine, { id, credentials }: RunningSimulator, signal: AbortSignal): Promise<void> {
  const { ok, checks } = await engine.test({ id, credentials }, undefined, signal);
  if (ok) await engine.connect({ id, credentials });
  else note(checks.flatMap(checkLines).join('\n'));
}

async function syncOnce(engine: Engine, simulators: readonly RunningSimulator[], json: boolean, signal: AbortSignal) {
  const durations = new Map<string, number>();
  for (const { id } of simulators) {
    if (!viewOf(engine, id).configured || signal.aborted) continue;
    const cancel = () => void engine.cancel(id);
    signal.addEventListener('abort', cancel, { once: true });
    const stopReporting = reportProgress(engine, id);
    const { status, requests, durationMs } = await engine.sync(id);
    stopReporting();
    signal.removeEventListener('abort', cancel);
    durations.set(id, durationMs);
    note(`${id}: ${status} after ${duration(durationMs)}, ${counted(requests, 'request')}.`);
  }
  const views = simulators.map(({ id }) => viewOf(engine, id));
  if (json) {
    printJson({
      integrations: views.map(({ id, status, records, issues }) => ({
        id,
        status,
        records,
        issues,
        durationMs: durations.get(id) ?? 0,
      })),
    });
  } else {
    print('');
    printStatus(views, { json });
  }
  return views.every(({ status }) => status === 'connected') ? exitCodes.done : exitCodes.failed;
}
