/** Commands on records: looking, changing, asking why, and joining those that are there twice. */
import { labelOf, type RecordType } from '../portal/records/names.ts';
import type { Command, CommandContext } from './command.ts';

/** What some vendor takes from here; the manifests say which fields, and a test that these are all. */
export const writtenTypes: readonly RecordType[] = ['tickets', 'users'];

const canBeWritten =
  (types: readonly RecordType[]) =>
  ({ place }: CommandContext): true | string =>
    place.view !== 'records' ||
    types.includes(place.type) ||
    `${labelOf(place.type)} are made and changed at the vendor; the next sync brings them.`;

const inRecords = { dangerous: 'none', scope: ['records'] } as const;

export const recordCommands: readonly Command[] = [
  {
    ...inRecords,
    id: 'records.open',
    title: 'Open',
    keys: ['enter'],
    scope: ['records', 'company', 'score', 'billing'],
    hint: 1,
  },
  {
    ...inRecords,
    changes: true,
    id: 'records.edit',
    title: 'Change it in one line of text',
    short: 'Change',
    keys: ['E'],
    hint: 3,
    when: canBeWritten(writtenTypes),
  },
  {
    ...inRecords,
    changes: true,
    id: 'records.form',
    title: 'Change it at the vendor, in a form',
    short: 'Edit',
    keys: ['e'],
    hint: 2,
    when: canBeWritten(writtenTypes),
  },
  {
    ...inRecords,
    changes: true,
    id: 'records.new',
    title: 'Make a new one at the vendor',
    short: 'New',
    keys: ['n'],
    hint: 4,
    when: canBeWritten(['tickets']),
  },
  {
    ...inRecords,
    changes: true,
    id: 'records.note',
    title: 'Add a note',
    short: 'Note',
    keys: ['a'],
    hint: 5,
    when: canBeWritten(['tickets']),
  },
  {
    ...inRecords,
    id: 'form.edit',
    title: 'Change the line',
    short: 'Change',
    keys: ['enter'],
    scope: ['edit'],
    hint: 1,
  },
  {
    ...inRecords,
    changes: true,
    id: 'form.save',
    title: 'Put it into the outbox',
    short: 'To the outbox',
    keys: ['s'],
    scope: ['edit'],
    hint: 2,
  },
  {
    ...inRecords,
    id: 'form.revert',
    title: 'Leave the line as it was',
    short: 'As it was',
    keys: ['x'],
    scope: ['edit'],
    hint: 3,
  },
  { ...inRecords, id: 'records.fields', title: 'All fields', short: 'Fields', keys: ['v'], hint: 2 },
  {
    ...inRecords,
    id: 'records.refresh',
    title: 'Read the list again',
    short: 'Refresh',
    keys: ['ctrl+r'],
    scope: ['records', 'company', 'score', 'billing', 'issues', 'outbox', 'matching', 'mapping', 'doctor'],
    hint: 40,
  },
  {
    ...inRecords,
    changes: true,
    id: 'duplicates.merge',
    title: 'Merge into the first of its group',
    short: 'Merge',
    keys: ['m'],
    scope: ['duplicates'],
    hint: 1,
  },
  {
    ...inRecords,
    id: 'record.explain',
    title: 'Why it is so, or is not here',
    short: 'Why',
    keys: ['w'],
    scope: ['records', 'issues'],
    hint: 4,
    cli: 'explain',
  },
];
