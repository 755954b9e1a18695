/** ConnectWise's wire: paths below the release's codebase, lists in both paging styles, counts, writes. */
import { z } from 'zod';
import type { ConnectorEnvironment, Position } from '../../src/connector/contract.ts';
import { NotFound, VendorFault } from '../../src/connector/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../src/connector/http.ts';
import { pagesById } from '../../src/connector/pages-by-id.ts';
import { afterKey, nextLink, type RowPage } from '../../src/connector/paging.ts';
import { type CompanyInfo, readCompanyInfo, requireApiHost } from './company-info.ts';
import { explain, isTimeOut, oddAnswer, unknownName } from './failures.ts';

/** The vendor's largest. */
const largestPage = 1000;
const smallestPage = 100;

export interface List {
  /** `company/contacts` */
  readonly path: string;
  /** What is asked for of each row; `_info`, which has the times, comes only when it is named. */
  readonly fields: readonly string[];
  /** Rows a page; default the vendor's largest. */
  readonly size?: number;
}

const rows = z.array(z.looseObject({ id: z.number().int() }));
export type Row = z.infer<typeof rows>[number];

type Call = Pick<HttpRequest, 'method' | 'query' | 'json' | 'headers'> & { readonly signal: AbortSignal };

/** Without it, letters beyond ASCII have come out wrong. */
const utf8 = { 'content-type': 'application/json; charset=utf-8' };
const forwardOnly = { 'pagination-type': 'forward-only' };
const noForwardOnly = new Error('This list does not know forward-only paging.');

export class ConnectWiseApi {
  readonly #environment: ConnectorEnvironment;
  readonly #http: Http;
  readonly #accept: string;

  constructor(environment: ConnectorEnvironment) {
    const { companyId, publicKey, privateKey, clientId = '', apiVersion } = environment.credentials;
    const basic = Buffer.from(`${companyId}+${publicKey}:${privateKey}`, 'utf8').toString('base64');
    const headers = { authorization: `Basic ${basic}`, clientid: clientId };
    this.#environment = environment;
    this.#http = environment.http.withExplain(explain).withAuth({ kind: 'headers', headers });
    // Without a version the newest is given. A version of our own would age: each is served for about a year only.
    this.#accept = apiVersion ? `application/vnd.connectwise.com+json; version=${apiVersion}` : 'application/json';
  }

  /** ConnectWise's clock where it is known. */
  now(): number {
    return (this.#http.vendorNow() ?? new Date()).getTime();
  }

  /** @throws UntrustedHost, Unauthorized, NotFound: see `readCompanyInfo` and `requireApiHost` */
  async companyInfo(signal: AbortSignal): Promise<CompanyInfo> {
    const { credentials, memory } = this.#environment;
    const info = await readCompanyInfo({ http: this.#http, credentials }, signal);
    requireApiHost(info, credentials.site ?? '');
    memory.set('codebase', info.codebase);
    return info;
  }

  get(path: string, call: Call): Promise<HttpResponse> {
    return this.#call(path, call);
  }

  /**
   * A writing request, and the row that it is answered with. Sent once: a release that is not found any more has not looked at it,
   * so it goes to the present one.
   */
  async write(method: 'POST' | 'PATCH', path: string, json: object, signal: AbortSignal): Promise<Row> {
    const { body } = await this.#call(path, { method, json, signal, headers: utf8 });
    return rowOf(path, body);
  }

  /** An upgrade of the cloud changes the codebase, and the old one is not found any more: looked up again, once. */
  async #call(path: string, call: Call): Promise<HttpResponse> {
    const known = this.#environment.memory.get('codebase');
    const codebase = known ?? (await this.companyInfo(call.signal)).codebase;
    try {
      return await this.#send(codebase, path, call);
    } catch (error) {
      if (known === undefined || !(error instanceof NotFound)) throw error;
      const current = (await this.companyInfo(call.signal)).codebase;
      if (current === codebase) throw error;
      return await this.#send(current, path, call);
    }
  }

  /** One page, in the order asked for. */
  async rows(path: string, query: NonNullable<HttpRequest['query']>, signal: AbortSignal): Promise<Row[]> {
    return rowsOf(path, await this.get(path, { query, signal }));
  }

  /** One row with the fields that its list is read with; null when there is none any more. */
  async one(list: List, id: string, signal: AbortSignal): Promise<Row | null> {
    try {
      const { body } = await this.#page(list, {}, {}, signal, `${list.path}/${encodeURIComponent(id)}`);
      return rowOf(list.path, body);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      // Refused keys may read as 404, too. Only a list without it shows that it is gone.
      const found = await this.rows(list.path, { conditions: `id=${Number(id)}`, pageSize: 1, fields: 'id' }, signal);
      if (found.length > 0) throw error;
      return null;
    }
  }

  /** All rows of a short list. */
  async all(list: List, signal: AbortSignal): Promise<Row[]> {
    const found: Row[] = [];
    for await (const page of this.#pages(list, undefined, null, signal)) found.push(...page.rows);
    return found;
  }

  /** Every row that fits, by id. The first page tells how many there are, when they are more than fit on it. */
  async *list(
    list: List,
    conditions: readonly string[],
    { position, signal }: { position: Position | null; signal: AbortSignal },
  ): AsyncGenerator<RowPage<Row>> {
    const filter = conditions.length === 0 ? undefined : conditions.join(' and ');
    let first = position === null;
    for await (const page of this.#pages(list, filter, position, signal)) {
      const total = first && page.next !== null ? await this.#count(list.path, filter, signal) : undefined;
      first = false;
      yield { ...page, ...(total === undefined ? {} : { total }) };
    }
  }

  /** Forward-only: always by id, nothing can be missed, and no order may be asked for. Lists that do not know it are read by numbered pages. */
  async *#pages(
    list: List,
    conditions: string | undefined,
    position: Position | null,
    signal: AbortSignal,
  ): AsyncGenerator<RowPage<Row>> {
    const { size = largestPage } = list;
    const id = (row: Row) => row.id;
    const numbered = typeof position?.at === 'number';
    if (!numbered) {
      try {
        yield* afterKey({
          key: id,
          order: 'ascending',
          position,
          fetch: this.#forwards(list, conditions, size, signal),
        });
        return;
      } catch (error) {
        if (error !== noForwardOnly) throw error;
      }
    }
    yield* pagesById({
      id,
      size,
      position: numbered ? position : null,
      fetch: async (page, pageSize) => {
        const query = { conditions, page, pageSize, orderBy: 'id asc' };
        return { rows: rowsOf(list.path, await this.#page(list, query, {}, signal)) };
      },
    });
  }

  /** One keyset page; a list that times out is asked for in ever smaller pages, for the rest of this pass. */
  #forwards(list: List, conditions: string | undefined, largest: number, signal: AbortSignal) {
    let pageSize = largest;
    return async (after: number | null): Promise<{ rows: Row[]; more: boolean }> => {
      for (;;) {
        try {
          const query = { conditions, pageSize, pageId: after ?? undefined };
          const response = await this.#page(list, query, forwardOnly, signal);
          const found = rowsOf(list.path, response);
          if (!keepsForwardOnly(response, found.length < pageSize)) throw noForwardOnly;
          return { rows: found, more: nextLink(response) !== null };
        } catch (error) {
          if (!isTimeOut(error) || pageSize <= smallestPage) throw error;
          pageSize = Math.max(smallestPage, Math.ceil(pageSize / 2));
        }
      }
    };
  }

  /** Leaves out fields that this release refuses as unknown, until the next one. */
  async #page(
    list: List,
    query: NonNullable<HttpRequest['query']>,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    path = list.path,
  ): Promise<HttpResponse> {
    const { memory } = this.#environment;
    const key = `unknown:${memory.get('codebase')}${list.path}`;
    for (;;) {
      const unknown = (memory.get(key) ?? '').split(',').filter(Boolean);
      const fields = list.fields.filter((field) => !unknown.includes(field));
      try {
        return await this.get(path, { query: { ...query, fields: fields.join(',') }, headers, signal });
      } catch (error) {
        const name = unknownName(error);
        if (name === null || name === 'id' || name === '_info' || !fields.includes(name)) throw error;
        memory.set(key, [...unknown, name].join(','));
      }
    }
  }

  /** Only for showing progress: a database too busy to count can still be read page by page. */
  async #count(path: string, conditions: string | undefined, signal: AbortSignal): Promise<number | undefined> {
    try {
      const { body } = await this.get(`${path}/count`, { query: { conditions }, signal });
      return z.object({ count: z.number().int() }).safeParse(body).data?.count;
    } catch (error) {
      if (error instanceof VendorFault || error instanceof NotFound) return undefined;
      throw error;
    }
  }

  #send(codebase: string, path: string, call: Call): Promise<HttpResponse> {
    const headers = { accept: this.#accept, ...call.headers };
    return this.#http.request({ ...call, url: `${codebase}apis/3.0/${path}`, headers });
  }
}

/** The Link header is always there (empty at the end) where forward-only is known, and names the next row, not a page. */
function keepsForwardOnly(response: Pick<HttpResponse, 'headers'>, shortPage: boolean): boolean {
  const next = nextLink(response);
  if (next !== null) return /[?&]pageId=/i.test(next);
  return shortPage || response.headers.link !== undefined;
}

function rowsOf(path: string, { body }: Pick<HttpResponse, 'body'>): Row[] {
  const parsed = rows.safeParse(body);
  if (!parsed.success) throw oddAnswer(path, z.prettifyError(parsed.error));
  return parsed.data;
}

function rowOf(path: string, body: unknown): Row {
  const [row] = rowsOf(path, { body: [body] });
  if (row === undefined) throw oddAnswer(path);
  return row;
}
