/** Help as plain text, made from the table of verbs. */
import { consoleOptions, globalOptions, verbNames, verbOf } from '../commands/cli.ts';
import type { Verb, VerbOption } from '../commands/verb.ts';
import { wrap } from '../text/width.ts';
import { columns } from './columns.ts';

const width = 78;

export function generalHelp(): string {
  const listed = verbNames.map(verbOf).filter((verb) => !verb.hidden);
  return `msportal keeps the tools of a managed service provider connected and in sync.

Usage
  msportal                      open the console
  msportal COMMAND [options]    do one thing and end

Commands
${indent(columns(listed.map((verb) => [[verb.verb, ...verb.args.map(argument)].join(' '), verb.summary])))}

Options of the console
${indent(optionLines(consoleOptions))}

Options of every command
${indent(optionLines(globalOptions))}

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not connected, 4 another process holds the data folder.
More about one command: msportal help COMMAND
`;
}

export function verbHelp(verb: Verb): string {
  const parts = [
    `${verb.summary[0]!.toUpperCase()}${verb.summary.slice(1)}.`,
    `Usage\n  ${usage(verb)}`,
    verb.args.length > 0 ? `Arguments\n${indent(columns(verb.args.map((arg) => [arg.name, arg.summary])))}` : '',
    verb.options.length > 0 ? `Options\n${indent(optionLines(verb.options))}` : '',
    verb.details ? wrap(verb.details, width).join('\n') : '',
    `Examples\n${verb.examples.map((example) => `  ${example}`).join('\n')}`,
    'Options of every command: msportal --help',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** One line: `msportal sync ID [--type TYPE] [--full]`. */
function usage(verb: Verb): string {
  const options = verb.options.map((option) => `[${flag(option)}]`);
  return ['msportal', verb.verb, ...verb.args.map(argument), ...options].join(' ');
}

const argument = (arg: Verb['args'][number]) => (arg.required ? arg.name : `[${arg.name}]`);
const flag = (option: VerbOption) => (option.value ? `${option.flag} ${option.value}` : option.flag);
const optionLines = (options: readonly VerbOption[]) =>
  columns(options.map((option) => [flag(option), option.summary]));
const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`).join('\n');
