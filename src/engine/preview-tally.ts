/** Adds up what becomes of the rows of a preview. */
import type { PageOutcome, RowChange } from '../portal/page.ts';
import type { Portal } from '../portal/portal.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { Preview, TypePreview } from './preview-commands.ts';

type Sums = { -readonly [K in keyof TypePreview]: TypePreview[K] };

const examplesOfEach = 5;
const noSums = (): Sums => ({
  read: 0,
  created: 0,
  updated: 0,
  linked: 0,
  unchanged: 0,
  gone: 0,
  guarded: 0,
  held: {},
  examples: [],
});

export class Tally {
  readonly #types: ReadonlyMap<RecordType, Sums>;

  /** @param types those that are previewed, also where nothing of them is read */
  constructor(types: readonly RecordType[]) {
    this.#types = new Map(types.map((type) => [type, noSums()]));
  }

  note = (type: RecordType, { changes, ...counted }: PageOutcome): void => {
    const sums = this.#types.get(type);
    if (sums === undefined) return;
    const linked = changes.filter(({ outcome }) => outcome === 'linked').length;
    sums.read += counted.read;
    sums.created += counted.created;
    sums.updated += counted.updated - linked;
    sums.linked += linked;
    sums.unchanged += counted.unchanged;
    sums.gone += counted.gone;
    const held = { ...sums.held };
    for (const { reason } of changes) if (reason !== undefined) held[reason] = (held[reason] ?? 0) + 1;
    sums.held = held;
    sums.examples = withFew(sums.examples, changes);
  };

  /** The same portal. What the guard against deletions keeps, it tells only whoever asks for the sweep. */
  watching(portal: Portal): Portal {
    return {
      ...portal,
      sweep: (integration, type, ...rest) => {
        const swept = portal.sweep(integration, type, ...rest);
        const sums = this.#types.get(type);
        if (sums !== undefined) sums.guarded += swept.refused;
        return swept;
      },
    };
  }

  result(): Preview['types'] {
    return Object.fromEntries(this.#types);
  }
}

function withFew(examples: readonly RowChange[], more: readonly RowChange[]): RowChange[] {
  const kept = [...examples];
  for (const change of more) {
    const alike = kept.filter(({ outcome, reason }) => outcome === change.outcome && reason === change.reason);
    if (alike.length < examplesOfEach) kept.push(change);
  }
  return kept;
}
