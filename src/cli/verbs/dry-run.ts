/** `sync ID --dry-run` and `configure ID --dry-run`: what a full sync would do, here and at the vendor. */
import type { Engine } from '../../engine/engine.ts';
import type { Preview, PreviewInput } from '../../engine/preview-commands.ts';
import { count, counted } from '../../text/format.ts';
import { columns } from '../columns.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { outcomeLines } from '../outcome-lines.ts';
import { note, plain, print, printJson } from '../output.ts';
import { runProgress } from '../progress.ts';

export async function dryRun(
  engine: Engine,
  input: PreviewInput,
  { json, signal }: { json: boolean; signal: AbortSignal },
): Promise<ExitCode> {
  const progress = runProgress(input.id);
  signal.addEventListener('abort', () => note('Stopped. Nothing was written, neither here nor there.'), { once: true });
  const preview = await engine.preview(input, progress.say, signal).finally(progress.end);
  if (json) printJson(preview);
  else print(linesOf(preview).join('\n'));
  return preview.failure === null ? exitCodes.done : exitCodes.failed;
}

function linesOf({ types, outbox, requests, failure }: Preview): string[] {
  const counters = ['read', 'created', 'updated', 'linked', 'unchanged', 'gone'] as const;
  const rows = Object.entries(types).map(([type, of]) => [
    type,
    ...counters.map((name) => count(of[name])),
    Object.entries(of.held)
      .map(([reason, n]) => `${count(n)} ${reason}`)
      .join(', '),
  ]);
  const heads = ['TYPE', ...counters.map((name) => name.toUpperCase()), 'HELD BACK'];
  const guarded = Object.entries(types).flatMap(([type, { guarded }]) =>
    guarded === 0 ? [] : [`${count(guarded)} ${type} would vanish: too many at once, so the sync would stop and ask.`],
  );
  return [
    ...columns([heads, ...rows], ['left', ...counters.map(() => 'right' as const), 'left']),
    ...guarded,
    '',
    outbox.length === 0 ? 'Nothing of ours waits to be sent.' : 'What waits to be sent:',
    ...outbox.flatMap(outcomeLines),
    '',
    `Nothing was written, neither here nor there. ${counted(requests, 'request')}.`,
    ...(failure === null ? [] : ['', plain(failure.cause), plain(failure.fix)]),
  ];
}
