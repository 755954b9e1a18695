import { describe, expect, it } from 'vitest';
import type { Position } from '../../src/connector/contract.ts';
import { Malformed } from '../../src/connector/errors.ts';
import type { HttpRequest } from '../../src/connector/http.ts';
import { afterKey, byCursor, byLink, byPageCount, nextLink, type RowPage } from '../../src/connector/paging.ts';

async function all<R>(pages: AsyncIterable<RowPage<R>>): Promise<R[]> {
  const rows: R[] = [];
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}

describe('cursors', () => {
  const answers: Record<string, { rows: number[]; next: string | null }> = {
    start: { rows: [1, 2], next: 'b' },
    b: { rows: [], next: 'c' },
    c: { rows: [3], next: null },
  };
  const fetch = async (cursor: string | null) => answers[cursor ?? 'start']!;

  it('are followed through an empty page and taken up again from a position', async () => {
    expect(await all(byCursor({ fetch, position: null }))).toEqual([1, 2, 3]);
    expect(await all(byCursor({ fetch, position: { cursor: 'c' } }))).toEqual([3]);
  });

  it('that come back end as Malformed, however long the circle', async () => {
    const circle = async (cursor: string | null) => ({ rows: [1], next: cursor === 'x' ? 'y' : 'x' });
    await expect(all(byCursor({ fetch: circle, position: null }))).rejects.toThrow(Malformed);
  });

  it('may keep their name where the vendor moves on by itself, but not their page', async () => {
    const stock = [[1], [2], []];
    const moving = async () => ({ rows: stock.shift() ?? [], next: 'same' });
    expect(await all(byCursor({ fetch: moving, position: null, sameNameMovesOn: true }))).toEqual([1, 2]);
    const stuck = async () => ({ rows: [1], next: 'same' });
    await expect(all(byCursor({ fetch: stuck, position: null, sameNameMovesOn: true }))).rejects.toThrow(Malformed);
  });
});

describe('links', () => {
  it('are followed with the verb, body and headers of the first request, and without its query', async () => {
    const first: HttpRequest = {
      method: 'POST',
      url: 'query',
      query: { a: 1 },
      json: { filter: [] },
      headers: { x: 'y' },
    };
    const sent: HttpRequest[] = [];
    const fetch = async (request: HttpRequest) => {
      sent.push(request);
      return { rows: [sent.length], next: sent.length < 3 ? `https://vendor.example/next/${sent.length}` : null };
    };
    expect(await all(byLink({ first, fetch, position: null }))).toEqual([1, 2, 3]);
    const { query: _, ...rest } = first;
    expect(sent).toEqual([
      first,
      { ...rest, url: 'https://vendor.example/next/1' },
      { ...rest, url: 'https://vendor.example/next/2' },
    ]);
  });

  it('are found in a Link header', () => {
    const link = '<https://v.example/t?page=1>; rel="first", <https://v.example/t?a=1,2&page=3>; rel="next"';
    expect(nextLink({ headers: { link } })).toBe('https://v.example/t?a=1,2&page=3');
    expect(nextLink({ headers: { link: '<>; rel="next"' } })).toBeNull();
    expect(nextLink({ headers: { link: '<https://v.example/t?page=9>; rel="last"' } })).toBeNull();
  });
});

describe('keys', () => {
  const rows = [0, 4, 5, 9, 12].map((id) => ({ id }));
  const fetch = async (after: number | null) => ({ rows: rows.filter((row) => row.id > (after ?? -1)).slice(0, 2) });
  const key = (row: { id: number }) => row.id;

  it('lead through short pages to the empty one, id 0 included', async () => {
    expect(await all(afterKey({ fetch, key, order: 'ascending', position: null }))).toEqual(rows);
    expect(await all(afterKey({ fetch, key, order: 'ascending', position: { after: 5 } }))).toEqual(rows.slice(3));
  });

  it('stop at once where the vendor says that there is no more', async () => {
    let requests = 0;
    const told = async (after: number | null) => {
      requests += 1;
      const page = await fetch(after);
      return { ...page, more: page.rows.at(-1)?.id !== 12 };
    };
    expect(await all(afterKey({ fetch: told, key, order: 'ascending', position: null }))).toEqual(rows);
    expect(requests).toBe(3);
  });

  it('may be there again at the end of a page and at the beginning of the next', async () => {
    const twice = async (after: number | null) => {
      const page = rows.filter((row) => row.id >= (after ?? 0)).slice(0, 3);
      return { rows: [...page, page.at(-1)!], more: page.at(-1)?.id !== 12 };
    };
    expect(await all(afterKey({ fetch: twice, key, order: 'ascending', position: null }))).toEqual(rows);
  });

  it('that the vendor ignores end as Malformed', async () => {
    const ignoring = async () => ({ rows });
    await expect(all(afterKey({ fetch: ignoring, key, order: 'ascending', position: null }))).rejects.toThrow(
      Malformed,
    );
    const opaque = async () => ({ rows: [{ id: 1 }] });
    await expect(all(afterKey({ fetch: opaque, key, order: 'opaque', position: null }))).rejects.toThrow(Malformed);
  });
});

describe('page counts', () => {
  const id = (row: number) => row;

  it('of the vendor decide, not the size of a page', async () => {
    const pages = [[1, 2, 3], [4], [5, 6]];
    const fetch = async (page: number) => ({ rows: pages[page - 1] ?? [], totalPages: 3 });
    expect(await all(byPageCount({ fetch, id, position: null }))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('that shrink send us back one page, and no row comes twice', async () => {
    let rows = Array.from({ length: 9 }, (_, index) => index + 1);
    const fetch = async (page: number) => {
      const answer = { rows: rows.slice((page - 1) * 2, page * 2), totalPages: Math.ceil(rows.length / 2) };
      if (page === 2 && rows.length === 9) rows = rows.filter((row) => row > 2);
      return answer;
    };
    expect((await all(byPageCount({ fetch, id, position: null }))).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are taken up again one page earlier', async () => {
    const asked: number[] = [];
    const fetch = async (page: number) => {
      asked.push(page);
      return { rows: [page], totalPages: 4 };
    };
    const position: Position = { page: 3 };
    await all(byPageCount({ fetch, id, position }));
    expect(asked).toEqual([2, 3, 4]);
  });

  it('whose rows change their place are read once more when rows are missing', async () => {
    let rows = Array.from({ length: 9 }, (_, index) => index + 1);
    const asked: number[] = [];
    const fetch = async (page: number) => {
      asked.push(page);
      const answer = { rows: rows.slice((page - 1) * 2, page * 2), totalPages: 5, total: 9 };
      // The last row is renamed and goes to the front, which has been read.
      if (asked.length === 2) rows = [9, ...rows.filter((row) => row !== 9)];
      return answer;
    };
    expect((await all(byPageCount({ fetch, id, position: null }))).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(asked).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
  });

  it('that tell more rows than they show are read once', async () => {
    const asked: number[] = [];
    const fetch = async (page: number) => {
      asked.push(page);
      return { rows: [page], totalPages: 3, total: 5 };
    };
    expect(await all(byPageCount({ fetch, id, position: null }))).toEqual([1, 2, 3]);
    expect(asked).toEqual([1, 2, 3]);
  });
});
