/** What the command line would be told to do what the engine was asked for from this console. Pure. */
import type { FieldValue } from '../../connector/writer.ts';
import type { ConnectInput, Engine, SyncRequest, SyncSettings } from '../../engine/engine.ts';
import type { Proposal } from '../../engine/outbox-commands.ts';
import type { IssueFilter } from '../../portal/issue.ts';
import type { MatchFilter, RowRef } from '../../portal/link-commands.ts';
import type { RecordType } from '../../portal/records/names.ts';
import { sanitise } from '../../text/sanitise.ts';
import { shellQuoted } from '../../text/shell.ts';

export interface ActionLine {
  readonly title: string;
  /** Which integration it is about, where it is about one. */
  readonly integration?: string | undefined;
  /** Null: the command line has no word for it. */
  readonly line: string | null;
}

/** By method of the engine. Nothing is told of what another place tells better: null. */
export const actionLines: { readonly [K in keyof Engine]?: (...args: never[]) => ActionLine | null } = {
  connect: ({ id, enable, settings, types }: ConnectInput) => ({
    title: 'Connect',
    integration: id,
    // Credentials are never part of a command line.
    line: command('connect', id, '--credentials', 'FILE', ...typesOf(types ?? settings?.types), [
      settings?.intervalMinutes !== undefined && `--interval ${settings.intervalMinutes}`,
      settings?.initialImport === false && '--no-initial-import',
      enable === false && '--no-enable',
    ]),
  }),
  configure: (id: string, change: Partial<SyncSettings> & { options?: Readonly<Record<string, unknown>> }) => {
    const { options = {}, mapping, types, initialImport, ...settings } = change;
    // Its tab tells what of a mapping was changed.
    if (mapping !== undefined) return null;
    const said = command('configure', id, [
      settings.intervalMinutes !== undefined && `--interval ${settings.intervalMinutes}`,
      settings.conflicts !== undefined && `--conflicts ${settings.conflicts}`,
      settings.readOnly !== undefined && `--read-only ${onOff(settings.readOnly)}`,
      settings.blanksErase !== undefined && `--blanks-erase ${onOff(settings.blanksErase)}`,
      ...Object.entries(options).map(([key, value]) => `--option ${quoted(`${key}=${optionText(value)}`)}`),
    ]);
    const unsaid = types !== undefined || initialImport !== undefined;
    return { title: 'Change the settings', integration: id, line: unsaid ? null : said };
  },
  enable: (id: string) => ({ title: 'Enable', integration: id, line: command('enable', id) }),
  disable: (id: string) => ({ title: 'Disable', integration: id, line: command('disable', id) }),
  disconnect: (id: string) => ({ title: 'Disconnect', integration: id, line: command('disconnect', id) }),
  sync: (id: string, { types, full, acceptDeletions }: SyncRequest = {}) => ({
    title: full ? 'Full sync' : 'Sync now',
    integration: id,
    line: command('sync', id, ...typesOf(types), [full && '--full', acceptDeletions && '--accept-deletions']),
  }),
  cancel: (id: string) => ({ title: 'Cancel the run', integration: id, line: command('queue', 'cancel', id) }),
  runFirst: (id: string) => ({
    title: 'Run before all that wait',
    integration: id,
    line: command('queue', 'first', id),
  }),
  dismissIssues: (filter: IssueFilter) => aboutIssues('Dismiss sync issues', 'dismiss', filter),
  restoreIssues: (filter: IssueFilter) => aboutIssues('Restore sync issues', 'restore', filter),
  retryIssues: (filter: IssueFilter) => aboutIssues('Try sync issues again', 'retry', filter),
  propose: ({ integration, type, kind, recordId, fields }: Proposal) => {
    const verb = { create: 'create', update: 'edit', note: 'note' }[kind];
    const title = { create: 'Make a new one', update: 'Change a record', note: 'Add a note' }[kind];
    const has = type === 'tickets' || (type === 'users' && kind === 'update');
    const { text, private: isPrivate, ...others } = fields;
    const said = kind === 'note' ? [`--text ${quoted(fieldText(text))}`, isPrivate === false && '--public'] : [];
    const set = kind === 'note' ? [] : setting(others);
    const record = recordId === undefined ? [] : [recordId];
    const line = command(type, verb, ...record, [
      ...said,
      ...set,
      integration !== undefined && `--integration ${integration}`,
      '--later',
    ]);
    return { title: `${title} in the ${type}`, integration, line: has ? line : null };
  },
  retryChange: (id: string) => ({ title: 'Send a change again', line: command('outbox', 'retry', id) }),
  withdrawChange: (id: string) => ({ title: 'Take a change back', line: command('outbox', 'withdraw', id) }),
  editChange: (id: string, fields: Readonly<Record<string, FieldValue>>, drop: readonly string[] = []) => {
    const { text, ...others } = fields;
    const line = command('outbox', 'edit', id, [
      text !== undefined && `--text ${quoted(fieldText(text))}`,
      ...setting(others),
      ...drop.map((field) => `--drop ${field}`),
    ]);
    return { title: 'Change what is in the outbox', line };
  },
  resolveConflict: (id: string, choices: Readonly<Record<string, string>>) => ({
    title: 'Settle a conflict',
    line: command('conflicts', 'resolve', id, setting(choices)),
  }),
  link: ({ integration, type, externalId }: RowRef, recordId: string) => ({
    title: 'Link',
    integration,
    line: command('link', integration, externalId, recordId, ofType(type)),
  }),
  unlink: ({ integration, type, externalId }: RowRef) => ({
    title: 'Unlink',
    integration,
    line: command('unlink', integration, externalId, ofType(type)),
  }),
  createFromRow: (row: RowRef) => decided('Make a record of a row', 'create', row),
  ignoreRow: (row: RowRef) => decided('Leave a row out', 'ignore', row),
  mergeRecords: (type: RecordType, keep: string, drop: string) => ({
    title: 'Make two records one',
    line: command('merge', keep, drop, ofType(type)),
  }),
  quickMatch: ({ integration, type }: MatchFilter) => ({
    title: 'Quick match',
    integration,
    line: command('matches', 'quick', [integration && `--integration ${integration}`, type && `--type ${type}`]),
  }),
};

function decided(title: string, verb: string, { integration, type, externalId }: RowRef): ActionLine {
  const line = command('matches', verb, externalId, [`--integration ${integration}`, ...ofType(type)]);
  return { title, integration, line };
}

function aboutIssues(title: string, verb: string, filter: IssueFilter): ActionLine {
  const { integration, type, reason, ids, ...narrower } = filter;
  const each = ids?.map((id) => command('issues', verb, String(id))) ?? [];
  const group = command('issues', verb, [
    integration && `--integration ${integration}`,
    type && `--type ${type}`,
    reason && `--reason ${reason}`,
  ]);
  const line = each.length > 0 ? each.join('; ') : Object.keys(narrower).length > 0 || type === null ? null : group;
  return { title, integration, line };
}

type Part = string | false | null | undefined;

/** A word of the vendor's or the operator's is quoted, one of ours is as it is; what is not said is left out. */
function command(...parts: readonly (string | readonly Part[])[]): string {
  const words = parts.flatMap((part) => (typeof part === 'string' ? [quoted(part)] : part.filter(Boolean)));
  return ['msportal', ...words].join(' ');
}

const typesOf = (types: readonly RecordType[] | undefined) => (types ?? []).flatMap((type) => ['--type', type]);
const ofType = (type: RecordType): readonly Part[] => [type !== 'companies' && `--type ${type}`];
const setting = (fields: Readonly<Record<string, FieldValue | undefined>>) =>
  Object.entries(fields).map(([field, value]) => `--set ${quoted(`${field}=${fieldText(value)}`)}`);
const onOff = (value: boolean) => (value ? 'on' : 'off');

function optionText(value: unknown): string {
  if (typeof value === 'boolean') return onOff(value);
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
}

const fieldText = (value: FieldValue | undefined): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

/** As one word of a shell. */
function quoted(word: string): string {
  const harmless = sanitise(word);
  return /^[\w@%+=:,./-]+$/.test(harmless) ? harmless : shellQuoted(harmless);
}
