/**
 * What `serve` keeps in memory after a tenth of the runs and after all of them. The first argument says how many runs: 5000 for the full
 * measure. More than a tenth of growth then ends with exit code 1; in the first hundreds of runs it still warms up.
 */
import { attach } from '../../src/server/attach.ts';
import { ServedFolder } from './served.ts';

const runs = Number(process.argv[2] ?? 5000);
const port = 19_464;
const house = new ServedFolder();

/** Bytes of the JavaScript heap, as little as it was in some looks: between them, what is no longer needed is collected. */
async function heap(sync: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 30; look += 1) {
    await sync();
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    least = Math.min(least, Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1]));
  }
  return least;
}

try {
  const simulator = await house.connected(300);
  await house.started(['serve', '--metrics', String(port)]);
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
  for (let run = 30; run < early; run += 1) await sync();
  const before = await heap(sync);
  for (let run = early + 30; run < runs; run += 1) await sync();
  const after = await heap(sync);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  process.stdout.write(`  heap after ${early} runs ${megabytes(before)}, after ${runs} runs ${megabytes(after)}\n`);
  if (early >= 300 && after > before * 1.1) {
    process.stdout.write('  It grows with the number of runs.\n');
    process.exitCode = 1;
  }
  await attached.engine.close();
} finally {
  await house.clear();
}
