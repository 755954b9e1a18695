/** A client that attaches, says so, and from then on says what it sees, at each change. */
import { attach } from '../../src/server/attach.ts';

const attached = await attach({ endpointFile: process.argv[2]!, program: '1.0.0', who: 'watcher@-/1', catalogue: [] });
if (attached === null) throw new Error('Nobody listens.');
const { engine } = attached;
const say = () => {
  const view = engine.getSnapshot().integrations.find(({ id }) => id === 'halo-psa')!;
  const { intervalMinutes, records } = view;
  process.stdout.write(`${JSON.stringify({ intervalMinutes, tickets: records.tickets })}\n`);
};
process.stdout.write('attached\n');
engine.subscribe(say);
process.stdin.on('data', say);
