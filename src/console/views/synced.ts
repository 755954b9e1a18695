import type { Snapshot } from '../../engine/snapshot.ts';

/** Changes when a run has ended: views over records read them again then, and not at every step of a run. */
export const synced = (snapshot: Snapshot | null): string =>
  snapshot?.integrations.map((view) => view.lastSync).join() ?? '';
