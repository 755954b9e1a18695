/** The state of an integration in glyph, word and colour: each says it alone. */
import type { IntegrationView, RunProgress } from '../../engine/snapshot.ts';
import type { RunStatus } from '../../portal/run.ts';
import { type StatusLook, statusLook } from '../widgets/status-look.ts';
import type { Theme } from '../widgets/theme.ts';
import type { Line } from './lines.tsx';

/** The four states, and what an operator wants to tell apart within them. */
export function statusOf(view: IntegrationView, theme: Theme): StatusLook {
  const { glyph, style } = theme;
  const look = statusLook(view.status, theme);
  if (!view.available) return { glyph: glyph.pending, word: 'Coming', style: style.muted };
  if (view.run?.phase === 'waiting') return { ...look, glyph: glyph.pending, word: 'Queued' };
  if (view.run?.phase === 'cancelling') return { ...look, word: 'Stopping' };
  if (view.status === 'connected' && !view.enabled)
    return { glyph: glyph.disconnected, word: 'Connected, off', style: style.muted };
  // Never set up is nothing to worry about; credentials that are gone are.
  if (view.status === 'disconnected' && view.configured && view.error !== null)
    return { ...look, style: style.warning };
  return look;
}

export function runStatusOf(status: RunStatus, { glyph, style }: Theme): StatusLook {
  const looks: Readonly<Record<RunStatus, StatusLook>> = {
    succeeded: { glyph: glyph.passed, word: 'Succeeded', style: style.success },
    failed: { glyph: glyph.failed, word: 'Failed', style: style.danger },
    cancelled: { glyph: glyph.untested, word: 'Cancelled', style: style.muted },
    interrupted: { glyph: glyph.warning, word: 'Interrupted', style: style.warning },
    running: { glyph: glyph.syncing, word: 'Running', style: style.active },
  };
  return looks[status];
}

/** One glyph for each of the last runs, newest last. */
export function runStrip(runs: readonly RunStatus[], theme: Theme): Line {
  return runs.map((status) => {
    const { glyph: text, style } = runStatusOf(status, theme);
    return { text, style };
  });
}

export const recordSum = (view: IntegrationView): number =>
  Object.values(view.records).reduce((sum, value) => sum + (value ?? 0), 0);

/** How far a run is over all its types; `total` null while a type that is not done does not tell how many there are. */
export function overall(run: RunProgress): { readonly read: number; readonly total: number | null } {
  let read = 0;
  let total: number | null = 0;
  for (const type of Object.values(run.types)) {
    if (type === undefined || type.state === 'skipped') continue;
    read += type.read;
    const most = type.total ?? (type.state === 'done' ? type.read : null);
    total = total === null || most === null ? null : total + Math.max(most, type.read);
  }
  return { read, total: total === 0 ? null : total };
}
