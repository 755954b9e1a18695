/** The verbs that look: at records, at what happened, and at what is wrong. Part of the table in cli.ts. */
import { oneOrAllIntegrations, type Verb } from './verb.ts';

export const lookingVerbs = {
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
    args: [oneOrAllIntegrations],
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
} as const satisfies Record<string, Verb>;
