/**
 * What `serve` keeps in memory after a tenth of the runs and after all of them. The first argument says how many runs: 5000 for the full
 * measure. More than a kilobyte for each run between ends with exit code 1: with eight integrations, every 15 minutes, that would be
 * 23 MB a month. In the first hundreds of runs it still warms up.
 */
import { once } from 'node:events';
import { attach } from '../../src/server/attach.ts';
import { ServedFolder } from './served.ts';

const runs = Number(process.argv[2] ?? 5000);
/** Bytes. */
const mostPerRun = 1000;
const house = new ServedFolder();

/** Speaks with the inspector of a process, which is the one way to have its garbage collected from outside. */
async function inspector(url: string) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  let id = 0;
  return async (method: string): Promise<Record<string, number>> => {
    id += 1;
    const asked = id;
    socket.send(JSON.stringify({ id: asked, method }));
    for (;;) {
      const [{ data }] = (await once(socket, 'message')) as [{ data: string }];
      const answer = JSON.parse(data);
      if (answer.id === asked) return answer.result;
    }
  };
}

try {
  const simulator = await house.connected(300);
  const ask = await inspector(await house.inspected(['serve']));
  /** Bytes of the JavaScript heap that are still needed. */
  const heap = async () => {
    await ask('HeapProfiler.collectGarbage');
    return (await ask('Runtime.getHeapUsage')).usedSize!;
  };
  const attached = await attach({
    endpointFile: `${house.data}/engine.endpoint`,
    program: 'bench',
    who: 'bench@-/1',
    catalogue: [],
  });
  if (attached === null) throw new Error('serve does not listen.');
  const sync = async () => {
    await simulator.create('tickets', 1);
    const { status } = await attached.engine.sync('halo-psa');
    if (status !== 'succeeded') throw new Error(`A sync ${status}.`);
  };
  const early = Math.round(runs / 10);
  for (let run = 0; run < early; run += 1) await sync();
  const before = await heap();
  for (let run = early; run < runs; run += 1) await sync();
  const after = await heap();
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const grown = (after - before) / (runs - early);
  process.stdout.write(
    `  heap after ${early} runs ${megabytes(before)}, after ${runs} runs ${megabytes(after)}: ${grown.toFixed(0)} bytes a run\n`,
  );
  if (early >= 300 && grown > mostPerRun) {
    process.stdout.write('  It grows with the number of runs.\n');
    process.exitCode = 1;
  }
  await attached.engine.close();
} finally {
  await house.clear();
}
