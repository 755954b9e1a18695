/**
 * The state of the integrations as a monitoring plugin tells it: one line, `|`, performance data; 0 OK, 1 WARNING,
 * 2 CRITICAL, 3 UNKNOWN. https://nagios-plugins.org/doc/guidelines.html
 */
import type { IntegrationView, Snapshot } from '../engine/snapshot.ts';
import { duration } from '../text/format.ts';

export const healthCodes = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;
export type Health = keyof typeof healthCodes;

export interface HealthReport {
  readonly status: Health;
  /** Without the performance data. */
  readonly text: string;
  readonly integrations: readonly { readonly id: string; readonly status: Health; readonly why: string }[];
  readonly perfdata: readonly string[];
}

/** A sync that is this many intervals late is a warning, or critical. */
const late = { warning: 3, critical: 12 } as const;

/** @param only the integration that was asked for */
export function healthOf(snapshot: Snapshot, now: number, only?: string): HealthReport {
  const views = snapshot.integrations.filter((view) => (only === undefined ? view.configured : view.id === only));
  const integrations = views.map((view) => ({ id: view.id, ...judge(view, now) }));
  const nobody = snapshot.owner === null && views.some(({ enabled }) => enabled);
  if (integrations.length === 0) {
    return { status: 'UNKNOWN', text: 'no integration is connected', integrations, perfdata: [] };
  }
  const worst = (['CRITICAL', 'WARNING', 'UNKNOWN', 'OK'] as const).find((status) =>
    integrations.some((each) => each.status === status),
  )!;
  const status = nobody && worst !== 'CRITICAL' ? 'CRITICAL' : worst;
  const bad = integrations.filter((each) => each.status !== 'OK');
  const told = [
    ...(nobody ? ['no process runs the syncs'] : []),
    ...bad.map(({ id, why }) => `${id}: ${why}`),
    ...(bad.length === 0 ? [`${integrations.length} in sync`] : []),
  ];
  return { status, text: told.join('; '), integrations, perfdata: views.flatMap((view) => figures(view, now)) };
}

/** One line; `|` would begin the performance data, and a line break would end the status. */
export function healthLine({ status, text, perfdata }: HealthReport): string {
  const clean = text.replace(/[|\s]+/g, ' ');
  return `MSPORTAL ${status} - ${clean}${perfdata.length === 0 ? '' : ` | ${perfdata.join(' ')}`}`;
}

function judge(view: IntegrationView, now: number): { status: Health; why: string } {
  if (!view.available) return { status: 'UNKNOWN', why: 'is not in this version' };
  if (!view.configured) return { status: 'CRITICAL', why: 'not connected' };
  if (!view.enabled) return { status: 'OK', why: 'disabled' };
  if (view.status === 'disconnected')
    return { status: 'CRITICAL', why: `disconnected: ${view.error?.cause ?? 'no reason told'}` };
  if (view.status === 'error') return { status: 'CRITICAL', why: view.error?.cause ?? 'error' };
  if (view.lastSync === null) return { status: 'WARNING', why: 'never synced yet' };
  const age = now - Date.parse(view.lastSync);
  const interval = view.intervalMinutes * 60_000;
  const why = `last sync ${duration(age)} ago, should be every ${view.intervalMinutes} min`;
  if (age > late.critical * interval) return { status: 'CRITICAL', why };
  return age > late.warning * interval ? { status: 'WARNING', why } : { status: 'OK', why: 'in sync' };
}

/** `'label'=value[unit];warning;critical;minimum` */
function figures(view: IntegrationView, now: number): string[] {
  const seconds = view.intervalMinutes * 60;
  const age = view.lastSync === null ? 'U' : `${Math.max(0, Math.round((now - Date.parse(view.lastSync)) / 1000))}s`;
  const records = Object.values(view.records).reduce((sum, n) => sum + n, 0);
  return [
    `'${view.id} age'=${age};${late.warning * seconds};${late.critical * seconds};0`,
    `'${view.id} issues'=${view.issues};;;0`,
    `'${view.id} records'=${records};;;0`,
  ];
}
