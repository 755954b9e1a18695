/** What the command line would be told to change a mapping in the same way. Pure. */
import { pairOf } from '../../../engine/sync/value-table.ts';
import { shellQuoted } from '../../../text/shell.ts';
import { changesOf, type Tables } from './tables.ts';

/** Which of several values is written is not among it: there is no word for that. */
export function mappingLine(integration: string, saved: Tables, wanted: Tables): string {
  const options = Object.entries(changesOf(saved, wanted)).flatMap(([key, pairs]) => {
    const before = saved[key];
    const gone = (before ?? []).filter(({ vendor }) => pairOf(pairs, vendor) === undefined);
    if (pairs.length === 0) return [`--unmap ${key}`];
    // The first name makes a table of all values: those that keep the vendor's name need no word.
    const named =
      before === undefined
        ? pairs.filter(({ vendor, portal }) => vendor !== portal)
        : pairs.filter(({ vendor, portal }) => pairOf(before, vendor)?.portal !== portal);
    const said = named.length > 0 || before !== undefined ? named : pairs.slice(0, 1);
    return [
      ...gone.map(({ vendor }) => `--unmap ${shellQuoted(`${key}:${vendor}`)}`),
      ...said.map(({ vendor, portal }) => `--map ${shellQuoted(`${key}:${vendor}=${portal}`)}`),
    ];
  });
  return ['msportal configure', integration, ...options].join(' ');
}
