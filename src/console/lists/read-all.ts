import type { Engine } from '../../engine/engine.ts';
import type { RecordQuery, StoredRecord } from '../../portal/query.ts';

/** All records of a query, a page at a time; no more than `most`. */
export async function readAll(engine: Engine, query: RecordQuery, most: number): Promise<readonly StoredRecord[]> {
  const found: StoredRecord[] = [];
  let after: string | null = null;
  do {
    const page = await engine.records({ ...query, limit: Math.min(500, most - found.length), after });
    found.push(...page.records);
    after = page.next;
  } while (after !== null && found.length < most);
  return found;
}

export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
