/** A process that takes a lock, says so, and holds it until its input ends or it is killed. */
import { acquireLock, Held } from '../../src/state/lock.ts';

try {
  const lock = acquireLock(process.argv[2]!, {
    pid: process.pid,
    host: 'rack-7.example',
    now: new Date('2026-03-01T12:00:00Z'),
  });
  process.stdout.write('held\n');
  process.stdin.resume().on('end', () => lock.release());
} catch (error) {
  if (!(error instanceof Held)) throw error;
  process.stdout.write(`${JSON.stringify(error.holder)}\n`);
}
