/**
 * The command table. Keys, help, palette, hint bar, the verbs of the command line and the key reference in the
 * README all come from it, so that none can say what another does not do.
 */
import type { IntegrationView } from '../engine/snapshot.ts';
import { available, inScope, inTab } from './availability.ts';
import { verbOf } from './cli.ts';
import type { Command, CommandContext } from './command.ts';
import { generalCommands, listCommands } from './general.ts';
import { integrationCommands } from './integrations.ts';
import { issueCommands } from './issues.ts';
import { logCommands } from './logs.ts';
import { mappingCommands } from './mapping.ts';
import { matchingCommands } from './matching.ts';
import { navigationCommands, recordTypeCommands } from './navigation.ts';
import { outboxCommands } from './outbox.ts';
import { recordCommands } from './records.ts';
import { tabCommands } from './tabs.ts';
import { wizardCommands } from './wizard.ts';

export const commands: readonly Command[] = [
  ...integrationCommands,
  ...navigationCommands,
  ...tabCommands,
  ...wizardCommands,
  ...recordCommands,
  ...matchingCommands,
  ...outboxCommands,
  ...issueCommands,
  ...logCommands,
  ...mappingCommands,
  ...listCommands,
  ...generalCommands,
  ...recordTypeCommands,
];

export function commandById(id: string): Command | undefined {
  return commands.find((command) => command.id === id);
}

/** The keys of a command: those of the config file, or its own. */
export function keysOf(command: Command, { keys }: Pick<CommandContext, 'keys'>): readonly string[] {
  return keys[command.id] ?? command.keys;
}

/** The commands a key may stand for where the operator is; what belongs to the tab or the view goes before what is everywhere. */
export function commandsForKey(key: string, context: CommandContext): readonly Command[] {
  const { place } = context;
  const distance = (command: Command) => {
    // The way from tab to tab has the same keys in all of them.
    if (command.id.startsWith('tab.')) return 0;
    if (inTab(command, place)) return 1;
    return command.scope.includes(place.view) ? 2 : 3;
  };
  return commands
    .filter((command) => keysOf(command, context).includes(key) && inScope(command, context))
    .toSorted((a, b) => distance(a) - distance(b));
}

/** What the command line would be told to do the same; null: it has no word for it. */
export function shellLine(command: Command, context: CommandContext): string | null {
  if (command.shell !== undefined) return command.shell(context);
  if (command.cli === undefined) return null;
  const takesId = verbOf(command.cli).args.some((argument) => argument.of === 'integration');
  return ['msportal', command.cli, ...(takesId && context.integration ? [context.integration.id] : [])].join(' ');
}

export interface Offer {
  readonly command: Command;
  /** What it is done to: the context of the place, or with the integration that was named. */
  readonly context: CommandContext;
  /** What was typed after the name of the command. */
  readonly argument: string;
  /** Why not now; null: it can run. */
  readonly reason: string | null;
}

/**
 * What can be chosen where the operator is, in table order; with a query, what matches it, best first. A query of a
 * command's name and something more offers the command with each thing that it can be done to: `sync str`.
 */
export function offers(context: CommandContext, query = '', among: readonly Command[] = commands): readonly Offer[] {
  const typed = query.trimStart();
  return [...withArguments(context, typed, among), ...plainOffers(context, typed.trim().toLowerCase(), among)];
}

function plainOffers(context: CommandContext, query: string, among: readonly Command[]): readonly Offer[] {
  return among
    .filter((command) => inScope(command, context))
    .map((command) => ({ command, score: score(command, query, context) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => offer(command, context));
}

/** What is filtered by keeps its capitals: beyond ASCII, the store takes É and é for different letters. */
function withArguments(context: CommandContext, query: string, among: readonly Command[]): readonly Offer[] {
  const [head = '', ...rest] = query.split(' ');
  if (head === '' || rest.length === 0) return [];
  const argument = rest.join(' ').trim();
  const name = argument.toLowerCase();
  return among
    .filter(
      (command) => command.argument !== undefined && command.run !== undefined && isCalled(command, head.toLowerCase()),
    )
    .flatMap((command) => {
      if (command.argument === 'text') return [offer(command, context, argument)];
      const named = (context.snapshot?.integrations ?? []).filter((view) =>
        `${view.id} ${view.name.toLowerCase()}`.includes(name),
      );
      const begins = (view: IntegrationView) => view.id.startsWith(name) || view.name.toLowerCase().startsWith(name);
      return [...named.filter(begins), ...named.filter((view) => !begins(view))].map((integration) =>
        offer(command, { ...context, integration }, integration.id),
      );
    });
}

function offer(command: Command, context: CommandContext, argument = ''): Offer {
  const answer = available(command, context);
  return { command, context, argument, reason: answer === true ? null : answer };
}

/** One word for a command, as it is typed before an argument: its verb, or the last part of its id. */
export const wordOf = (command: Command): string => command.cli ?? command.id.slice(command.id.lastIndexOf('.') + 1);

const isCalled = (command: Command, head: string) =>
  wordOf(command).toLowerCase().startsWith(head) || command.title.toLowerCase().startsWith(head);

/**
 * 0: no match. A verb or the beginning of the title before a word within it before letters in order. Several words, as in a question,
 * find what has them all.
 */
function score(command: Command, query: string, context: CommandContext): number {
  if (query === '') return 1;
  const found = scoreOf(command, query, context);
  if (found > 0 || !query.includes(' ')) return found;
  return Math.min(...query.split(/\s+/).map((word) => scoreOf(command, word, context)));
}

function scoreOf(command: Command, query: string, context: CommandContext): number {
  const title = command.title.toLowerCase();
  const names = [title, command.cli ?? '', command.id];
  if (keysOf(command, context).some((key) => key.toLowerCase() === query)) return 5;
  if (names.some((name) => name.startsWith(query))) return 4;
  if (title.includes(` ${query}`)) return 3;
  if (names.some((name) => name.includes(query))) return 2;
  if (command.also?.split(' ').some((word) => word.startsWith(query))) return 2;
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
