/** What decides whether a command can run where the operator is. Pure. */
import { available } from '../../commands/availability.ts';
import type { Command, CommandContext } from '../../commands/command.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import type { ConsoleSettings } from '../settings.ts';
import { here, type Memory } from './history.ts';
import type { ConsoleState } from './store.ts';

export function commandContext(
  { history, engine, undos }: Pick<ConsoleState, 'history' | 'engine' | 'undos'>,
  snapshot: Snapshot | null,
  { readOnly, keys }: ConsoleSettings,
): CommandContext {
  const { place, memory } = here(history);
  const wanted = 'id' in place ? place.id : 'integration' in place ? place.integration : memory.selected;
  const integrations = snapshot?.integrations ?? [];
  const fallback = place.view === 'integrations' ? (integrations[0] ?? null) : null;
  return {
    place,
    snapshot,
    engine,
    integration: integrations.find(({ id }) => id === wanted) ?? fallback,
    readOnly: readOnly ? 'This console is read-only: it was started with --read-only, or config.json says so.' : null,
    undo: undos.at(-1)?.title ?? null,
    keys,
  };
}

/** A context for each marked integration that the command can be done to; null: it is for the selected one. */
export function markedContexts(
  command: Command,
  context: CommandContext,
  { marked }: Memory,
): readonly CommandContext[] | null {
  if (!command.bulk || !Array.isArray(marked) || marked.length === 0) return null;
  return (context.snapshot?.integrations ?? [])
    .filter(({ id }) => marked.includes(id))
    .map((integration) => ({ ...context, integration }))
    .filter((each) => available(command, each) === true);
}
