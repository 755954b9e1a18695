/**
 * Goes through all records of a type twice: first only counts keys, in a table of fixed size; then keeps the rows whose key
 * came more than once. So a million records need some 16 MB and a few seconds, and the event loop gets its turn between pages.
 */
import type { PortalReader } from '../../portal/portal.ts';
import type { ScannedRow } from '../../portal/query.ts';
import type { DuplicateGroup, DuplicateRecord, Duplicates, DuplicateType } from './duplicate.ts';
import { crowd, type Key, nearMs, rules } from './rules.ts';

const pageRows = 1000;
/** A power of two. Keys that meet here by chance are told apart in the second pass. */
const slots = 1 << 24;

interface Member {
  readonly row: ScannedRow;
  readonly key: Key;
}

export async function findDuplicates(
  reader: Pick<PortalReader, 'scan'>,
  type: DuplicateType,
  options: { signal: AbortSignal; limit?: number },
): Promise<Duplicates> {
  const { keys } = rules[type];
  const counts = new Uint8Array(slots);
  let compared = 0;
  for await (const row of rowsOf(reader, type, options.signal)) {
    compared += 1;
    for (const { value } of keys(row)) {
      const slot = slotOf(value);
      if ((counts[slot] ?? 0) < 2) counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  const byKey = new Map<string, Member[]>();
  for await (const row of rowsOf(reader, type, options.signal)) {
    for (const key of keys(row)) {
      if ((counts[slotOf(key.value)] ?? 0) < 2) continue;
      const members = byKey.get(key.value);
      if (members === undefined) byKey.set(key.value, [{ row, key }]);
      else if (members.length <= crowd) members.push({ row, key });
    }
  }
  const groups = joined(type, [...byKey.values()].flatMap(near).filter(isGroup));
  const limit = options.limit ?? 1000;
  return { groups: groups.slice(0, limit), more: Math.max(0, groups.length - limit), compared };
}

async function* rowsOf(reader: Pick<PortalReader, 'scan'>, type: DuplicateType, signal: AbortSignal) {
  let after: string | null = null;
  for (;;) {
    const page: ScannedRow[] = reader.scan(type, rules[type].fields, after, pageRows);
    yield* page;
    if (page.length < pageRows) return;
    after = page.at(-1)?.id as string;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}

/** FNV-1a. */
function slotOf(value: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < value.length; at += 1) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193);
  return (hash >>> 0) & (slots - 1);
}

const isGroup = (members: readonly Member[]) => members.length > 1 && members.length <= crowd;

/** Members with a time are cut apart where the next one is too far away. */
function near(members: readonly Member[]): (readonly Member[])[] {
  if (members[0]?.key.at === undefined) return [members];
  const inTime = [...members].sort((a, b) => (a.key.at ?? 0) - (b.key.at ?? 0));
  const parts: Member[][] = [];
  for (const member of inTime) {
    const last = parts.at(-1);
    const first = last?.[0]?.key.at;
    if (last !== undefined && first !== undefined && (member.key.at ?? 0) - first <= nearMs) last.push(member);
    else parts.push([member]);
  }
  return parts;
}

/** Groups that share a record are one; two independent reasons make it likelier. */
function joined(type: DuplicateType, groups: readonly (readonly Member[])[]): DuplicateGroup[] {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    while (parents.get(root) !== undefined && parents.get(root) !== root) root = parents.get(root) as string;
    parents.set(id, root);
    return root;
  };
  for (const [first, ...others] of groups) {
    if (first === undefined) continue;
    for (const { row } of others) parents.set(rootOf(row.id as string), rootOf(first.row.id as string));
  }
  const sets = new Map<string, { rows: Map<string, ScannedRow>; keys: Map<string, Key> }>();
  for (const members of groups) {
    for (const { row, key } of members) {
      const root = rootOf(row.id as string);
      const set = sets.get(root) ?? { rows: new Map(), keys: new Map() };
      set.rows.set(row.id as string, row);
      set.keys.set(key.value, key);
      sets.set(root, set);
    }
  }
  return [...sets.values()]
    .map(({ rows, keys }) => ({
      type,
      confidence: together([...keys.values()]),
      reasons: [...new Set([...keys.values()].map(({ reason }) => reason))],
      records: [...rows.values()].map((row) => recordOf(type, row)).sort(byLabel),
    }))
    .sort((a, b) => b.confidence - a.confidence || byLabel(a.records[0]!, b.records[0]!));
}

/** As if the kinds of keys were independent: 0.8 and 0.5 make 0.9. */
function together(keys: readonly Key[]): number {
  const best = new Map<string, number>();
  for (const { value, confidence } of keys) {
    const kind = value.slice(0, value.indexOf(' '));
    best.set(kind, Math.max(best.get(kind) ?? 0, confidence));
  }
  const doubt = [...best.values()].reduce((rest, confidence) => rest * (1 - confidence), 1);
  return Math.round((1 - doubt) * 100) / 100;
}

function recordOf(type: DuplicateType, row: ScannedRow): DuplicateRecord {
  const parts = rules[type].title.map((field) => row[field]).filter((part) => part !== null && part !== '');
  const { provider, externalId } = row;
  return {
    id: String(row.id),
    label: parts.length > 0 ? parts.join(' ') : String(row.id),
    integration: provider === null || provider === undefined ? null : String(provider),
    externalId: externalId === null || externalId === undefined ? null : String(externalId),
  };
}

const byLabel = (a: DuplicateRecord, b: DuplicateRecord) =>
  a.label < b.label ? -1 : a.label > b.label ? 1 : a.id < b.id ? -1 : 1;
