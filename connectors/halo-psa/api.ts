/** Halo's wire: lists, pages, lookups. Endpoints as in the vendor's API description; behaviour as seen on live instances. */
import { z } from 'zod';
import type { Lookups, Position, ReadRequest } from '../../src/connector/contract.ts';
import { countedPagesById } from '../../src/connector/counted-pages.ts';
import type { Http } from '../../src/connector/http.ts';
import type { Choice } from '../../src/connector/manifest.ts';
import { pagesById } from '../../src/connector/pages-by-id.ts';
import { oddAnswer } from './failures.ts';
import { agentRow, clientRow, type SiteRow, siteRow, ticketRow, userRow } from './mapping.ts';

/** The server never gives more tickets than this, whatever is asked for; other lists may, but it is not promised. */
const pageSize = 100;
/** Up to so many changed companies, their sites are asked for one by one; beyond, all sites are read. */
const fewCompanies = 10;

type Query = Readonly<Record<string, string | number | boolean>>;

/** Inactive ones are always read: what the operator does not want is held back, not taken for deleted. The two switches are independent. */
const withInactive: Query = { includeactive: true, includeinactive: true };

export interface RowsPage<R> {
  readonly rows: readonly R[];
  readonly next: Position | null;
  readonly total?: number;
}

export function byClient(sites: readonly SiteRow[]): Map<number, SiteRow[]> {
  return Map.groupBy(sites, ({ client_id }) => client_id);
}

const statusRow = z.object({ id: z.number(), name: z.string() });
const priorityRow = z.object({
  slaid: z.number().default(0),
  priorityid: z.number(),
  name: z.string(),
  ishidden: z.boolean().optional(),
});
const teamRow = z.object({ id: z.number(), name: z.string(), inactive: z.boolean().optional() });
const typeRow = z.object({
  id: z.number(),
  name: z.string(),
  use: z.string().optional(),
  default_sla: z.number().optional(),
});

/** `record_count` counts the matches of all pages; the rows are under a key of their own. */
const envelope = z.looseObject({ record_count: z.number().int() });

export class HaloApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Halo's clock where it is known. */
  now(): number {
    return (this.#http.vendorNow() ?? new Date()).getTime();
  }

  clients = (request: ReadRequest) =>
    this.#list('Client', 'clients', clientRow, { ...withInactive, include_website: true }, request);
  users = (request: ReadRequest) =>
    this.#list('Users', 'users', userRow, { ...withInactive, exclude_generaluser: true }, request);
  sites = (request: ReadRequest) =>
    this.#list('Site', 'sites', siteRow, { ...withInactive, includeaddress: true }, request);
  /** `domain=reqs` keeps projects and opportunities out. */
  tickets = (request: ReadRequest) =>
    this.#list('Tickets', 'tickets', ticketRow, { domain: 'reqs', excludeslacalcs: true }, request);

  async agents(signal: AbortSignal) {
    const query = { includeenabled: true, includedisabled: true, includeunassigned: false, includeapiagents: false };
    return await this.#array('Agent', agentRow, signal, query);
  }

  async allSites(signal: AbortSignal): Promise<SiteRow[]> {
    const all: SiteRow[] = [];
    const request: ReadRequest = { type: 'companies', mode: 'full', since: null, position: null, signal };
    for await (const { rows } of this.sites(request)) all.push(...rows);
    return all;
  }

  async sitesOf(clients: readonly number[], signal: AbortSignal): Promise<Map<number, SiteRow[]>> {
    if (clients.length === 0) return new Map();
    if (clients.length > fewCompanies) return byClient(await this.allSites(signal));
    const request: ReadRequest = { type: 'companies', mode: 'full', since: null, position: null, signal };
    const sites: SiteRow[] = [];
    for (const client_id of clients) {
      const pages = this.#list('Site', 'sites', siteRow, { ...withInactive, includeaddress: true, client_id }, request);
      for await (const { rows } of pages) sites.push(...rows);
    }
    return byClient(sites);
  }

  /** The SLA that tickets of a type get, without which a priority has no number. */
  async slaOfType(type: string, signal: AbortSignal): Promise<string | undefined> {
    const rows = await this.#array('TicketType', typeRow, signal);
    const sla = rows.find(({ id }) => String(id) === type)?.default_sla;
    return sla === undefined ? undefined : String(sla);
  }

  /** A single row, past the server's cache; null when there is none. */
  async one<S extends z.ZodType>(path: string, row: S, signal: AbortSignal, query: Query): Promise<z.infer<S> | null> {
    const { status, body } = await this.#http.request({ url: path, query, signal, accept: [404] });
    return status === 404 ? null : (parseRows(path, row, [body])[0] ?? null);
  }

  /** Further rows of a list, for looks that no `ReadRequest` stands for. */
  async find<S extends z.ZodType>(path: string, key: string, row: S, signal: AbortSignal, query: Query) {
    const { body } = await this.#http.request({ url: path, query, signal });
    const rows: unknown = Object(body)[key];
    if (!Array.isArray(rows)) throw oddAnswer(path);
    return parseRows(path, row, rows);
  }

  /** Every write is a POST of an array; one row at a time, so that a refusal is about one record. */
  async post<S extends z.ZodType>(path: string, row: S, fields: object, signal: AbortSignal): Promise<z.infer<S>> {
    const { body } = await this.#http.request({ method: 'POST', url: path, json: [fields], signal });
    // One object, or with some builds an array.
    const [saved] = parseRows(path, row, [Array.isArray(body) ? body.at(-1) : body]);
    if (saved === undefined) throw oddAnswer(path);
    return saved;
  }

  async lookups(signal: AbortSignal): Promise<Lookups> {
    const [statuses, priorities, types, teams] = await Promise.all([
      this.#array('Status', statusRow, signal, { type: 'ticket' }),
      this.#array('Priority', priorityRow, signal),
      this.#array('TicketType', typeRow, signal),
      this.#array('Team', teamRow, signal, { type: 'reqs' }),
    ]);
    return {
      statuses: statuses.map(({ id, name }) => ({ id: String(id), name, closed: id === 9 })),
      // The `id` of a priority is a GUID that no ticket uses; its number counts within its SLA.
      priorities: priorities.map(({ slaid, priorityid, name, ishidden }) => ({
        id: String(priorityid),
        parent: String(slaid),
        name,
        inactive: ishidden === true,
      })),
      ticketTypes: types
        .filter(({ use }) => use === undefined || use === 'tickets')
        .map(({ id, name }) => ({ id: String(id), name })),
      teams: teams.map(({ id, name, inactive }) => ({ id: String(id), name, inactive: inactive === true })),
    };
  }

  async ticketTypeChoices(signal: AbortSignal): Promise<Choice[]> {
    return ((await this.lookups(signal)).ticketTypes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  }

  /** A paged list, oldest id first so that rows do not move between pages. Unknown parameters would be ignored in silence: only proven names are sent. */
  async *#list<S extends z.ZodType<{ id: number }>>(
    path: string,
    key: string,
    row: S,
    query: Query,
    { mode, since, position, signal }: ReadRequest,
  ): AsyncGenerator<RowsPage<z.infer<S>>> {
    const changed = mode === 'changes' && since !== null ? { lastupdatefromdate: since } : {};
    const page = async (page_no: number, page_size: number, orderdesc: boolean) => {
      const order = { pageinate: true, page_no, page_size, order: 'id', orderdesc };
      const { body } = await this.#http.request({ url: path, query: { ...query, ...changed, ...order }, signal });
      const answer = envelope.safeParse(body).data;
      const rows = answer?.[key];
      if (answer === undefined || !Array.isArray(rows)) throw oddAnswer(path);
      return { rows: parseRows(path, row, rows), total: answer.record_count };
    };
    const common = { position, id: ({ id }: z.infer<S>) => id, size: pageSize };
    const fetch = (number: number, size: number) => page(number, size, false);
    // Among changes, rows appear in the middle of the list: then only overlapping pages miss none.
    if (mode === 'changes') {
      yield* pagesById({ ...common, fetch });
      return;
    }
    const newest = async () => {
      const { rows, total } = await page(1, 1, true);
      return { id: rows[0]?.id ?? null, total };
    };
    yield* countedPagesById({ ...common, fetch, newest });
  }

  /** A list without pages. Some builds wrap it in an object: then its first list is taken. */
  async #array<S extends z.ZodType>(
    path: string,
    row: S,
    signal: AbortSignal,
    query: Query = {},
  ): Promise<z.infer<S>[]> {
    const { body } = await this.#http.request({ url: path, query, signal });
    const rows = Array.isArray(body) ? body : Object.values(Object(body)).find(Array.isArray);
    if (rows === undefined) throw oddAnswer(path);
    return parseRows(path, row, rows);
  }
}

function parseRows<S extends z.ZodType>(path: string, row: S, rows: readonly unknown[]): z.infer<S>[] {
  return rows.map((each) => {
    const parsed = row.safeParse(each);
    if (!parsed.success) throw oddAnswer(path, z.prettifyError(parsed.error));
    return parsed.data;
  });
}
