import type { Change } from '../portal/change.ts';
import { plain } from './output.ts';

/** A change in a line: state, id, what, and why it is where it is. */
export function changeLine({ id, state, kind, type, integration, label, reason, externalId }: Change): string {
  const what = kind === 'create' ? `new in ${type}` : `${kind} of ${type}`;
  const where = externalId === null ? integration : `${integration} ${externalId}`;
  return [state.padEnd(11), id, plain(`${what}: ${label} (${where})${reason === null ? '' : ` - ${reason}`}`)].join(
    '  ',
  );
}
