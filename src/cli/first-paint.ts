import { catalogue } from '../../connectors/index.ts';
import type { Stored } from '../engine/integrations.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import { viewOf } from '../engine/views.ts';
import type { RecordType } from '../portal/records/index.ts';
import { peekState } from '../state/peek.ts';

/** What the state file says of the last time, for the first frame: before validator, store and connectors are loaded. */
export function firstPaint(stateFile: string): Snapshot | null {
  const stored = peekState(stateFile)?.integrations ?? {};
  try {
    return {
      revision: 0,
      integrations: catalogue.map((entry) => {
        const known: Stored | null = stored[entry.id] ?? null;
        return viewOf(entry, known, {
          run: null,
          nextSync: null,
          records: (known?.last.records ?? {}) as Partial<Record<RecordType, number>>,
          issues: known?.last.issues ?? 0,
          outbox: {},
          credentials: {},
          recentRuns: [],
        });
      }),
      queue: { running: 0, waiting: 0 },
      owner: null,
      notices: [],
    };
  } catch {
    // The file was read unverified and is not what we write: the engine will say so.
    return null;
  }
}
