/** `sync ID --dry-run`. */
import type { Engine } from '../../engine/engine.ts';
import type { RecordType } from '../../portal/records/names.ts';
import { count, counted } from '../../text/format.ts';
import { changeLine } from '../change-line.ts';
import { columns } from '../columns.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { plain, print, printJson } from '../output.ts';

export async function dryRun(
  engine: Engine,
  id: string,
  types: readonly RecordType[],
  json: boolean,
): Promise<ExitCode> {
  const preview = await engine.preview({ id, ...(types.length > 0 ? { types } : {}) });
  const code = preview.failure === null ? exitCodes.done : exitCodes.failed;
  if (json) {
    printJson(preview);
    return code;
  }
  const counters = ['read', 'created', 'updated', 'linked', 'unchanged', 'gone'] as const;
  const rows = Object.entries(preview.types).map(([type, of]) => [
    type,
    ...counters.map((name) => count(of[name])),
    Object.entries(of.held)
      .map(([reason, n]) => `${count(n)} ${reason}`)
      .join(', '),
  ]);
  const heads = ['TYPE', ...counters.map((name) => name.toUpperCase()), 'HELD BACK'];
  print(columns([heads, ...rows], ['left', ...counters.map(() => 'right' as const), 'left']).join('\n'));
  print('');
  print(
    `${counted(preview.outbox.length, 'change')} of ours would be sent. Nothing was written, neither here nor there.`,
  );
  for (const change of preview.outbox) print(changeLine(change));
  if (preview.failure !== null) print(`\n${plain(preview.failure.cause)}\n${plain(preview.failure.fix)}`);
  return code;
}
