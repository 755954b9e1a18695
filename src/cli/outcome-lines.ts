/** What would become of a change, for people. */
import type { ChangeOutcome, ForeseenChange } from '../engine/preview-commands.ts';
import type { FieldConflict } from '../portal/change.ts';
import { plain } from './output.ts';

/** A line about the change, and one for each field that says more. */
export function outcomeLines({ change, outcome }: ForeseenChange): string[] {
  const { id, type, kind, label } = change;
  const what = kind === 'create' ? `new in ${type}` : `${kind} of ${type}`;
  return [`${kinds[outcome.kind].padEnd(13)}  ${id}  ${plain(`${what}: ${label}`)}`, ...details(outcome)];
}

const kinds: Readonly<Record<ChangeOutcome['kind'], string>> = {
  create: 'would create',
  note: 'would add',
  update: 'would update',
  settle: 'nothing left',
  ask: 'would ask',
  refuse: 'refused',
  look: 'looks first',
  wait: 'waits',
  unknown: 'not known',
};

function details(outcome: ChangeOutcome): string[] {
  switch (outcome.kind) {
    case 'update':
      return [
        ...Object.entries(outcome.fields).map(
          ([field, { theirs, ours }]) => `  ${field}: ${said(theirs)} -> ${said(ours)}`,
        ),
        ...outcome.conflicts.map(conflictLine),
      ];
    case 'settle':
    case 'ask':
      return outcome.conflicts.map(conflictLine);
    case 'refuse':
    case 'wait':
    case 'unknown':
      return [`  ${plain(outcome.reason)}`];
    default:
      return [];
  }
}

function conflictLine({ field, base, ours, theirs, winner }: FieldConflict): string {
  const counts = { portal: 'ours counts', vendor: "the vendor's counts", none: 'somebody must say which counts' };
  return `  ${field}: was ${said(base)}, here ${said(ours)}, at the vendor ${said(theirs)}; ${counts[winner ?? 'none']}`;
}

const said = (value: unknown): string => plain(value) || 'empty';
