/** What is said without being asked, in the mode of lines: states that changed, and nothing else. Pure. */
import type { IntegrationView, Snapshot } from '../../engine/snapshot.ts';
import { count, counted, relativeTime } from '../../text/format.ts';
import { sanitise } from '../../text/sanitise.ts';
import { recordSum, statusOf } from '../views/status.ts';
import type { Theme } from '../widgets/theme.ts';

/** One integration in a sentence: `Halo PSA: Connected, 12,340 records, 3 sync issues, last sync 4 min ago.` */
export function sentenceOf(view: IntegrationView, now: number, theme: Theme): string {
  const parts = [statusOf(view, theme).word];
  if (view.configured) {
    parts.push(`${count(recordSum(view))} records`);
    if (view.issues > 0) parts.push(counted(view.issues, 'sync issue'));
    parts.push(view.lastSync === null ? 'never synced' : `last sync ${relativeTime(view.lastSync, now)}`);
  }
  const trouble =
    view.configured && view.error !== null ? ` ${sanitise(view.error.cause)} ${sanitise(view.error.fix)}` : '';
  return `${view.name}: ${parts.join(', ')}.${trouble}`;
}

/** A sentence for each integration whose state is another than before, or that has other sync issues. */
export function announcements(before: Snapshot | null, after: Snapshot, now: number, theme: Theme): readonly string[] {
  return after.integrations.flatMap((view) => {
    const known = before?.integrations.find(({ id }) => id === view.id);
    if (known === undefined) return [];
    const same = statusOf(known, theme).word === statusOf(view, theme).word && known.issues === view.issues;
    return same ? [] : [sentenceOf(view, now, theme)];
  });
}
