/** What people call a field. Pure. */
import type { RecordTypeDefinition } from './define.ts';

/**
 * The title of its column; of a vendor's id, what it names; else its name in words.
 * @example fieldLabel(tickets, 'assigneeExternalId') // 'Assignee'
 */
export function fieldLabel(
  { columns, references }: Pick<RecordTypeDefinition, 'columns' | 'references'>,
  field: string,
): string {
  const column = columns[field]?.label;
  if (column !== undefined) return column;
  const names = references.some(({ from }) => from === field);
  const words = (names ? field.replace(/ExternalId$/, '') : field).replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The same within a sentence: `assignee`. */
export const fieldWord = (definition: RecordTypeDefinition, field: string): string =>
  fieldLabel(definition, field).toLowerCase();
