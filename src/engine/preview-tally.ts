/** Adds up what becomes of the rows of a preview. */
import type { PageOutcome, Portal, RowChange } from '../portal/portal.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { Preview, TypePreview } from './preview-commands.ts';

const examplesOfEach = 5;

export class Tally {
  readonly #types = new Map<RecordType, { -readonly [K in keyof TypePreview]: TypePreview[K] }>();

  /** The guard tells only the operator what it kept, by an issue. */
  watching(portal: Portal): Portal {
    return {
      ...portal,
      sweep: (integration, type, ...rest) => {
        const swept = portal.sweep(integration, type, ...rest);
        this.#of(type).guarded += swept.refused;
        return swept;
      },
    };
  }

  result(): Preview['types'] {
    return Object.fromEntries(this.#types);
  }

  #of(type: RecordType) {
    let sums = this.#types.get(type);
    if (sums === undefined) {
      sums = { read: 0, created: 0, updated: 0, linked: 0, unchanged: 0, gone: 0, guarded: 0, held: {}, examples: [] };
      this.#types.set(type, sums);
    }
    return sums;
  }

  note = (type: RecordType, outcome: PageOutcome): void => {
    const sums = this.#of(type);
    const changes = [...outcome.changes];
    const linked = changes.filter((change) => change.outcome === 'linked').length;
    sums.read += outcome.read;
    sums.created += outcome.created;
    sums.updated += outcome.updated - linked;
    sums.linked += linked;
    sums.unchanged += outcome.unchanged;
    sums.gone += outcome.gone;
    const held = { ...sums.held };
    for (const { reason } of changes) if (reason !== undefined) held[reason] = (held[reason] ?? 0) + 1;
    sums.held = held;
    sums.examples = withFew(sums.examples, changes);
  };
}

function withFew(examples: readonly RowChange[], more: readonly RowChange[]): RowChange[] {
  const kept = [...examples];
  for (const change of more) {
    const alike = kept.filter(({ outcome, reason }) => outcome === change.outcome && reason === change.reason);
    if (alike.length < examplesOfEach) kept.push(change);
  }
  return kept;
}
