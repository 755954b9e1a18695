/** Types whose records have a screen of their own; the others show their fields beside the list. */
import type { Place } from '../../commands/place.ts';
import type { RecordType } from '../../portal/records/names.ts';

export function screenOf(type: RecordType, record: string): Place | null {
  if (type === 'companies') return { view: 'company', record };
  if (type === 'secureScores') return { view: 'score', record };
  return null;
}
