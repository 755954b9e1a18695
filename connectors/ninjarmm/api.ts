/** NinjaOne's wire: three ways to page side by side, and lists that are not paged at all. GET only; the one POST is the sign-in. */
import { z } from 'zod';
import type { Position } from '../../src/connector/contract.ts';
import { ConnectorError, Malformed, NotFound, Rejected } from '../../src/connector/errors.ts';
import type { Http } from '../../src/connector/http.ts';
import { afterKey, type RowPage } from '../../src/connector/paging.ts';
import { oddAnswer } from './failures.ts';

/** No most is documented; this is what long-lived clients ask for. */
const pageSize = 1000;
/** Ids in one filter, so that the address stays far below what servers and proxies take. */
const idsPerFilter = 200;
/** No report is this long; it ends a server that does not. */
const mostReportPages = 2000;
const mostAttempts = 3;

type Query = Readonly<Record<string, string | number | undefined>>;
/** What every row of a list has. The rest is checked row by row, so that one odd row does not hold up the others. */
export type ListRow = z.infer<typeof listRow>;
const listRow = z.looseObject({ id: z.number().int() });

const reportPage = z.object({
  results: z.array(z.unknown()),
  cursor: z.object({ name: z.string().nullish() }).nullish(),
});

const activity = z.object({
  id: z.number().int(),
  deviceId: z.number().int().nullish(),
  statusCode: z.string().nullish(),
});
export type Activity = z.infer<typeof activity>;
const activityPage = z.union([
  z.object({ lastActivityId: z.number().int().nullish(), activities: z.array(activity) }),
  // Some accounts are answered with the bare list.
  z.array(activity).transform((activities) => ({ lastActivityId: null, activities })),
]);

export class NinjaApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /**
   * A list paged by the id of the last row. Unknown parameters are ignored in silence: nothing but what is documented is sent.
   * Whether `after` is exclusive, and that rows come in rising order, is only implied: rows are sorted, and those seen before left out.
   */
  list(path: string, request: { position: Position | null; signal: AbortSignal }): AsyncGenerator<RowPage<ListRow>> {
    return afterKey({
      key: ({ id }) => id,
      order: 'ascending',
      position: request.position,
      fetch: async (after: number | null) => {
        const rows = await this.rows(path, { pageSize, after: after ?? undefined }, request.signal);
        const fresh = new Map(rows.filter(({ id }) => after === null || id > after).map((row) => [row.id, row]));
        if (fresh.size === 0 && rows.length >= pageSize) throw oddAnswer(path, 'The same page came again.');
        return { rows: [...fresh.values()].sort((a, b) => a.id - b.id), more: !isLast(rows) };
      },
    });
  }

  /** Devices of these ids, in full. One that has left the list is not among them. */
  async devicesById(ids: readonly number[], signal: AbortSignal): Promise<ListRow[]> {
    const found: ListRow[] = [];
    for (let start = 0; start < ids.length; start += idsPerFilter) {
      const df = `id in (${ids.slice(start, start + idsPerFilter).join(',')})`;
      found.push(...(await this.rows('devices-detailed', { df, pageSize }, signal)));
    }
    return found;
  }

  async rows(path: string, query: Query, signal: AbortSignal): Promise<ListRow[]> {
    return check(path, z.array(listRow), await this.#get(path, query, signal));
  }

  /** Not paged, whatever its length. */
  async alerts(signal: AbortSignal): Promise<unknown[]> {
    return check('alerts', z.array(z.unknown()), await this.#get('alerts', {}, signal));
  }

  /**
   * A report, paged by the name of a server-side cursor, which may stay the same or change. Ends where there is no name or nothing new.
   * Cursors expire, and one that keeps its name moves with each request, so that none but the first may be sent twice: any
   * failure in the middle starts the report again. `take` may thus see a row more than once.
   */
  async report(path: string, take: (row: unknown) => void, signal: AbortSignal): Promise<'read' | 'not there'> {
    for (let attempt = 1; ; attempt += 1) {
      let pages = 0;
      try {
        for await (const rows of this.#reportPages(path, signal)) {
          pages += 1;
          for (const row of rows) take(row);
        }
        return 'read';
      } catch (error) {
        if (pages === 0 && error instanceof NotFound) return 'not there';
        if (pages === 0 || attempt >= mostAttempts || !mendsAnew(error)) throw error;
      }
    }
  }

  /** Whether a report is there to be read. */
  async tryReport(path: string, signal: AbortSignal): Promise<void> {
    check(path, reportPage, await this.#get(path, { pageSize: 10 }, signal));
  }

  async *#reportPages(path: string, signal: AbortSignal): AsyncGenerator<readonly unknown[]> {
    let cursor: string | undefined;
    let previous = '';
    for (let page = 0; page < mostReportPages; page += 1) {
      const once = cursor === undefined ? {} : { idempotent: false };
      const answer = check(path, reportPage, await this.#get(path, { pageSize, cursor }, signal, once));
      const content = JSON.stringify(answer.results);
      if (answer.results.length === 0 || content === previous) return;
      yield answer.results;
      if (!answer.cursor?.name || isLast(answer.results)) return;
      cursor = answer.cursor.name;
      previous = content;
    }
  }

  /** Newest first. `newerThan` and `olderThan` are ids of activities; a time would be answered with nothing. */
  async activities(
    query: { pageSize: number; newerThan?: number; olderThan?: number | undefined },
    signal: AbortSignal,
  ): Promise<{ lastActivityId?: number | null | undefined; activities: Activity[] }> {
    return check('activities', activityPage, await this.#get('activities', { class: 'DEVICE', ...query }, signal));
  }

  /** The query is written into the address: filters have spaces, which go out as %20, as in the vendor's examples. */
  async #get(path: string, query: Query, signal: AbortSignal, more: { idempotent?: boolean } = {}): Promise<unknown> {
    const parameters = Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    const address = parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
    const { body } = await this.#http.request({ url: address, signal, ...more });
    return body;
  }
}

/** A short page is the last one, unless its length is a round number: then it may be a maximum of the server's own. */
function isLast(rows: readonly unknown[]): boolean {
  return rows.length === 0 || (rows.length < pageSize && rows.length % 50 !== 0);
}

/** A lost or expired cursor, or trouble on the way: a new cursor may do better. */
function mendsAnew(error: unknown): boolean {
  if (!(error instanceof ConnectorError)) return false;
  return error.transient || error instanceof NotFound || error instanceof Rejected || error instanceof Malformed;
}

function check<S extends z.ZodType>(path: string, schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw oddAnswer(path, z.prettifyError(parsed.error));
  return parsed.data;
}
