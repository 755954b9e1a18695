/** What became of the rows of a page, a line in the log for each that was not the same as before. */
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { Log } from '../../log/log.ts';
import type { PageOutcome, RowChange } from '../../portal/page.ts';

/** A page with more new rows than this is part of an import: its rows are told only to who asks for debug. */
const manyNew = 50;
/** Longer values are cut: the record itself is in the store. */
const longest = 120;

export function logChanges(log: Log, spec: RecordTypeSpec, outcome: PageOutcome, requestId: string | null): void {
  const { type } = spec;
  const { read, created, updated, unchanged, held, failed, gone } = outcome;
  const request = requestId === null ? {} : { request: requestId };
  log.debug('page stored', { type, read, created, updated, unchanged, held, failed, gone, ...request });
  for (const change of outcome.changes) {
    log[levelOf(change, created)](`${change.outcome}: ${change.label}`, {
      type,
      record: change.externalId,
      outcome: change.outcome,
      label: change.label,
      ...(change.values === undefined ? {} : { changed: cutValues(change.values) }),
      ...(change.reason === undefined ? {} : { reason: change.reason }),
      ...request,
    });
  }
}

function levelOf({ outcome }: RowChange, created: number): 'debug' | 'info' | 'warn' {
  if (outcome === 'failed') return 'warn';
  return outcome === 'created' && created > manyNew ? 'debug' : 'info';
}

function cutValues(values: NonNullable<RowChange['values']>) {
  const cut = (value: string | number | null) =>
    typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value;
  return Object.fromEntries(
    Object.entries(values).map(([field, { before, after }]) => [field, { before: cut(before), after: cut(after) }]),
  );
}
