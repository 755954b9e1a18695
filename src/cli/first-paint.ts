import { catalogue } from '../../connectors/index.ts';
import type { Stored } from '../engine/integrations.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import { viewOf } from '../engine/views.ts';
import type { RecordType } from '../portal/records/index.ts';
import { peekState } from '../state/peek.ts';

type Counts = Partial<Record<RecordType, number>>;

/** What the state file says of the last time, for the first frame: before validator, store and connectors are loaded. */
export function firstPaint(stateFile: string): Snapshot | null {
  const stored = peekState(stateFile)?.integrations ?? {};
  try {
    const integrations = catalogue.map((entry) => {
      const known: Stored | null = stored[entry.id] ?? null;
      return viewOf(entry, known, {
        run: null,
        nextSync: null,
        records: (known?.last.records ?? {}) as Counts,
        issues: known?.last.issues ?? 0,
        leftOut: 0,
        outbox: {},
        credentials: {},
        recentRuns: [],
      });
    });
    return {
      revision: 0,
      integrations,
      totals: atLeast(integrations.map(({ records }) => records)),
      queue: { running: 0, waiting: 0, order: [] },
      owner: null,
      notices: [],
    };
  } catch {
    // The file was read unverified and is not what we write: the engine will say so.
    return null;
  }
}

/** How much of it several integrations share is known to the store alone: there is as much as the one with most has. */
function atLeast(each: readonly Counts[]): Counts {
  const most: Counts = {};
  for (const counts of each) {
    for (const [type, count] of Object.entries(counts) as [RecordType, number][]) {
      most[type] = Math.max(most[type] ?? 0, count);
    }
  }
  return most;
}
