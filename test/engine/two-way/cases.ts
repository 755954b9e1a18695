/** Sequences that failed once, with the fewest steps, by what must be. They hold for every vendor. */

import type { Sequence } from './play.ts';
import type { Place } from './vendor.ts';

const title: Place = { type: 'tickets', field: 'title' };
const sync = { do: 'sync', full: false, fault: null, count: 1, meanwhile: null } as const;

export const cases: Readonly<Record<string, Sequence>> = {
  // The question about the old value stayed with the confirmed change, and nobody could answer it any more.
  'a conflict that is settled by wanting what the vendor has leaves no question open': {
    rule: 'ask',
    pages: false,
    steps: [
      { do: 'edit', place: title, nth: 0, value: 0 },
      { do: 'edit at vendor', place: title, nth: 0, value: 1 },
      sync,
      { do: 'change', place: title, nth: 0, value: 1 },
    ],
  },
  // The look for a note that may have been made was answered 404, which ended every run.
  'a note that is tried again on a ticket that was deleted is refused, and holds up nothing': {
    rule: 'vendor',
    pages: false,
    steps: [
      { do: 'note', nth: 2 },
      { do: 'delete at vendor', nth: 2 },
      sync,
      { do: 'retry', nth: 0 },
      { do: 'edit', place: title, nth: 0, value: 0 },
    ],
  },
  // What was decided on was sent, though it had been changed during the requests of that decision.
  'a change that is edited while the vendor is asked about it is sent as it is wanted then': {
    rule: 'vendor',
    pages: false,
    steps: Array.from({ length: 12 }, (_, after) => after).flatMap((after) => [
      { do: 'edit', place: title, nth: 0, value: 2 * after },
      {
        ...sync,
        meanwhile: { after, deeds: [{ do: 'change', place: title, nth: 0, value: 2 * after + 1 } as const] },
      },
    ]),
  },
};
