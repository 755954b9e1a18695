/** The verbs on integrations: connecting them, how they sync, and syncing now. Part of the table in cli.ts. */
import { integrationArgument, oneOrAllIntegrations, type Verb, type VerbOption } from './verb.ts';

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

export const integrationVerbs = {
  status: {
    verb: 'status',
    summary: 'the integrations: state, records, issues, last and next sync',
    args: [oneOrAllIntegrations],
    options: [],
    examples: ['msportal status', 'msportal status halo-psa --json'],
  },
  connect: {
    verb: 'connect',
    summary: 'test the credentials, save them sealed, and start syncing',
    args: [integrationArgument],
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
    args: [integrationArgument],
    options: [credentials, connectorOptions, types],
    examples: ['msportal test halo-psa', 'msportal test halo-psa --credentials new.json'],
    details: 'With --credentials, tests those instead of the saved ones; they are not saved.',
  },
  configure: {
    verb: 'configure',
    summary: 'change how an integration syncs; says how, where nothing is given',
    args: [integrationArgument],
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
    args: [integrationArgument],
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
      { ...oneOrAllIntegrations, name: 'ID' },
    ],
    options: [],
    examples: ['msportal queue', 'msportal queue first halo-psa', 'msportal queue cancel stripe --json'],
    details:
      'A sync that runs stops after its page, which is kept; one that waits leaves the queue at once. Exit code 1 when there is nothing of the kind.',
  },
  enable: {
    verb: 'enable',
    summary: 'start scheduled syncs',
    args: [integrationArgument],
    options: [],
    examples: ['msportal enable halo-psa'],
  },
  disable: {
    verb: 'disable',
    summary: 'stop scheduled syncs; credentials and records stay',
    args: [integrationArgument],
    options: [],
    examples: ['msportal disable halo-psa'],
  },
  disconnect: {
    verb: 'disconnect',
    summary: 'remove the credentials and stop syncing; records stay',
    args: [integrationArgument],
    options: [],
    examples: ['msportal disconnect halo-psa'],
  },
} as const satisfies Record<string, Verb>;
