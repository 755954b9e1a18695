import { createHash } from 'node:crypto';
import type { Manifest, Options, RecordTypeSpec } from '../../connector/contract.ts';
import { definitionOf } from '../../portal/records/index.ts';

/** Which options a record type was read with. When this changes, what was read before must be read again. */
export function selectionOf(spec: RecordTypeSpec, manifest: Manifest, options: Options, blanksErase = false): string {
  const relevant = manifest.options
    .filter(({ rereads }) => rereads?.includes(spec.type))
    .map(({ key, fallback }) => [key, normal(options[key] ?? fallback)]);
  // Blanks that erased nothing when they were read must be read again once they shall.
  if (blanksErase && definitionOf(spec.type).descriptive !== undefined) relevant.push(['blanksErase', true]);
  return createHash('sha256').update(JSON.stringify(relevant)).digest('base64url').slice(0, 12);
}

/** A set of choices is the same in any order. */
function normal(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
