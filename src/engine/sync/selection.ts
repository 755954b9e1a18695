import { createHash } from 'node:crypto';
import type { Manifest, Options, RecordTypeSpec } from '../../connector/manifest.ts';
import { definitionOf } from '../../portal/records/index.ts';
import type { ValueTables } from './values.ts';

/** Settings that decide what becomes of a row that was read. */
interface HowToTake {
  readonly blanksErase?: boolean;
  readonly mapping?: ValueTables;
}

/** Which options a record type was read with. When this changes, what was read before must be read again. */
export function selectionOf(spec: RecordTypeSpec, manifest: Manifest, options: Options, settings?: HowToTake): string {
  const relevant = manifest.options
    .filter(({ rereads }) => rereads?.includes(spec.type))
    .map(({ key, fallback }) => [key, normal(options[key] ?? fallback)]);
  // Blanks that erased nothing when they were read must be read again once they shall.
  if (settings?.blanksErase === true && definitionOf(spec.type).descriptive !== undefined)
    relevant.push(['blanksErase', true]);
  const table = settings?.mapping?.[spec.type];
  if (table !== undefined) relevant.push(['mapping', table]);
  return createHash('sha256').update(JSON.stringify(relevant)).digest('base64url').slice(0, 12);
}

/** A set of choices is the same in any order. */
function normal(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
