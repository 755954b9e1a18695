/** What of a change of state is worth telling somebody who does not look at the screen. Pure. */
import type { Failure } from '../connector/errors.ts';
import type { IntegrationView, Snapshot } from '../engine/snapshot.ts';

export type NoticeEvent = 'error' | 'disconnected' | 'recovered' | 'behind';

export interface StateNotice {
  readonly event: NoticeEvent;
  readonly integration: { readonly id: string; readonly name: string };
  /** One plain sentence. */
  readonly message: string;
  readonly error: Failure | null;
  /** End of the last successful run, ISO. */
  readonly lastSync: string | null;
}

/** How one integration was told to stand. */
type Told = 'well' | 'error' | 'disconnected' | 'behind';

/** So many intervals without a success is behind. */
const intervals = 3;

/** Remembers what was told, so that a state is told when it comes and not at every run. */
export class Transitions {
  readonly #told = new Map<string, Told>();

  /** What is news since the last time. The first look is where news are counted from. */
  next(snapshot: Snapshot, now: number): StateNotice[] {
    return snapshot.integrations.flatMap((view) => {
      const before = this.#told.get(view.id);
      const is = standing(view, before, now);
      if (is === null) return [];
      this.#told.set(view.id, is);
      return before === undefined || before === is ? [] : [noticeOf(view, is)];
    });
  }
}

/** Null: nothing is known that could be told. */
function standing(view: IntegrationView, before: Told | undefined, now: number): Told | null {
  // Under way, it stands as it stood; but a run that hangs does not keep it from falling behind.
  if (view.status === 'syncing') return isBehind(view, now) && before === 'well' ? 'behind' : (before ?? null);
  if (view.status === 'error') return 'error';
  // One that never was connected has nothing to tell.
  if (view.status === 'disconnected') return view.configured || before !== undefined ? 'disconnected' : null;
  return isBehind(view, now) ? 'behind' : 'well';
}

function isBehind({ enabled, lastSync, intervalMinutes }: IntegrationView, now: number): boolean {
  return enabled && lastSync !== null && now - Date.parse(lastSync) > intervals * intervalMinutes * 60_000;
}

function noticeOf(view: IntegrationView, is: Told): StateNotice {
  const { id, name, error, lastSync, intervalMinutes } = view;
  const about = { integration: { id, name }, error, lastSync };
  switch (is) {
    case 'well':
      return { event: 'recovered', ...about, message: `${name} syncs again.` };
    case 'behind':
      return {
        event: 'behind',
        ...about,
        message: `${name} has not synced for more than ${intervals} intervals of ${intervalMinutes} minutes.`,
      };
    case 'error':
      return { event: 'error', ...about, message: `${name} does not sync: ${error?.cause ?? 'the last run failed.'}` };
    case 'disconnected':
      return {
        event: 'disconnected',
        ...about,
        message: `${name} is disconnected: ${error?.cause ?? 'it has no credentials.'}`,
      };
  }
}
