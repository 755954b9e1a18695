/** What is to be done with a change that waits: the one question of a sync that sends it and of a preview that does not. */

import type { SourceItem } from '../../connector/source-item.ts';
import type { FieldValues, RecordWriter } from '../../connector/writer.ts';
import type { Change, FieldConflict } from '../../portal/change.ts';
import { type MergeTerms, merge } from './merge.ts';
import type { Problem } from './writable.ts';

export type Decision =
  /** Now as it is, it is never sent. `item`: what the vendor says of the record, where that is why. */
  | { readonly kind: 'refuse'; readonly reason: string; readonly item?: SourceItem }
  | UpdateDecision
  | { readonly kind: 'create' }
  | { readonly kind: 'note' };

/** `conflicts`: those that are found now. */
type UpdateDecision =
  | { readonly kind: 'refuse'; readonly reason: string; readonly item: SourceItem }
  /** Both sides changed the same field, and somebody is to say which counts. */
  | { readonly kind: 'ask'; readonly conflicts: readonly FieldConflict[]; readonly item: SourceItem }
  /** Nothing is left to send: the vendor has it, or its own values win. */
  | { readonly kind: 'settle'; readonly conflicts: readonly FieldConflict[]; readonly item: SourceItem }
  | {
      readonly kind: 'update';
      readonly write: FieldValues;
      readonly conflicts: readonly FieldConflict[];
      readonly item: Extract<SourceItem, { kind: 'record' }>;
    };

export interface Deciding extends MergeTerms {
  /** What keeps the change from being sent, by manifest and options. */
  readonly problems: readonly Problem[];
  /** The record as the vendor has it now. */
  readonly current: (writer: RecordWriter) => Promise<SourceItem>;
}

/** Writes nothing; what it reads is the record of an edit. @throws ConnectorError of that */
export async function decide(
  change: Change,
  writer: RecordWriter | undefined,
  { problems, current, ...terms }: Deciding,
): Promise<Decision> {
  const [problem] = problems;
  if (problem !== undefined) return refuse([problem.path, problem.message].filter(Boolean).join(': '));
  if (writer === undefined) return refuse('The connector does not write this with the present options.');
  if (change.kind === 'create') return writer.create ? { kind: 'create' } : refuse('The connector cannot create this.');
  if (change.kind === 'note') return writer.addNote ? { kind: 'note' } : refuse('The connector cannot add notes.');
  if (writer.update === undefined) return refuse('The connector cannot change this.');
  return decideUpdate(change, await current(writer), terms);
}

/** The three-way merge and what follows from it. Pure. */
function decideUpdate(change: Pick<Change, 'fields' | 'base'>, item: SourceItem, terms: MergeTerms): UpdateDecision {
  if (item.kind !== 'record') return { kind: 'refuse', reason: whyNotThere(item), item };
  const { write, conflicts } = merge(change, { ...item, fields: item.record }, terms);
  if (conflicts.some(({ winner }) => winner === null)) return { kind: 'ask', conflicts, item };
  if (Object.keys(write).length === 0) return { kind: 'settle', conflicts, item };
  return { kind: 'update', write, conflicts, item };
}

export const noLongerThere = 'The vendor no longer has this record.';

const refuse = (reason: string): Decision => ({ kind: 'refuse', reason });

function whyNotThere(item: Exclude<SourceItem, { kind: 'record' }>): string {
  return item.kind === 'held' ? `The record is held back at present: ${item.detail}` : noLongerThere;
}
