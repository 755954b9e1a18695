/** Changes in the outbox and previews, for tests of screens. */
import type { TypePreview } from '../../src/engine/preview-commands.ts';
import type { Change, FieldConflict } from '../../src/portal/change.ts';
import { at } from './examples.ts';

const conflict = (field: string, base: string, ours: string, theirs: string): FieldConflict => ({
  field,
  base,
  ours,
  theirs,
  at: at(-3),
  theirsAt: at(-10),
  winner: null,
});

/** A ticket in conflict, unless it is told otherwise. */
export const change = (more: Partial<Change>): Change => ({
  id: 'c1',
  seq: 1,
  integration: 'halo-psa',
  type: 'tickets',
  kind: 'update',
  recordId: 't1',
  externalId: '901',
  fields: { status: 'Closed', priority: 'Low' },
  base: { status: 'Open', priority: 'High' },
  state: 'conflicted',
  marker: null,
  attempts: 0,
  reason: null,
  conflicts: [conflict('status', 'Open', 'Closed', 'In progress'), conflict('priority', 'High', 'Low', 'Urgent')],
  author: 'sam',
  createdAt: at(-20),
  updatedAt: at(-3),
  sentAt: null,
  madeId: null,
  label: '901 Printer offline',
  ...more,
});

/** What would come of one record type; nothing, unless it is told otherwise. */
export const typePreview = (more: Partial<TypePreview>): TypePreview => ({
  read: 0,
  created: 0,
  updated: 0,
  linked: 0,
  unchanged: 0,
  gone: 0,
  guarded: 0,
  held: {},
  examples: [],
  ...more,
});
