/** The verbs around changes and links: what goes back to the vendors, and what is the same as what. Part of the table in cli.ts. */
import { type CliArgument, integrationArgument, type Verb, type VerbOption } from './verb.ts';

const set: VerbOption = {
  flag: '--set',
  value: 'FIELD=VALUE',
  summary: 'a field and its value, an empty value empties it; may be repeated',
  repeat: true,
};
const integration: VerbOption = { flag: '--integration', value: 'ID', summary: 'which integration, such as halo-psa' };
const from: VerbOption = {
  flag: '--from',
  value: 'FILE',
  summary: 'many at once: one JSON object per line; - reads standard input',
};
const later: VerbOption = { flag: '--later', summary: 'leave it to the next scheduled sync' };
const type: VerbOption = { flag: '--type', value: 'TYPE', summary: 'the record type (default: companies)' };
const record = (what: string): CliArgument => ({
  name: 'RECORD',
  required: false,
  summary: `the ${what}: its portal id, number or id at the vendor`,
});
const externalId: CliArgument = { name: 'EXTERNAL-ID', required: true, summary: "the vendor's id of its row" };
const lines =
  'Lines for --from are {"id", "integration", "record", "fields": {...}}; with an id of your own, the same file given twice does nothing twice.';

export const twoWayVerbs = {
  tickets: {
    verb: 'tickets',
    summary: 'create and edit tickets at the vendor, add notes',
    args: [{ name: 'ACTION', required: true, summary: 'create, edit or note' }, record('ticket')],
    options: [
      set,
      integration,
      { flag: '--text', value: 'TEXT', summary: 'of a note' },
      { flag: '--public', summary: 'let the client see the note' },
      from,
      later,
    ],
    examples: [
      "msportal tickets create --integration halo-psa --set 'title=Printer offline' --set companyId=0199...",
      'msportal tickets edit 20417 --set status=Closed',
      "msportal tickets note 20417 --text 'Called back.'",
      'msportal tickets create --from tickets.jsonl --json',
    ],
    details: `Fields are those of \`msportal records tickets --json\`; what the vendor does not let be written is refused with the reason. ${lines}`,
    jsonLines: true,
  },
  users: {
    verb: 'users',
    summary: 'edit technicians at the vendor, as far as it allows',
    args: [{ name: 'ACTION', required: true, summary: 'edit' }, record('technician')],
    options: [set, integration, from, later],
    examples: ['msportal users edit 0199... --set title=Engineer'],
    details: lines,
    jsonLines: true,
  },
  outbox: {
    verb: 'outbox',
    summary: 'changes on their way to the vendors; retry, edit or withdraw them',
    args: [
      { name: 'ACTION', required: false, summary: 'list (default), retry, edit or withdraw' },
      { name: 'CHANGE', required: false, summary: 'the id of the change' },
    ],
    options: [
      integration,
      { flag: '--all', summary: 'those too that came to their end' },
      set,
      {
        flag: '--drop',
        value: 'FIELD',
        summary: 'a field that is no longer to be changed; may be repeated',
        repeat: true,
      },
      { flag: '--text', value: 'TEXT', summary: 'of a note' },
    ],
    examples: [
      'msportal outbox',
      'msportal outbox retry 0199...',
      'msportal outbox edit 0199... --set status=Closed --drop priority',
      'msportal outbox --all --json',
    ],
    details: 'What waits, was refused or is in conflict can be edited and withdrawn; the next sync sends it.',
    jsonLines: true,
  },
  conflicts: {
    verb: 'conflicts',
    summary: 'fields that were changed here and at the vendor; say which counts',
    args: [
      { name: 'ACTION', required: false, summary: 'list (default) or resolve' },
      { name: 'CHANGE', required: false, summary: 'the id of the change' },
    ],
    options: [
      { flag: '--set', value: 'FIELD=SIDE', summary: 'portal or vendor for a field; may be repeated', repeat: true },
      { flag: '--take', value: 'SIDE', summary: 'portal or vendor for all fields that are not named' },
      integration,
    ],
    examples: ['msportal conflicts', 'msportal conflicts resolve 0199... --set status=portal --take vendor'],
    jsonLines: true,
  },
  issues: {
    verb: 'issues',
    summary: 'records that did not sync, by reason; retry, dismiss or restore them',
    args: [
      { name: 'ACTION', required: false, summary: 'list (default), retry, dismiss or restore' },
      { name: 'ISSUE', required: false, summary: 'the id of one issue' },
    ],
    options: [
      integration,
      { flag: '--type', value: 'TYPE', summary: 'only this record type' },
      { flag: '--reason', value: 'REASON', summary: 'only this reason, such as company-not-imported' },
      { flag: '--all', summary: 'list them one by one, with their ids' },
      { flag: '--dismissed', summary: 'list dismissed ones too' },
    ],
    examples: [
      'msportal issues',
      'msportal issues --reason unmapped-value --all',
      'msportal issues retry --integration halo-psa --reason company-not-imported',
      'msportal issues dismiss 1204',
      'msportal issues --json',
    ],
    details:
      '`retry` sends refused changes again, reads what held records wait for, and waits for what comes of it; conflicts and doubtful matches need a decision: msportal conflicts, msportal matches.',
    jsonLines: true,
  },
  matches: {
    verb: 'matches',
    summary: 'vendor rows that wait for you to say which record they are',
    args: [
      { name: 'ACTION', required: false, summary: 'list (default), quick, create or ignore' },
      { ...externalId, required: false },
    ],
    options: [integration, type],
    examples: [
      'msportal matches',
      'msportal matches quick --integration ninjarmm',
      'msportal matches create 900 --integration autotask',
    ],
    details:
      '`quick` links every row that has exactly one likely candidate and says why; `create` makes a new record of a row, `ignore` leaves it out. To link one to a record of your choice: msportal link.',
    jsonLines: true,
  },
  links: {
    verb: 'links',
    summary: 'companies by integrations: who is linked where, and what is missing',
    args: [],
    options: [
      { flag: '--search', value: 'TEXT', summary: 'only names that contain it' },
      { flag: '--missing', summary: 'only those that lack a link' },
      type,
      { flag: '--limit', value: 'N', summary: 'at most so many (default: 100)' },
    ],
    examples: ['msportal links --missing', 'msportal links --search acme --json'],
    jsonLines: true,
  },
  link: {
    verb: 'link',
    summary: "say which record a vendor's row is; also moves a link",
    args: [integrationArgument, externalId, { name: 'RECORD', required: true, summary: 'the portal id of the record' }],
    options: [type],
    examples: ['msportal link autotask 900 0199...'],
  },
  unlink: {
    verb: 'unlink',
    summary: "a vendor's row is no record any more, until you say which it is",
    args: [integrationArgument, externalId],
    options: [type],
    examples: ['msportal unlink autotask 900'],
  },
  merge: {
    verb: 'merge',
    summary: 'make two records one; every link is kept',
    args: [
      { name: 'KEEP', required: true, summary: 'the portal id of the record that stays' },
      { name: 'DROP', required: true, summary: 'the portal id of the one that becomes part of it' },
    ],
    options: [type],
    examples: ['msportal merge 0199... 019a...'],
  },
} as const satisfies Record<string, Verb>;
