/**
 * The command table. Keys, help, palette, hint bar, the verbs of the command line and the key reference in the
 * README all come from it, so that none can say what another does not do.
 */
import { available, inScope } from './availability.ts';
import type { Command, CommandContext } from './command.ts';
import { generalCommands, listCommands } from './general.ts';
import { integrationCommands } from './integrations.ts';
import { navigationCommands } from './navigation.ts';
import { viewCommands } from './views.ts';

export const commands: readonly Command[] = [
  ...integrationCommands,
  ...navigationCommands,
  ...viewCommands,
  ...listCommands,
  ...generalCommands,
];

export function commandById(id: string): Command | undefined {
  return commands.find((command) => command.id === id);
}

/** The command a key stands for where the operator is; what belongs to the view goes before what is everywhere. */
export function commandForKey(key: string, context: CommandContext): Command | undefined {
  const candidates = commands.filter((command) => command.keys.includes(key) && inScope(command, context));
  return candidates.find((command) => command.scope.includes(context.place.view)) ?? candidates[0];
}

export interface Offer {
  readonly command: Command;
  /** Why not now; null: it can run. */
  readonly reason: string | null;
}

/** What can be chosen where the operator is, in table order; with a query, what matches it, best first. */
export function offers(context: CommandContext, query = ''): readonly Offer[] {
  return commands
    .filter((command) => inScope(command, context))
    .map((command) => ({ command, score: score(command, query.trim().toLowerCase()) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => {
      const answer = available(command, context);
      return { command, reason: answer === true ? null : answer };
    });
}

/** 0: no match. A verb or the beginning of the title before a word within it before letters in order. */
function score(command: Command, query: string): number {
  if (query === '') return 1;
  const title = command.title.toLowerCase();
  const names = [title, command.cli ?? '', command.id];
  if (command.keys.some((key) => key.toLowerCase() === query)) return 5;
  if (names.some((name) => name.startsWith(query))) return 4;
  if (title.includes(` ${query}`)) return 3;
  if (names.some((name) => name.includes(query))) return 2;
  return lettersInOrder(title, query) ? 1 : 0;
}

function lettersInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** For the hint bar: what can run now, most useful first. */
export function hints(context: CommandContext): readonly Command[] {
  return commands
    .filter(
      (command) => command.hint !== undefined && inScope(command, context) && available(command, context) === true,
    )
    .sort((a, b) => a.hint! - b.hint!);
}
