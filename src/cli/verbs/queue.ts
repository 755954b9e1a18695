import type { IntegrationView, Snapshot } from '../../engine/snapshot.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { viewOf } from '../integration.ts';
import { note, print, printJson } from '../output.ts';
import { progressLine } from '../progress.ts';

/** `queue`: what syncs and what waits, in the process that runs the syncs. */
export const run: Run = async ({ args: [action = 'list', id], json }, { open }) => {
  if (action === 'list') {
    const views = inOrder((await open('look')).getSnapshot());
    if (json) printJson({ queue: views.map(({ id, run }) => ({ id, ...run })) });
    else if (views.length === 0) note('Nothing syncs, and nothing waits.');
    else for (const { id, run } of views) print(run === null ? id : progressLine(id, run));
    return exitCodes.done;
  }
  if (action !== 'first' && action !== 'cancel') {
    throw new UsageError(`msportal queue does: list, first, cancel; not "${action}".`);
  }
  if (id === undefined) throw new UsageError(`Say which integration: msportal queue ${action} ID.`);
  const engine = await open('own');
  const { run } = viewOf(engine, id);
  if (action === 'cancel' && run !== null) await engine.cancel(id);
  const done = action === 'cancel' ? run !== null : await engine.runFirst(id);
  if (json) printJson({ id, action, done });
  else if (!done) note(`Nothing of ${id} ${action === 'first' ? 'waits in the queue' : 'syncs or waits'}.`);
  else if (action === 'first') print(`${id} is the next to run.`);
  else print(`${id}: ${run?.phase === 'waiting' ? 'out of the queue' : 'stopping after this page'}.`);
  return done ? exitCodes.done : exitCodes.failed;
};

/** What runs, then what waits, next one first. */
function inOrder({ integrations, queue: { order } }: Snapshot): readonly IntegrationView[] {
  const place = ({ id }: IntegrationView) => order.indexOf(id);
  return integrations.filter(({ run }) => run !== null).toSorted((a, b) => place(a) - place(b));
}
