import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { Condition, RecordQuery, StoredRecord } from '../../src/portal/query.ts';
import { apply, company, gone, open, ticket } from './fixture.ts';

const text = fc.option(fc.constantFrom('a', 'A', 'b', 'Ab', 'a%b', 'a_b', '\\', 'é', ''), { nil: null });
const time = fc.option(fc.constantFrom('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00.5Z'), {
  nil: null,
});
const row = fc.record({
  title: text,
  status: text,
  ticketNumber: text,
  description: text,
  isClosed: fc.option(fc.boolean(), { nil: null }),
  hoursActual: fc.option(fc.constantFrom(-1, 0, 0.5, 10, 9), { nil: null }),
  updatedAt: time,
  isGone: fc.boolean(),
  inSyncro: fc.boolean(),
});
const words = fc.constantFrom('a', 'B', '%', '_', '\\', 'é', 'zz');
const comparison = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constantFrom('title', 'status'), op: comparison, value: words }),
  fc.record({
    field: fc.constant('updatedAt'),
    op: comparison,
    value: fc.constantFrom('2026-02-01T00:00:00Z', '2026-01-15'),
  }),
  fc.record({ field: fc.constant('hoursActual'), op: comparison, value: fc.constantFrom(0, 9, 9.5) }),
  fc.record({ field: fc.constant('isClosed'), op: fc.constantFrom('=', '!='), value: fc.boolean() }),
  fc.record({
    field: fc.constantFrom('title', 'isClosed', 'hoursActual'),
    op: fc.constantFrom('=', '!='),
    value: fc.constant(null),
  }),
  fc.record({
    field: fc.constantFrom('title', 'description'),
    op: fc.constantFrom('contains', '!contains'),
    value: words,
  }),
  fc.record({ op: fc.constantFrom('text', '!text'), value: words }),
);
const query = fc.record({
  type: fc.constant('tickets' as const),
  where: fc.array(condition, { maxLength: 2 }),
  sort: fc.record({
    field: fc.constantFrom('title', 'status', 'isClosed', 'hoursActual', 'updatedAt', 'id'),
    descending: fc.boolean(),
  }),
  limit: fc.integer({ min: 1, max: 5 }),
  includeGone: fc.boolean(),
  integration: fc.constantFrom(undefined, 'halo-psa', 'syncro'),
});

/** The rules again, over a plain array. */
const lower = (value: unknown) => (typeof value === 'string' ? value.replace(/[A-Z]/g, (c) => c.toLowerCase()) : value);
function order(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  const [x, y] = [lower(a), lower(b)];
  if (typeof x === 'string' && typeof y === 'string') return Buffer.compare(Buffer.from(x), Buffer.from(y));
  return Number(x) - Number(y);
}
function holds(record: StoredRecord, rule: Condition): boolean {
  const contains = (field: string, part: string) => String(lower(record[field] ?? '')).includes(String(lower(part)));
  if (!('field' in rule)) {
    const found = ['title', 'status', 'ticketNumber'].some((field) => contains(field, rule.value));
    return found === (rule.op === 'text');
  }
  if (rule.op === 'contains' || rule.op === '!contains')
    return contains(rule.field, rule.value) === (rule.op === 'contains');
  const value = record[rule.field];
  if (rule.op === '=') return order(value, rule.value) === 0;
  if (rule.op === '!=') return order(value, rule.value) !== 0;
  if (value === null) return false;
  const sign = order(value, rule.value);
  return { '<': sign < 0, '<=': sign <= 0, '>': sign > 0, '>=': sign >= 0 }[rule.op];
}

test('filter, sort, count and paging agree with a plain array', () => {
  const portal = open();
  let round = 0;
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.array(query, { minLength: 1, maxLength: 8 }), (rows, queries) => {
      round += 1;
      // One file for all rounds; each has its own company, and every query is confined to it.
      apply(portal, 'companies', [company(`c${round}`, { name: `c${round}` })]);
      apply(portal, 'companies', [company(`c${round}`, { name: `c${round}` })], { integration: 'syncro' });
      const home = new Map<unknown, { isGone: boolean; integration: string }>();
      rows.forEach(({ isGone, inSyncro, ...fields }, n) => {
        const integration = inSyncro ? 'syncro' : 'halo-psa';
        const externalId = `${round}-${n}`;
        const items: SourceItem[] = [ticket(externalId, { ...fields, companyExternalId: `c${round}` })];
        if (isGone) items.push(gone(externalId));
        apply(portal, 'tickets', items, { integration });
        home.set(externalId, { isGone, integration });
      });
      const mine: Condition = { field: 'companyExternalId', op: '=', value: `c${round}` };
      const all = portal.query({ type: 'tickets', where: [mine], includeGone: true, limit: 100 }).records;
      expect(all).toHaveLength(rows.length);

      for (const { integration, ...asked } of queries) {
        const request: RecordQuery = {
          ...asked,
          where: [mine, ...asked.where],
          ...(integration === undefined ? {} : { integration }),
        };
        const { field, descending } = asked.sort;
        const wanted = all
          .filter((record) => asked.includeGone || !home.get(record.externalId)!.isGone)
          .filter((record) => integration === undefined || home.get(record.externalId)!.integration === integration)
          .filter((record) => asked.where.every((rule) => holds(record, rule)))
          .sort((a, b) => (order(a[field], b[field]) || order(a.id, b.id)) * (descending ? -1 : 1));

        const paged: StoredRecord[] = [];
        let after: string | null = null;
        do {
          const page = portal.query({ ...request, after });
          paged.push(...page.records);
          after = page.next;
          if (after !== null) expect(page.records).toHaveLength(asked.limit);
        } while (after !== null);
        expect(paged).toEqual(wanted);
        expect(portal.count(request)).toBe(wanted.length);
      }
    }),
    { numRuns: 60 },
  );
  expect(portal.verify()).toEqual([]);
});

test('in a large type too, whether a condition is common, rare, far away or never true', () => {
  const portal = open();
  const size = 21_000;
  const name = (n: number) => String(n).padStart(5, '0');
  const cities = (n: number) => (n >= 20_000 ? 'Far' : n % 2 === 0 ? 'Half' : n % 3_000 === 1 ? 'Rare' : null);
  const all = Array.from({ length: size }, (_, n) => ({ name: name(n), city: cities(n) }));
  apply(
    portal,
    'companies',
    all.map((fields) => company(fields.name, fields)),
  );
  apply(portal, 'companies', [company('only', { name: 'zz only', city: 'Half' })], { integration: 'syncro' });

  const everywhere = [...all, { name: 'zz only', city: 'Half' }];
  for (const city of ['Half', 'Rare', 'Far', 'Nowhere']) {
    for (const descending of [false, true]) {
      for (const [integration, rows] of [
        [undefined, everywhere],
        ['halo-psa', all],
        ['syncro', everywhere.slice(-1)],
      ] as const) {
        const wanted = rows.filter((row) => row.city === city).map((row) => row.name);
        if (descending) wanted.reverse();
        const request: RecordQuery = {
          type: 'companies',
          where: [{ field: 'city', op: '=', value: city }],
          sort: { field: 'name', descending },
          limit: 7,
          ...(integration === undefined ? {} : { integration }),
        };
        const first = portal.query(request);
        const second = portal.query({ ...request, after: first.next });
        const found = first.next === null ? first.records : [...first.records, ...second.records];
        expect(found.map((record) => record.name)).toEqual(wanted.slice(0, 14));
        expect(portal.count(request)).toBe(wanted.length);
      }
    }
  }
});

test('rows that come and go between two pages neither double nor hide the others', () => {
  const portal = open();
  const named = (...names: string[]) => names.map((name) => company(name, { name }));
  apply(portal, 'companies', named('b', 'd', 'f', 'h'));
  const first = portal.query({ type: 'companies', limit: 2 });
  apply(portal, 'companies', [...named('a', 'e'), gone('d')]);
  const second = portal.query({ type: 'companies', limit: 2, after: first.next });
  expect([...first.records, ...second.records].map((record) => record.name)).toEqual(['b', 'd', 'e', 'f']);
});

test('numbers written as text sort as numbers, both ways and across pages; what is none comes before, blanks first', () => {
  const portal = open();
  const numbers = [null, 'T-7', '9', '10', '100', '0099'];
  apply(portal, 'companies', [company('c', { name: 'c' })]);
  apply(
    portal,
    'tickets',
    numbers.map((ticketNumber, n) => ticket(`t${n}`, { ticketNumber, companyExternalId: 'c' })),
  );
  const read = (descending: boolean) => {
    const found: unknown[] = [];
    let after: string | null = null;
    do {
      const page = portal.query({
        type: 'tickets',
        sort: { field: 'ticketNumber', descending },
        limit: 2,
        after,
      });
      found.push(...page.records.map((record) => record.ticketNumber));
      after = page.next;
    } while (after !== null);
    return found;
  };
  const wanted = [null, 'T-7', '9', '10', '0099', '100'];
  expect(read(false)).toEqual(wanted);
  expect(read(true)).toEqual(wanted.toReversed());
});
