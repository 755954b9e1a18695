/**
 * Starts `serve` and kills it at some moment, again and again, while records are made at the vendor; then everything must be there
 * once, and nothing hold the data folder. The first argument says how many cycles: 200 for the full measure.
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { ServedFolder } from './served.ts';

const cycles = Number(process.argv[2] ?? 200);
const house = new ServedFolder();

try {
  const simulator = await house.connected(2000);
  let slowest = 0;
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    await simulator.create('tickets', 3);
    const began = performance.now();
    // Its first line is said once it has the lock: a stale one would keep it from that.
    const { child } = await house.started(['serve']);
    slowest = Math.max(slowest, performance.now() - began);
    const syncing = house.start(['sync', 'halo-psa', '--full']);
    syncing.stdout!.resume();
    // Asked for before they are killed: the sync may be over by then.
    const ended = Promise.all([once(child, 'exit'), once(syncing, 'exit')]);
    // Every moment of a sync comes to pass, and not at random: a failure can be repeated.
    await pause((cycle * 37) % 600);
    child.kill('SIGKILL');
    syncing.kill('SIGKILL');
    await ended;
  }
  await house.run(['sync', 'halo-psa', '--full', '--json']);
  const { integrations } = JSON.parse(await house.run(['status', 'halo-psa', '--json']));
  const expected = await simulator.totals();
  const ids = (await house.run(['records', 'tickets', '--json']))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).externalId);
  const { records } = integrations[0];
  const lost = Object.entries(expected).filter(([type, count]) => records[type] !== count);
  process.stdout.write(`  ${cycles} cycles, slowest start ${slowest.toFixed(0)} ms, ${ids.length} tickets\n`);
  if (lost.length > 0 || new Set(ids).size !== ids.length || ids.length !== expected.tickets) {
    process.stdout.write(`  Records are lost or twice there: ${JSON.stringify({ expected, records })}\n`);
    process.exitCode = 1;
  }
} finally {
  await house.clear();
}
