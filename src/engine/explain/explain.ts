/** Tells a record's story from everything that is known of it: store, links, issues, changes, cursors, runs and log. */
import { type LogEntry, readLog } from '../../log/read.ts';
import type { SyncIssue } from '../../portal/issue.ts';
import { reasons, todoOf } from '../../portal/issue-reasons.ts';
import type { Link } from '../../portal/link-commands.ts';
import type { PortalReader } from '../../portal/portal.ts';
import type { StoredRecord } from '../../portal/query.ts';
import { definitionOf, type RecordType } from '../../portal/records/index.ts';
import { findRecords } from './find.ts';
import { firstSeen } from './first-seen.ts';
import { type Reading, readings, whyMissing } from './reading.ts';
import type { ExplainRequest, Story, StoryLine } from './story.ts';
import { type ExplainParts, writtenLines } from './written.ts';

/** Newest lines of the log that are told. */
const mostLog = 100;

export async function explain(request: ExplainRequest, parts: ExplainParts): Promise<Story> {
  const { reader } = parts;
  const reads = await readings(request, parts);
  const records = findRecords(
    reader,
    request,
    reads.map(({ id }) => id),
  );
  const links = records.flatMap(({ id }) => reader.links(request.type, id)).filter(concerns(request));
  const issues = issuesOf(reader, request, links);
  const ids = new Set([...links, ...issues].flatMap(({ externalId }) => externalId ?? []));
  const log = await logOf(request, ids.size === 0 ? [request.record] : [...ids], parts);
  const written = writtenLines(request.type, records, log, parts);
  const told = {
    type: request.type,
    asked: request.record,
    records: records.map((record) => named(request.type, record)),
  };
  const lines: StoryLine[] = [
    ...records.flatMap((record) => recordLines(request.type, record)),
    ...records.flatMap((record) => firstSeen(record, reader)),
    ...links.map(linkLine),
    ...issues.map(issueLine),
    ...written,
    ...reads.filter(({ id }) => links.length === 0 || links.some((link) => link.integration === id)).map(readingLine),
    ...log.map(logLine),
  ];
  return { ...told, ...verdict(request, records, links, issues, reads, written), lines };
}

type Verdict = Pick<Story, 'outcome' | 'answer' | 'fix'>;

function verdict(
  request: ExplainRequest,
  records: readonly StoredRecord[],
  links: readonly Link[],
  issues: readonly SyncIssue[],
  reads: readonly Reading[],
  written: readonly StoryLine[],
): Verdict {
  const { singular } = definitionOf(request.type);
  const [issue] = issues;
  const [record] = records;
  if (record === undefined) {
    if (issue !== undefined) return held(issue);
    const [first] = whyMissing(request, reads);
    const name = `${singular} ${request.record}`;
    if (first === undefined) {
      return {
        outcome: 'missing',
        answer: `There is no ${name}, and no connected integration has ${singular} records.`,
        fix: 'Connect one that does: msportal status lists them.',
      };
    }
    return { outcome: 'missing', answer: `There is no ${name} here: ${first.why}`, fix: first.fix };
  }
  const { label } = named(request.type, record);
  const live = links.filter(({ goneAt }) => goneAt === null);
  if (links.length > 0 && live.length === 0) {
    const { integration, goneAt } = links[0]!;
    return {
      outcome: 'gone',
      answer: `${label} was here, but ${integration} has not listed it since ${goneAt}: it was deleted there, merged, or hidden from the API user.`,
      fix: 'If it still exists there, check what the API user may see; a full sync then brings it back.',
    };
  }
  if (issue !== undefined) return held(issue);
  const last = written[0];
  const from = links.map(({ integration }) => integration).join(' and ') || String(record.provider ?? 'the portal');
  return {
    outcome: 'here',
    answer: `${label} is here, from ${from}.${last === undefined ? '' : ` ${last.text}`}`,
    fix: null,
  };
}

function held(issue: SyncIssue): Verdict {
  const { label } = reasons[issue.reason];
  return {
    outcome: 'held',
    answer: `${issue.label} is held back since ${issue.firstSeen} (${label}): ${issue.detail}`,
    fix: todoOf(issue),
  };
}

/** Newest first, one per issue, whether it is known by its id or by what it is called. */
function issuesOf(reader: PortalReader, request: ExplainRequest, links: readonly Link[]): SyncIssue[] {
  const { type, record, integration } = request;
  const scope = { type, includeDismissed: true, limit: 20, ...(integration === undefined ? {} : { integration }) };
  const found = [
    ...links.flatMap((link) => reader.issues({ ...scope, integration: link.integration, externalId: link.externalId })),
    ...reader.issues({ ...scope, externalId: record }),
    ...reader.issues({ ...scope, label: record }),
  ];
  return found.filter((issue, index) => found.findIndex(({ id }) => id === issue.id) === index);
}

async function logOf(
  { type, integration }: ExplainRequest,
  names: readonly string[],
  { logFiles }: ExplainParts,
): Promise<LogEntry[]> {
  const of = integration === undefined ? {} : { integration };
  const found = await Promise.all(
    names.slice(0, 5).map((record) => readLog(logFiles, { type, record, limit: mostLog, ...of })),
  );
  return found.flat().sort((a, b) => (a.time < b.time ? 1 : -1));
}

const concerns =
  ({ integration }: ExplainRequest) =>
  (link: Link) =>
    integration === undefined || link.integration === integration;

function named(type: RecordType, record: StoredRecord): Story['records'][number] {
  const { title } = definitionOf(type);
  const parts = title.map((field) => record[field]).filter((part) => typeof part === 'string' && part !== '');
  return { id: record.id, label: parts.length > 0 ? parts.join(' ') : record.id };
}

function recordLines(type: RecordType, record: StoredRecord): StoryLine[] {
  const { columns, references } = definitionOf(type);
  const about = { at: null, integration: null };
  const shown = Object.entries(columns).flatMap(([field, { label }]) =>
    record[field] === null || record[field] === undefined ? [] : [`${label}: ${record[field]}`],
  );
  return [
    { topic: 'record', ...about, text: `In the portal as ${record.id}, first told by ${record.provider ?? 'nobody'}.` },
    { topic: 'mapping', ...about, text: shown.join(', ') },
    ...references.flatMap(({ from, to, into }): StoryLine[] => {
      const theirs = record[from];
      if (typeof theirs !== 'string') return [];
      const { singular } = definitionOf(to as RecordType);
      const ours = into === undefined ? undefined : record[into];
      const end =
        into === undefined ? '' : typeof ours === 'string' ? `, ${ours} here` : ', which is not in the portal';
      return [{ topic: 'mapping', ...about, text: `Its ${singular} is the vendor's ${theirs}${end}.` }];
    }),
  ];
}

function linkLine({ integration, externalId, modifiedAt, goneAt }: Link): StoryLine {
  const changed = modifiedAt === null ? 'it tells no time of change' : `last changed there ${modifiedAt}`;
  const text =
    goneAt === null
      ? `Known there as ${externalId}; ${changed}.`
      : `Known there as ${externalId}; not listed since ${goneAt}.`;
  return { topic: 'link', at: goneAt ?? modifiedAt, integration, text };
}

function issueLine({ reason, detail, firstSeen, lastSeen, integration, dismissed }: SyncIssue): StoryLine {
  const text = `Held back (${reasons[reason].label}) since ${firstSeen}${dismissed ? ', dismissed' : ''}: ${detail}`;
  return { topic: 'issue', at: lastSeen, integration, text };
}

function readingLine({ id, cursor, lastSync }: Reading): StoryLine {
  const { mark, fullAt, pass } = cursor ?? { mark: null, fullAt: null, pass: null };
  const text = [
    fullAt === null ? 'Never read to the end' : `Everything was read by ${fullAt}`,
    mark === null ? null : `changes up to ${mark} (the vendor's time)`,
    pass === null || pass === undefined ? null : `a ${pass.mode} read is under way`,
    lastSync === null ? null : `last good sync ${lastSync}`,
  ];
  return { topic: 'reading', at: fullAt ?? null, integration: id, text: `${text.filter(Boolean).join('; ')}.` };
}

function logLine({ time, message, integration, run }: LogEntry): StoryLine {
  return {
    topic: 'log',
    at: time,
    integration: integration ?? null,
    text: `${message}${run === undefined ? '' : ` (run ${run})`}`,
  };
}
