/**
 * Dates in filters. ConnectWise documents `[2026-01-31T08:00:00Z]`, but tenants are known on which a zone in the
 * literal shifts the filter by hours, and changes would be missed without notice. So the connection test tries it
 * on a record whose time is known, and what is found holds for all later reads.
 */
import type { ConnectorMemory } from '../../src/connector/contract.ts';

/** `zoned` as documented; `plain` without the Z, still UTC; `wide`: neither can be trusted, so a day more is asked for. */
export type DateForm = 'zoned' | 'plain' | 'wide';

/** More than any time zone is away from UTC, both ways. */
const wideMs = 26 * 3_600_000;

export function dateForm(memory: ConnectorMemory): DateForm {
  const known = memory.get('dates');
  return known === 'plain' || known === 'wide' ? known : 'zoned';
}

/** `[...]`, whole seconds, rounded down. Never an offset such as +00:00. @param time ISO or epoch milliseconds */
export function dateLiteral(time: string | number, form: DateForm): string {
  const at = new Date(time).getTime() - (form === 'wide' ? wideMs : 0);
  const second = new Date(at).toISOString().slice(0, 19);
  return `[${second}${form === 'plain' ? '' : 'Z'}]`;
}
