/** What is asked before the console is left. Pure. */
import type { Snapshot } from '../../engine/snapshot.ts';
import type { Overlay } from './overlay.ts';

/** How the operator left: `background` wants the syncs to go on without a screen. */
export type Leaving = 'quit' | 'background';

/**
 * Null: nothing stops with the console.
 * @param background the syncs can be handed over to a process without a screen
 */
export function quitOverlay(
  snapshot: Snapshot | null,
  background: boolean,
  leave: (how: Leaving) => void,
): Overlay | null {
  if (snapshot?.owner?.access !== 'own') return null;
  const enabled = snapshot.integrations.filter((view) => view.configured && view.enabled);
  if (background && enabled.length > 0) {
    return {
      kind: 'choice',
      title: 'Quit?',
      detail: `The syncs of ${names(enabled)} run in this console and stop with it, unless a background process takes them over. A page under way is kept either way.`,
      choices: [
        { key: 'n', label: 'Stay here' },
        { key: 'b', label: 'Quit, and go on syncing in the background', run: () => leave('background') },
        { key: 'y', label: 'Quit, and stop syncing until the next start', run: () => leave('quit') },
      ],
    };
  }
  const { running } = snapshot.queue;
  if (running === 0) return null;
  const what = running === 1 ? 'A sync is running' : `${running} syncs are running`;
  const detail = `${what}. The page under way is kept, and the next start goes on from there.`;
  return { kind: 'question', question: { title: 'Quit?', detail }, answer: () => leave('quit') };
}

/** `Halo PSA`, `Halo PSA and Stripe`, `Halo PSA and 2 more`. */
function names(views: readonly { readonly name: string }[]): string {
  const [first, second] = views;
  if (views.length <= 2) return [first?.name, second?.name].filter(Boolean).join(' and ');
  return `${first?.name} and ${views.length - 1} more`;
}
