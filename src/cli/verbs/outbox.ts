/** `outbox` and `conflicts`: what is on its way to the vendors, and what is stuck there. */
import { withNames } from '../../engine/change-names.ts';
import type { ConflictChoice } from '../../engine/outbox-commands.ts';
import { type Change, openStates } from '../../portal/change.ts';
import { assignments } from '../assignments.ts';
import { changeLine } from '../change-line.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { integrationOf } from '../integration.ts';
import { note, plain, print, printJsonLine } from '../output.ts';

export const outbox: Run = async ({ args: [action = 'list', id], options, json }, { open }) => {
  if (action === 'retry' || action === 'withdraw') {
    const engine = await open('own');
    const change = await (action === 'retry' ? engine.retryChange(needed(id)) : engine.withdrawChange(needed(id)));
    return await show([change], json);
  }
  if (action === 'edit') {
    const text = options.text('--text');
    const fields = { ...assignments(options.all('--set')), ...(text === undefined ? {} : { text }) };
    const drop = options.all('--drop');
    if (Object.keys(fields).length + drop.length === 0) {
      throw new UsageError('Say what is to be different: --set FIELD=VALUE, --drop FIELD, or --text of a note.');
    }
    return await show([await (await open('own')).editChange(needed(id), fields, drop)], json);
  }
  if (action !== 'list') throw new UsageError(`msportal outbox does: list, retry, edit, withdraw; not "${action}".`);
  const states = options.has('--all') ? {} : { states: openStates };
  const changes = await (await open('look')).changes({ ...scope(options.text('--integration')), ...states });
  if (changes.length === 0) note('Nothing is on its way.');
  return await show(changes, json);
};

export const conflicts: Run = async ({ args: [action = 'list', id], options, json }, { open }) => {
  if (action === 'list') {
    const filter = { ...scope(options.text('--integration')), states: ['conflicted'] as const };
    const engine = await open('look');
    const found = await engine.changes(filter);
    if (found.length === 0) note('There are no conflicts.');
    const changes = json ? found : await withNames(engine, found);
    for (const change of changes) {
      if (json) await printJsonLine(change);
      else print([changeLine(change), ...sides(change)].join('\n'));
    }
    return exitCodes.done;
  }
  if (action !== 'resolve') throw new UsageError(`msportal conflicts does: list, resolve; not "${action}".`);
  const engine = await open('own');
  const [change] = await engine.changes({ id: needed(id) });
  const take = options.text('--take');
  const asked = (change?.conflicts ?? []).filter(({ winner }) => winner === null).map(({ field }) => field);
  const all = take === undefined ? {} : Object.fromEntries(asked.map((field) => [field, take]));
  const choices = { ...all, ...assignments(options.all('--set')) } as Record<string, ConflictChoice>;
  return await show([await engine.resolveConflict(needed(id), choices)], json);
};

function sides({ author, createdAt, conflicts: all }: Change): string[] {
  return all
    .filter(({ winner }) => winner === null)
    .flatMap(({ field, base, ours, theirs, theirsAt, theirsBy }) => [
      `  ${field}: was ${plain(base) || 'empty'}`,
      `    portal: ${plain(ours) || 'empty'}   (${plain(author) || 'somebody'}, ${createdAt})`,
      `    vendor: ${plain(theirs) || 'empty'}   (${theirsBy === undefined ? '' : `${plain(theirsBy)}, `}${theirsAt ?? 'time not told'})`,
    ]);
}

async function show(changes: readonly Change[], json: boolean) {
  for (const change of changes) {
    if (json) await printJsonLine(change);
    else print(changeLine(change));
  }
  return exitCodes.done;
}

function needed(id: string | undefined): string {
  if (id === undefined) throw new UsageError('Say which change: its id is in msportal outbox.');
  return id;
}

function scope(integration: string | undefined) {
  if (integration === undefined) return {};
  integrationOf(integration);
  return { integration };
}
