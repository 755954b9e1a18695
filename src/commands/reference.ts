/** The key and command reference of the README, rendered from the table. */
import { keyLabel } from '../console/keys/key.ts';
import { globalOptions, verbNames, verbOf } from './cli.ts';
import type { Command, Scope } from './command.ts';
import { commands } from './table.ts';
import type { Verb } from './verb.ts';

const headings: readonly (readonly [Scope, string])[] = [
  ['global', 'Everywhere'],
  ['list', 'In lists'],
  ['integrations', 'Integrations'],
  ['integration', 'One integration'],
  ['records', 'Records'],
  ['edit', 'The form of a change'],
  ['company', 'One company'],
  ['score', 'One Secure Score'],
  ['billing', 'Billing'],
  ['activity', 'Activity'],
  ['duplicates', 'Likely twice'],
  ['doctor', 'Doctor'],
  ['issues', 'Sync issues'],
  ['outbox', 'Outbox'],
  ['conflict', 'A conflict'],
  ['matching', 'Matching'],
  ['mapping', 'Mapping (a tab of an integration)'],
  ['preview', 'Preview'],
  ['logs', 'Log'],
];

/** The headings a command stands under: "Everywhere" or "In lists" alone, else each of its places. */
function placesOf(command: Command): readonly Scope[] {
  const shared = headings.slice(0, 2).find(([scope]) => command.scope.includes(scope));
  return shared === undefined ? command.scope : [shared[0]];
}

/** Keys by place, as Markdown; what goes everywhere or in all lists stands there only. */
export function keyReference(): string {
  return headings
    .flatMap(([scope, heading]) => {
      const rows = commands
        .filter((command) => command.keys.length > 0 && placesOf(command).includes(scope))
        .map(
          (command) =>
            `| ${command.keys.map((key) => code(keyLabel(key))).join(' ')} | ${command.title}${danger(command)} |`,
        );
      return rows.length === 0 ? [] : [`**${heading}**\n\n| Key | Does |\n|---|---|\n${rows.join('\n')}`];
    })
    .join('\n\n');
}

/** The command line, as Markdown. */
export function verbReference(): string {
  const listed = verbNames.map(verbOf).filter(({ hidden }) => !hidden);
  const rows = listed.map((verb) => `| ${code(usage(verb))} | ${verb.summary} |`);
  const shared = globalOptions.map((option) => `\`${[option.flag, option.value].filter(Boolean).join(' ')}\``);
  return `| Command | Does |\n|---|---|\n${rows.join('\n')}\n\nEvery command also takes ${shared.join(', ')}.`;
}

/** One line: `msportal sync ID [--type TYPE] [--full]`. */
export function usage(verb: Verb): string {
  const args = verb.args.map((arg) => (arg.required ? arg.name : `[${arg.name}]`));
  const options = verb.options.map((option) => `[${[option.flag, option.value].filter(Boolean).join(' ')}]`);
  return ['msportal', verb.verb, ...args, ...options].join(' ');
}

/** A bar would end the cell of the table, within code too. */
const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;

const danger = (command: Command) =>
  command.dangerous === 'confirm' ? ' (asks first)' : command.dangerous === 'typed' ? ' (asks for the name)' : '';
