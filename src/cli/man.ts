/** The manual page, made from the table of verbs. */
import { globalOptions, verbNames, verbOf } from '../commands/cli.ts';
import { usage } from '../commands/reference.ts';
import type { Verb, VerbOption } from '../commands/verb.ts';

/** In roff, section 1. */
export function manPage(version: string): string {
  const listed = verbNames.map(verbOf).filter(({ hidden }) => !hidden);
  return `.TH MSPORTAL 1 "" "msportal ${roff(version)}" "MSPortal Console"
.SH NAME
msportal \\- connect, sync and troubleshoot the tools of a managed service provider
.SH SYNOPSIS
.B msportal
.RI [ options ]
.br
.B msportal
.I command
.RI [ arguments ] \\ [ options ]
.SH DESCRIPTION
Without a command, msportal opens a full\\-screen console. It keeps the connected tools in sync on a schedule and shows what works,
what does not, and what to do about it. Where a process runs the syncs of a data folder already, consoles and commands act
through it.
.SH COMMANDS
${listed.map(section).join('\n')}
.SH OPTIONS OF EVERY COMMAND
${globalOptions.map(option).join('\n')}
.SH EXIT STATUS
0 done, 1 failed, 2 wrong usage, 3 not connected, 4 another process holds the data folder and cannot be attached to,
128 and the signal's number when stopped by one.
.SH ENVIRONMENT
.TP
.B MSPORTAL_DATA
one folder for everything, as \\-\\-data
.TP
.B MSPORTAL_KEY_FILE
the key that seals the credentials
.TP
.BR HTTPS_PROXY ", " NO_PROXY
the proxy to the vendors; loopback never uses it
.TP
.B NO_COLOR
no colour
.SH FILES
.B msportal info
prints every path. By default ~/.config/msportal, ~/.local/share/msportal and ~/.local/state/msportal.`;
}

function section(verb: Verb): string {
  return [
    `.SS ${roff(usage(verb))}`,
    roff(`${verb.summary[0]!.toUpperCase()}${verb.summary.slice(1)}.`),
    ...(verb.details === undefined ? [] : ['.PP', roff(verb.details)]),
    ...verb.args.map((argument) => `.TP\n.I ${roff(argument.name)}\n${roff(argument.summary)}`),
    ...verb.options.map(option),
    '.PP',
    'Examples:',
    '.nf',
    ...verb.examples.map((example) => `    ${roff(example)}`),
    '.fi',
  ].join('\n');
}

const option = ({ flag, value, summary }: VerbOption) =>
  `.TP\n.B ${roff(flag)}${value === undefined ? '' : `\\fR \\fI${roff(value)}`}\n${roff(summary)}`;

/** A hyphen would be drawn as a dash and could not be copied; a dot or quote at the start of a line would be a command. */
function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/gm, '\\&$&');
}
