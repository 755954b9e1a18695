/** How the state of integrations is printed, by `status` and by every command that changes it. */
import type { IntegrationStatus, IntegrationView } from '../engine/snapshot.ts';
import { labelOf, recordTypeNames } from '../portal/records/names.ts';
import { count, relativeTime } from '../text/format.ts';
import { columns } from './columns.ts';
import { plain, print, printJson } from './output.ts';

const words: Readonly<Record<IntegrationStatus, string>> = {
  connected: 'Connected',
  disconnected: 'Disconnected',
  error: 'Error',
  syncing: 'Syncing',
};

export function printStatus(views: readonly IntegrationView[], { json }: { json: boolean }): void {
  if (json) printJson({ integrations: views.map(statusJson) });
  else print(statusTable(views));
}

/** The stable shape of `--json`. */
export function statusJson(view: IntegrationView) {
  return {
    id: view.id,
    status: view.status,
    enabled: view.enabled,
    lastSync: view.lastSync,
    nextSync: view.nextSync,
    records: view.records,
    issues: view.issues,
    leftOut: view.leftOut,
    error: view.error && { code: view.error.code, cause: view.error.cause, fix: view.error.fix },
  };
}

function statusTable(views: readonly IntegrationView[]): string {
  const now = Date.now();
  const rows = views.map((view) => [
    view.id,
    state(view),
    recordCounts(view.records),
    view.issues > 0 ? count(view.issues) : '',
    view.lastSync ? relativeTime(view.lastSync, now) : '',
    view.nextSync ? relativeTime(view.nextSync, now) : '',
  ]);
  const lines = columns([['INTEGRATION', 'STATE', 'RECORDS', 'ISSUES', 'LAST SYNC', 'NEXT SYNC'], ...rows]);
  const errors = views.flatMap((view) =>
    view.error ? ['', `${view.name}: ${plain(view.error.cause)}`, plain(view.error.fix)] : [],
  );
  const nothing = views.some((view) => view.configured)
    ? []
    : ['', 'Nothing is connected yet. Begin with: msportal guide ID, then msportal connect ID --credentials FILE'];
  return [...lines, ...errors, ...nothing].join('\n');
}

function state(view: IntegrationView): string {
  if (!view.available) return 'coming';
  return view.configured && !view.enabled ? `${words[view.status]} (disabled)` : words[view.status];
}

/** "12 companies, 340 contacts" */
export function recordCounts(records: IntegrationView['records']): string {
  return recordTypeNames
    .flatMap((type) => (records[type] ? [`${count(records[type])} ${labelOf(type).toLowerCase()}`] : []))
    .join(', ');
}
