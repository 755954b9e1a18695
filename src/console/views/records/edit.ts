/** A change of a record as it is typed: `status=Closed, priority=High`, or `note=Called back`. Pure. */
import type { FieldValue } from '../../../connector/writer.ts';
import type { RecordTypeDefinition } from '../../../portal/records/define.ts';
import { kindOf } from '../../../portal/records/filter.ts';
import { findField } from '../../../text/filter.ts';

export type Edit =
  | { readonly ok: true; readonly kind: 'update' | 'note'; readonly fields: Readonly<Record<string, FieldValue>> }
  | { readonly ok: false; readonly problem: string };

/** @param writable names of fields that the vendor lets be written */
export function parseEdit(text: string, definition: RecordTypeDefinition, writable: readonly string[]): Edit {
  const note = /^\s*note\s*=\s*(.+)$/s.exec(text)?.[1];
  if (note !== undefined) return { ok: true, kind: 'note', fields: { text: note.trim(), private: true } };
  const fields: Record<string, FieldValue> = {};
  // A comma begins a new field only where a name and = follow, so that values may hold commas.
  for (const part of text.split(/,(?=\s*[A-Za-z]\w*\s*=)/)) {
    const [, name = '', value = ''] = /^\s*([A-Za-z]\w*)\s*=(.*)$/s.exec(part) ?? [];
    if (name === '')
      return { ok: false, problem: `"${part.trim()}" is no change. Write field=value, such as status=Closed.` };
    const field = findField(name, writable);
    if (field === undefined) {
      return { ok: false, problem: `"${name}" cannot be changed from here. What can: ${writable.join(', ')}.` };
    }
    const trimmed = value.trim();
    const kind = kindOf(definition, field);
    if (trimmed === '') fields[field] = null;
    else if (kind === 'number') {
      if (Number.isNaN(Number(trimmed))) return { ok: false, problem: `${field} is a number; "${trimmed}" is none.` };
      fields[field] = Number(trimmed);
    } else if (kind === 'boolean') fields[field] = ['yes', 'true'].includes(trimmed.toLowerCase());
    else fields[field] = trimmed;
  }
  return { ok: true, kind: 'update', fields };
}
