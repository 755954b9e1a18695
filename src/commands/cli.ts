/**
 * What can be typed after `msportal`: name, arguments, options, examples. Help, parsing, completion and the key
 * reference are made from it; what a verb does is in src/cli/verbs. Free of React, and of everything else.
 */
import { twoWayVerbs } from './cli-two-way.ts';

export interface CliArgument {
  readonly name: string;
  readonly required: boolean;
  readonly summary: string;
  /** What it can be completed with. */
  readonly of?: 'integration' | 'record-type' | 'command' | 'shell';
}

export interface VerbOption {
  /** With its dashes: `--full`. */
  readonly flag: string;
  /** Name of its value; absent: a switch. */
  readonly value?: string;
  readonly summary: string;
  /** May be given more than once. */
  readonly repeat?: boolean;
}

export interface Verb {
  readonly verb: string;
  readonly summary: string;
  readonly args: readonly CliArgument[];
  readonly options: readonly VerbOption[];
  readonly examples: readonly string[];
  /** More than the summary, where it needs saying. */
  readonly details?: string;
  /** `--json` prints one object per line, and every line as soon as it is known. */
  readonly jsonLines?: boolean;
  /** Being stopped by a signal is how it ends, not an interruption. */
  readonly untilStopped?: boolean;
  /** SIGHUP means: read the configuration again. */
  readonly reloads?: boolean;
  /** Not listed: part of how the project is tried out, not of operating it. */
  readonly hidden?: boolean;
}

const id: CliArgument = { name: 'ID', required: true, summary: 'the integration, such as halo-psa', of: 'integration' };
const oneOrAll: CliArgument = { ...id, required: false };
const types: VerbOption = {
  flag: '--type',
  value: 'TYPE',
  summary: 'only this record type; may be repeated',
  repeat: true,
};
const credentials: VerbOption = {
  flag: '--credentials',
  value: 'FILE',
  summary: 'one JSON object of credentials; - reads it from standard input',
};
const connectorOptions: VerbOption = {
  flag: '--options',
  value: 'FILE',
  summary: 'one JSON object of connector options; - reads it from standard input',
};

/** Understood by every verb. */
export const globalOptions: readonly VerbOption[] = [
  { flag: '--data', value: 'DIR', summary: 'use this data folder (also: MSPORTAL_DATA)' },
  { flag: '--json', summary: 'print JSON, and nothing else, on standard output' },
  { flag: '--har', value: 'FILE', summary: 'record every request and answer as HAR 1.2, secrets left out' },
  { flag: '--help', summary: 'say how this command is used' },
  { flag: '--version', summary: 'say which version this is' },
];

/** Of the console itself: `msportal --read-only`. */
export const consoleOptions: readonly VerbOption[] = [
  { flag: '--read-only', summary: 'only look: nothing can be changed, no syncs are run here' },
  { flag: '--linear', summary: 'lines one below the other, for a screen reader' },
];

export const verbs = {
  status: {
    verb: 'status',
    summary: 'the integrations: state, records, issues, last and next sync',
    args: [oneOrAll],
    options: [],
    examples: ['msportal status', 'msportal status halo-psa --json'],
  },
  connect: {
    verb: 'connect',
    summary: 'test the credentials, save them sealed, and start syncing',
    args: [id],
    options: [
      credentials,
      connectorOptions,
      types,
      { flag: '--interval', value: 'MINUTES', summary: 'sync every 5, 15 or 30 minutes' },
      { flag: '--no-initial-import', summary: 'start from now, without what exists already' },
      { flag: '--no-enable', summary: 'save without starting to sync' },
    ],
    examples: [
      'msportal connect halo-psa --credentials halo.json',
      'pass show msp/halo | msportal connect halo-psa --credentials -',
    ],
    details:
      'Credentials are never taken as arguments: other people on this machine could read them there. `msportal guide ID` says where each one is found. Nothing is saved when the test fails.',
  },
  test: {
    verb: 'test',
    summary: 'test the connection: what works, what does not, why, and what to do',
    args: [id],
    options: [credentials, connectorOptions, types],
    examples: ['msportal test halo-psa', 'msportal test halo-psa --credentials new.json'],
    details: 'With --credentials, tests those instead of the saved ones; they are not saved.',
  },
  configure: {
    verb: 'configure',
    summary: 'change how an integration syncs; says how, where nothing is given',
    args: [id],
    options: [
      { flag: '--interval', value: 'MINUTES', summary: 'sync every 5, 15 or 30 minutes' },
      { flag: '--conflicts', value: 'RULE', summary: 'changed on both sides: vendor, portal or ask' },
      { flag: '--read-only', value: 'ON|OFF', summary: 'write nothing at the vendor; the outbox waits' },
      { flag: '--blanks-erase', value: 'ON|OFF', summary: "the vendor's blanks empty what describes a record here" },
      { flag: '--option', value: 'KEY=VALUE', summary: 'an option of the connector; may be repeated', repeat: true },
      {
        flag: '--map',
        value: 'TYPE.FIELD:VALUE=NAME',
        summary: "what a value of the vendor's is called here; may be repeated",
        repeat: true,
      },
      {
        flag: '--unmap',
        value: 'TYPE.FIELD[:VALUE]',
        summary: 'take a value, or all, out of the table again; may be repeated',
        repeat: true,
      },
      { flag: '--dry-run', summary: 'only say what a full sync with these settings would do' },
    ],
    examples: [
      'msportal configure halo-psa --conflicts vendor --interval 5',
      'msportal configure autotask --read-only on --json',
      'msportal configure halo-psa --option writeTechnicians=on',
      "msportal configure halo-psa --map 'tickets.status:On Hold=Waiting' --dry-run",
    ],
    details:
      'An option that is a set takes its values with commas between them; none means all. The first --map of a field makes a table of all its values, each called as at the vendor.',
  },
  sync: {
    verb: 'sync',
    summary: 'sync once, now; progress on standard error',
    args: [id],
    options: [
      types,
      { flag: '--full', summary: 'read everything again and mark what is gone at the vendor' },
      { flag: '--accept-deletions', summary: 'let a full sync mark more records as gone than the guard allows' },
      { flag: '--dry-run', summary: 'only say what a full sync would do, here and at the vendor' },
    ],
    examples: ['msportal sync halo-psa', 'msportal sync halo-psa --type tickets --full'],
    details: 'Stopped with Ctrl-C, it keeps the pages it has read; the next sync goes on from there.',
  },
  queue: {
    verb: 'queue',
    summary: 'what syncs and what waits for its turn; run one first, or cancel it',
    args: [
      { name: 'ACTION', required: false, summary: 'list (default), first or cancel' },
      { ...oneOrAll, name: 'ID' },
    ],
    options: [],
    examples: ['msportal queue', 'msportal queue first halo-psa', 'msportal queue cancel stripe --json'],
    details:
      'A sync that runs stops after its page, which is kept; one that waits leaves the queue at once. Exit code 1 when there is nothing of the kind.',
  },
  enable: {
    verb: 'enable',
    summary: 'start scheduled syncs',
    args: [id],
    options: [],
    examples: ['msportal enable halo-psa'],
  },
  disable: {
    verb: 'disable',
    summary: 'stop scheduled syncs; credentials and records stay',
    args: [id],
    options: [],
    examples: ['msportal disable halo-psa'],
  },
  disconnect: {
    verb: 'disconnect',
    summary: 'remove the credentials and stop syncing; records stay',
    args: [id],
    options: [],
    examples: ['msportal disconnect halo-psa'],
  },
  records: {
    verb: 'records',
    summary: "the portal's records of one type",
    args: [{ name: 'TYPE', required: true, summary: 'companies, contacts, users, tickets ...', of: 'record-type' }],
    options: [
      { flag: '--integration', value: 'ID', summary: 'only records that came from this integration' },
      { flag: '--where', value: 'EXPR', summary: 'only records that match; may be repeated', repeat: true },
      { flag: '--limit', value: 'N', summary: 'at most so many (default: 20 as a table, all as JSON)' },
      { flag: '--count', summary: 'only say how many there are' },
    ],
    examples: [
      "msportal records tickets --where 'status=Open,title~printer'",
      "msportal records tickets --where 'updatedAt>2026-01-01' --json",
      'msportal records companies --integration halo-psa --count',
    ],
    details:
      'EXPR is a field, an operator and a value: = is, != is not, ~ contains, !~ does not contain, < <= > >= compare. An empty value means "has none". Several, with commas between, must all hold; a comma inside a value is written \\,. A filter as typed on the screen works too: words, !not, field:part, updated<7d.',
    jsonLines: true,
  },
  ...twoWayVerbs,
  logs: {
    verb: 'logs',
    summary: 'what happened, newest last',
    args: [],
    options: [
      { flag: '--integration', value: 'ID', summary: 'only of this integration' },
      { flag: '--run', value: 'RUN', summary: 'only of this run' },
      { flag: '--type', value: 'TYPE', summary: 'only of this record type' },
      { flag: '--record', value: 'RECORD', summary: "only of this record: the vendor's id, its number or its name" },
      { flag: '--level', value: 'LEVEL', summary: 'debug, info, warn or error, and what is graver' },
      { flag: '--since', value: 'TIME', summary: 'only after 30m, 24h, 7d ago, or after a date' },
      { flag: '--limit', value: 'N', summary: 'at most so many, the newest (default: 100)' },
      { flag: '--follow', summary: 'go on with new lines as they come, until Ctrl-C' },
    ],
    examples: [
      'msportal logs --integration halo-psa',
      'msportal logs --level warn --since 24h --json',
      'msportal logs --type tickets --record 48213',
      'msportal logs --follow',
    ],
    jsonLines: true,
    untilStopped: true,
  },
  doctor: {
    verb: 'doctor',
    summary: 'look at the whole installation: what is wrong, why, and what mends it',
    args: [],
    options: [],
    examples: ['msportal doctor', 'msportal doctor --json'],
    details:
      'It changes nothing, and works beside a running msportal and when state, store or key are broken. It asks the connected vendors for the time (HEAD /), without credentials. Exit code 1 when anything failed.',
  },
  explain: {
    verb: 'explain',
    summary: 'the whole story of one record, or why it is not here',
    args: [
      { name: 'TYPE', required: true, summary: 'ticket, company, contact, user ...', of: 'record-type' },
      { name: 'RECORD', required: true, summary: "its number, its whole name, the vendor's id, or the portal's" },
    ],
    options: [{ flag: '--integration', value: 'ID', summary: 'only as this integration knows it' }],
    examples: ['msportal explain ticket 48213', "msportal explain company 'Acme Ltd' --json"],
    details: 'Exit code 1 when there is no such record.',
  },
  duplicates: {
    verb: 'duplicates',
    summary: 'records that are likely twice, with the reason',
    args: [{ name: 'TYPE', required: false, summary: 'companies, contacts, users or tickets (default: all four)' }],
    options: [{ flag: '--limit', value: 'N', summary: 'at most so many groups of each type (default: 50)' }],
    examples: ['msportal duplicates', 'msportal duplicates contacts --json'],
  },
  health: {
    verb: 'health',
    summary: 'one line and exit code for a monitoring system (Nagios plugin convention)',
    args: [oneOrAll],
    options: [],
    examples: ['msportal health', 'msportal health halo-psa --json'],
    details: 'Exit code 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN: for this command they mean nothing else.',
  },
  bundle: {
    verb: 'bundle',
    summary: 'put what support needs into one archive; says first what is in it',
    args: [],
    options: [
      { flag: '--out', value: 'FILE', summary: 'write it here (default: msportal-support-DATE.tar.gz)' },
      { flag: '--with-content', summary: 'with names, titles and words of customers, which are left out otherwise' },
    ],
    examples: ['msportal bundle', 'msportal bundle --out /tmp/case-1234.tar.gz --har traffic.har'],
    details: 'Here --har names a recording made before, which goes into the archive; nothing is recorded.',
  },
  serve: {
    verb: 'serve',
    summary: 'sync without a screen, in the foreground, for a service manager',
    args: [],
    options: [
      {
        flag: '--metrics',
        value: 'ADDRESS',
        summary: 'figures for Prometheus on [HOST:]PORT (default: none; HOST: 127.0.0.1)',
      },
      { flag: '--wait', summary: 'while another process holds the data folder, wait for it to end' },
      { flag: '--print-unit', summary: 'print a systemd unit for this program, data folder and user' },
    ],
    examples: [
      'msportal serve --metrics 9464',
      'msportal serve --print-unit | sudo tee /etc/systemd/system/msportal.service',
    ],
    details:
      'Log lines go to standard output as JSON. SIGTERM lets running pages finish, 20 seconds at most; SIGHUP reads config.json again. Consoles and commands of the same user attach to it.',
    untilStopped: true,
    reloads: true,
  },
  guide: {
    verb: 'guide',
    summary: 'where to click at the vendor, field by field',
    args: [id],
    options: [],
    examples: ['msportal guide halo-psa'],
  },
  info: {
    verb: 'info',
    summary: 'versions, and where everything is kept',
    args: [],
    options: [],
    examples: ['msportal info --json'],
  },
  simulate: {
    verb: 'simulate',
    summary: "run a vendor's simulator with invented data, to try things out",
    args: [id],
    options: [
      { flag: '--port', value: 'N', summary: 'listen on this port of 127.0.0.1 (default: any free one)' },
      { flag: '--scale', value: 'N', summary: 'number of tickets, the rest in proportion (default: 2000)' },
      { flag: '--seed', value: 'N', summary: 'same seed, same data (default: 1)' },
      {
        flag: '--variant',
        value: 'NAME',
        summary: 'for a vendor with several sources: which one (bigger-brains: xapi)',
      },
      { flag: '--fault', value: 'NAME', summary: 'misbehave in this way from the start' },
      { flag: '--strict', summary: 'refuse whatever the vendor does not document' },
      { flag: '--limit', value: 'N', summary: "requests allowed in the vendor's rate window" },
    ],
    examples: ['msportal simulate halo-psa --scale 20000', 'msportal simulate halo-psa --fault slow'],
    details:
      'The first line says in JSON where it listens, the credentials that `msportal connect` takes, and how many records it has. It runs until Ctrl-C.',
    untilStopped: true,
  },
  completion: {
    verb: 'completion',
    summary: 'print what makes a shell complete commands, options, integrations and record types',
    args: [{ name: 'SHELL', required: true, summary: 'bash, zsh or fish', of: 'shell' }],
    options: [],
    examples: [
      'source <(msportal completion bash)',
      'msportal completion fish > ~/.config/fish/completions/msportal.fish',
    ],
  },
  man: {
    verb: 'man',
    summary: 'print the manual page',
    args: [],
    options: [],
    examples: ['msportal man | man -l -'],
  },
  help: {
    verb: 'help',
    summary: 'say how a command is used',
    args: [{ name: 'COMMAND', required: false, summary: 'one of the commands', of: 'command' }],
    options: [],
    examples: ['msportal help connect'],
  },
  demo: {
    verb: 'demo',
    summary: 'connect everything to simulators in a temporary data folder',
    args: [],
    options: [
      { flag: '--once', summary: 'sync once and print the result, without opening the console' },
      { flag: '--scale', value: 'N', summary: 'number of tickets, the rest in proportion (default: 2000)' },
    ],
    examples: ['npm run demo', 'npm run demo -- --once --json'],
    hidden: true,
  },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof verbs;
export const verbNames = Object.keys(verbs) as VerbName[];

/** The definition without its exact shape, for code that treats all verbs alike. */
export function verbOf(name: VerbName): Verb {
  return verbs[name];
}

export function isVerb(name: string): name is VerbName {
  return Object.hasOwn(verbs, name);
}
