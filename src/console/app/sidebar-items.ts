/** What stands in the sidebar, for any height. Pure. */
import type { Place } from '../../commands/place.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import { familyOf, recordFamilies } from '../../portal/records/families.ts';
import { labelOf, type RecordType } from '../../portal/records/names.ts';
import { count } from '../../text/format.ts';

export interface Item {
  readonly kind: 'entry' | 'family' | 'type' | 'gap';
  readonly label: string;
  readonly figure: string;
  /** The key that goes there; empty: none. */
  readonly key: string;
  readonly current: boolean;
}

/**
 * The entries that are always there come first, so that nothing pushes them out. Below them the types that have records,
 * by family; where that is too long, only the family one is in is unfolded, and it shows what is around the current type.
 */
export function sidebarItems(snapshot: Snapshot | null, place: Place, height: number): readonly Item[] {
  const fixed = entries(snapshot, place);
  const room = height - fixed.length - 1;
  const totals = snapshot?.totals ?? {};
  const families = recordFamilies.flatMap(({ label, types }) => {
    const filled = types.filter((type) => (totals[type] ?? 0) > 0);
    return filled.length === 0 ? [] : [{ label, types: filled }];
  });
  const unfolded = families.reduce((sum, { types }) => sum + 1 + types.length, 0) <= room;
  const here = place.view === 'records' ? familyOf(place.type).label : (families[0]?.label ?? '');
  const spare = Math.max(0, room - families.length);
  const rows = families.flatMap(({ label, types }): Item[] => {
    const open = unfolded || label === here;
    const sum = types.reduce((all, type) => all + (totals[type] ?? 0), 0);
    const shown = unfolded ? types : around(types, place, spare);
    const family: Item = { kind: 'family', label, figure: open ? '' : count(sum), key: '', current: false };
    return [family, ...(open ? shown.map((type) => typeItem(type, totals, place)) : [])];
  });
  return rows.length === 0 || room < 2 ? fixed : [...fixed, gap, ...rows.slice(0, room)];
}

const gap: Item = { kind: 'gap', label: '', figure: '', key: '', current: false };

function entries(snapshot: Snapshot | null, place: Place): readonly Item[] {
  const integrations = snapshot?.integrations ?? [];
  const connected = integrations.filter(({ configured }) => configured).length;
  const issues = integrations.reduce((sum, view) => sum + view.issues, 0);
  const { running = 0, waiting = 0 } = snapshot?.queue ?? {};
  const busy = running + waiting;
  const changes = integrations.reduce(
    (sum, { outbox }) => sum + Object.values(outbox).reduce((all, each) => all + (each ?? 0), 0),
    0,
  );
  const entry = (key: string, label: string, figure: string, ...views: readonly Place['view'][]): Item => ({
    kind: 'entry',
    key,
    label,
    figure,
    current: views.includes(place.view),
  });
  return [
    entry('I', 'Integrations', String(connected), 'integrations', 'integration', 'wizard', 'guide'),
    entry('A', 'Activity', busy === 0 ? '' : count(busy), 'activity'),
    entry('U', 'Sync issues', count(issues), 'issues'),
    ...(changes > 0 ? [entry('P', 'Outbox', count(changes), 'outbox')] : []),
    entry('L', 'Log', '', 'logs'),
    entry(',', 'Settings', '', 'settings'),
    entry('R', 'Records', '', 'records', 'company', 'score'),
    ...((snapshot?.totals.invoices ?? 0) > 0 ? [entry('B', 'Billing', '', 'billing')] : []),
  ];
}

function typeItem(type: RecordType, totals: Snapshot['totals'], place: Place): Item {
  const current = place.view === 'records' && place.type === type;
  return { kind: 'type', label: labelOf(type), figure: count(totals[type] ?? 0), key: '', current };
}

/** As many as there is room for, the current one among them. */
function around(types: readonly RecordType[], place: Place, room: number): readonly RecordType[] {
  const at = place.view === 'records' ? Math.max(0, types.indexOf(place.type)) : 0;
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), types.length - room));
  return types.slice(from, from + room);
}
