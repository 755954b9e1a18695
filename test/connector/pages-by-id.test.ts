import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedPagesById } from '../../src/connector/counted-pages.ts';
import { Malformed } from '../../src/connector/errors.ts';
import { pagesById } from '../../src/connector/pages-by-id.ts';
import type { RowPage } from '../../src/connector/paging.ts';

interface Row {
  id: number;
}

/** A vendor's table that changes after each request: rows vanish, rows appear at the end or in between. */
class Table {
  rows: Row[];
  requests = 0;
  /** Pages begin with the last row of the page before, and have their own last row twice. */
  repeats = false;
  /** The answer to this request, counted from 1, is that of the one before. */
  stale = 0;
  #before: { rows: Row[]; total: number } | null = null;
  readonly #changes: Change[];
  /** Never given twice, like a vendor's. */
  #newest: number;
  constructor(count: number, changes: Change[] = []) {
    this.rows = Array.from({ length: count }, (_, index) => ({ id: (index + 1) * 10 }));
    this.#changes = [...changes];
    this.#newest = count * 10;
  }
  slice(start: number, size: number): { rows: Row[]; total: number } {
    this.requests += 1;
    const answer = { rows: this.#page(start, start + size), total: this.rows.length };
    const given = this.#before !== null && this.stale === this.requests ? this.#before : answer;
    this.#before = answer;
    const change = this.#changes.shift();
    for (const share of change?.remove ?? []) this.rows.splice(Math.floor(share * this.rows.length), 1);
    for (let count = change?.append ?? 0; count > 0; count -= 1) {
      this.#newest += 10;
      this.rows.push({ id: this.#newest });
    }
    for (const share of change?.insert ?? []) {
      const index = Math.floor(share * this.rows.length);
      const before = this.rows[index - 1]?.id ?? 0;
      const after = this.rows[index]?.id ?? before + 10;
      if (after - before > 1) this.rows.splice(index, 0, { id: before + 1 });
    }
    return given;
  }

  #page(start: number, end: number): Row[] {
    if (!this.repeats) return this.rows.slice(start, end);
    const rows = this.rows.slice(Math.max(0, start - 1), end);
    return [...rows, ...rows.slice(-1)];
  }
}

interface Change {
  remove: number[];
  append: number;
  insert: number[];
}

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const changes = fc.array(
  fc.record({
    remove: fc.array(share, { maxLength: 30 }),
    append: fc.nat({ max: 30 }),
    insert: fc.array(share, { maxLength: 5 }),
  }),
  { maxLength: 12 },
);

interface Reader {
  read(table: Table, size: number, cap: number, position: RowPage<Row>['next']): AsyncGenerator<RowPage<Row>>;
  /** Most requests for 200 pages in which nothing moves. */
  most: number;
  /** Reads once more, and gives rows again, when the sums do not add up. */
  again?: boolean;
  /** Rows may come back in the middle of the list. */
  middle: boolean;
}

const readers: Record<string, Reader> = {
  pages: {
    most: 235,
    middle: true,
    read: (table, size, cap, position) =>
      pagesById<Row>({
        size,
        position,
        id: (row) => row.id,
        fetch: async (page, asked) => table.slice((page - 1) * Math.min(asked, cap), Math.min(asked, cap)),
      }),
  },
  counted: {
    most: 202,
    again: true,
    middle: false,
    read: (table, size, cap, position) =>
      countedPagesById<Row>({
        size,
        position,
        id: (row) => row.id,
        fetch: async (page, asked) => table.slice((page - 1) * Math.min(asked, cap), Math.min(asked, cap)),
        newest: async () => {
          const id = table.rows.at(-1)?.id ?? null;
          return { id, total: table.slice(0, 1).total };
        },
      }),
  },
};

describe.each(Object.entries(readers))('%s in the order of ids', (_name, reader) => {
  it('delivers every row that is there throughout, exactly once, through deletions, insertions and interruptions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 20, max: 50 }),
        fc.integer({ min: 20, max: 60 }),
        changes,
        fc.boolean(),
        fc.boolean(),
        async (count, size, cap, planned, interrupted, repeats) => {
          const table = new Table(count, reader.middle ? planned : planned.map((each) => ({ ...each, insert: [] })));
          table.repeats = repeats;
          const throughout = new Set(table.rows.map((row) => row.id));
          const survive = () => {
            const there = new Set(table.rows.map((row) => row.id));
            for (const id of throughout) if (!there.has(id)) throughout.delete(id);
          };
          const delivered: number[] = [];
          let position: RowPage<Row>['next'] = null;
          do {
            for await (const page of reader.read(table, size, cap, position)) {
              delivered.push(...page.rows.map((row) => row.id));
              position = page.next;
              if (interrupted) break;
            }
          } while (position !== null);
          survive();
          if (!reader.again) expect(new Set(delivered).size).toBe(delivered.length);
          const missed = [...throughout].filter((id) => !delivered.includes(id));
          expect(missed).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('needs few more requests than pages when nothing moves', async () => {
    const table = new Table(20_000);
    let read = 0;
    for await (const page of reader.read(table, 100, 100, null)) read += page.rows.length;
    expect(read).toBe(20_000);
    expect(table.requests).toBeLessThanOrEqual(reader.most);
  });

  it('finds one deletion hidden behind one new row, which leaves the total as it was', async () => {
    const table = new Table(100, [{ remove: [0], append: 1, insert: [] }]);
    const expected = table.rows.map((row) => row.id);
    const delivered: number[] = [];
    for await (const page of reader.read(table, 50, 50, null)) delivered.push(...page.rows.map((row) => row.id));
    const stillThere = new Set(table.rows.map((row) => row.id));
    expect(delivered).toEqual(expect.arrayContaining(expected.filter((id) => stillThere.has(id))));
  });
});

it('a page that is answered with the one before it leaves no gap', async () => {
  for (let stale = 4; stale <= 7; stale += 1) {
    const table = new Table(250);
    table.stale = stale;
    const delivered = new Set<number>();
    for await (const page of readers.counted!.read(table, 50, 50, null)) {
      for (const { id } of page.rows) delivered.add(id);
    }
    expect(delivered.size, `answer ${stale}`).toBe(250);
  }
});

describe('a vendor that does not do as asked', () => {
  it('is found out when it ignores the order', async () => {
    const shuffled = [{ id: 3 }, { id: 1 }, { id: 2 }];
    const pages = pagesById<Row>({
      size: 20,
      position: null,
      id: (row) => row.id,
      fetch: async () => ({ rows: shuffled, total: 3 }),
    });
    await expect(pages.next()).rejects.toThrow(Malformed);
  });

  it('cannot keep us reading for ever', async () => {
    let id = 20;
    const nextId = () => {
      id += 1;
      return id;
    };
    const fetch = async (page: number) => ({
      rows: Array.from({ length: 20 }, (_, index) => ({ id: page === 1 ? index + 1 : nextId() })),
      total: 1_000_000,
    });
    const pages = pagesById<Row>({ size: 20, position: null, id: (row) => row.id, fetch });
    await pages.next();
    await expect(pages.next()).rejects.toThrow(/without gaps/);
  });
});
