/** The syncs go on without a screen: a `serve` of its own session, which outlives this terminal. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { readEndpoint } from '../server/endpoint.ts';
import { type Place, pathsOf } from './open.ts';
import { note } from './output.ts';

/** How long the process may take to be there, 50 ms apart. */
const tries = 200;

/** The data folder must be free by now. Says on standard error what became of it. */
export async function goOnInBackground(place: Place): Promise<void> {
  const { endpoint, log } = pathsOf(place);
  const child = spawn(
    process.execPath,
    [process.argv[1] as string, 'serve', ...(place.data === undefined ? [] : ['--data', place.data])],
    { detached: true, stdio: 'ignore' },
  );
  child.unref();
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  for (let tried = 0; tried < tries && !ended; tried += 1) {
    if (readEndpoint(endpoint)?.pid === child.pid) {
      note(
        `The syncs go on in the background: process ${child.pid}. msportal shows them, kill ${child.pid} ends them.`,
      );
      return;
    }
    await pause(50);
  }
  note(`The background process did not start, so nothing syncs now. Try: msportal serve. The log: ${log}`);
}
