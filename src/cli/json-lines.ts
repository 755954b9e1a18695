/** Log lines on standard output that never hold the program up: Node writes to a pipe or socket only as fast as its reader reads. */
import { pino } from 'pino';
import type { LineSink } from '../log/log.ts';

/** Beyond so many bytes that nobody reads, lines are dropped here; they are in the log file all the same. */
const most = 4_000_000;

export function openJsonLines(): LineSink & { flush(): void } {
  const destination = pino.destination({ dest: 1, sync: false, maxLength: most });
  // A reader that went away is no reason to stop syncing.
  destination.on('error', () => {});
  return {
    write: (line) => void destination.write(line),
    flush() {
      try {
        destination.flushSync();
      } catch {
        // Nobody reads.
      }
    },
  };
}
