/** Halo's wire: lists, pages, lookups. Endpoints as in the vendor's API description; behaviour as seen on live instances. */
import { z } from 'zod';
import type {
  Choice,
  Connection,
  ConnectorEnvironment,
  Lookups,
  Page,
  Position,
  ReadRequest,
} from '../../src/connector/contract.ts';
import { countedPagesById } from '../../src/connector/counted-pages.ts';
import type { Http } from '../../src/connector/http.ts';
import { pagesById } from '../../src/connector/pages-by-id.ts';
import { psaSelection } from '../../src/connector/psa/selection.ts';
import { checks } from './checks.ts';
import { explain, oddAnswer } from './failures.ts';
import {
  agentRow,
  clientRow,
  grouping,
  isPlaceholderClient,
  mainSite,
  type Selection,
  type SiteRow,
  siteRow,
  type TicketNames,
  ticketRow,
  toCompany,
  toCompanyAddress,
  toContact,
  toTicket,
  toUser,
  userRow,
} from './mapping.ts';
import { tokenSource } from './sign-in.ts';

export { addressOf, signInAddressOf } from './sign-in.ts';

/** The server never gives more tickets than this, whatever is asked for; other lists may, but it is not promised. */
const pageSize = 100;
/** Up to so many changed companies, their sites are asked for one by one; beyond, all sites are read. */
const fewCompanies = 10;

type Query = Readonly<Record<string, string | number | boolean>>;

/** Inactive ones are always read: what the operator does not want is held back, not taken for deleted. The two switches are independent. */
const withInactive: Query = { includeactive: true, includeinactive: true };

export function openHalo(environment: ConnectorEnvironment): Connection {
  const http = environment.http.withExplain(explain).withAuth({ kind: 'bearer', source: tokenSource(environment) });
  const halo = new HaloApi(http);
  const selection = selectionOf(environment);
  return {
    checks: (types) => checks(environment, http, types),
    read: (request) => read(halo, selection, request),
    choices: (optionKey, signal) => (optionKey === grouping.key ? halo.ticketTypeChoices(signal) : Promise.resolve([])),
    lookups: (signal) => halo.lookups(signal),
  };
}

function selectionOf({ options }: ConnectorEnvironment): Selection {
  const line = Number(options.cityLine);
  return { ...psaSelection(options, grouping), cityLine: line === 2 || line === 4 ? line : 3 };
}

async function* read(halo: HaloApi, selection: Selection, request: ReadRequest): AsyncGenerator<Page> {
  switch (request.type) {
    case 'companies':
      yield* request.mode === 'full'
        ? readCompanies(halo, selection, request)
        : readChangedCompanies(halo, selection, request);
      return;
    case 'contacts':
      yield* readContacts(halo, selection, request);
      return;
    case 'users':
      yield { items: (await halo.agents(request.signal)).map(toUser).filter((item) => item !== null), next: null };
      return;
    case 'tickets':
      yield* readTickets(halo, selection, request);
      return;
    default:
      throw new Error(`Halo has no ${request.type}.`);
  }
}

async function* readCompanies(halo: HaloApi, selection: Selection, request: ReadRequest): AsyncGenerator<Page> {
  // Addresses are on the sites; the list of clients has none, and asking for each client would cost a request per company.
  const sites = byClient(await halo.allSites(request.signal));
  for await (const page of halo.clients(request)) {
    yield companyPage(page, (client) => sites.get(client) ?? [], selection);
  }
}

async function* readChangedCompanies(halo: HaloApi, selection: Selection, request: ReadRequest): AsyncGenerator<Page> {
  const changedSites = new Map<number, SiteRow>();
  for await (const { rows } of halo.sites({ ...request, position: null }))
    for (const site of rows) changedSites.set(site.id, site);

  for await (const page of halo.clients(request)) {
    const ids = page.rows.map(({ id }) => id);
    const last = page.next === null;
    const rest = last
      ? [...changedSites.values()].map(({ client_id }) => client_id).filter((id) => !ids.includes(id))
      : [];
    const sites = await halo.sitesOf([...new Set([...ids, ...rest])], request.signal);
    const mapped = companyPage(page, (client) => sites.get(client) ?? [], selection);
    const moved = [...new Set(rest)]
      .map((client) => mainSite(sites.get(client) ?? []))
      .filter((site) => site !== undefined && changedSites.has(site.id) && !isPlaceholderClient(site.client_name))
      .map((site) => toCompanyAddress(site as SiteRow, selection));
    yield { ...mapped, items: [...mapped.items, ...moved] };
  }
}

function companyPage(
  page: RowsPage<z.infer<typeof clientRow>>,
  sitesOf: (client: number) => readonly SiteRow[],
  selection: Selection,
): Page {
  const wanted = page.rows.filter(({ name }) => !isPlaceholderClient(name));
  return { ...pageFacts(page), items: wanted.map((row) => toCompany(row, mainSite(sitesOf(row.id)), selection)) };
}

async function* readContacts(halo: HaloApi, selection: Selection, request: ReadRequest): AsyncGenerator<Page> {
  let companies: Map<number, number> | null = null;
  for await (const page of halo.users(request)) {
    if (companies === null && page.rows.some((row) => row.client_id === undefined)) {
      companies = new Map((await halo.allSites(request.signal)).map((site) => [site.id, site.client_id]));
    }
    yield {
      ...pageFacts(page),
      items: page.rows.map((row) => toContact(row, (site) => companies?.get(site), selection)),
    };
  }
}

async function* readTickets(halo: HaloApi, selection: Selection, request: ReadRequest): AsyncGenerator<Page> {
  let names: TicketNames | null = null;
  for await (const page of halo.tickets(request)) {
    // A quiet tenant is not asked for lists that nothing needs.
    if (page.rows.length > 0) names ??= await halo.ticketNames(request.signal);
    const now = halo.now();
    const items = page.rows
      .map((row) => toTicket(row, names ?? noNames, selection, now))
      .filter((item) => item !== null);
    yield { ...pageFacts(page), items };
  }
}

const noNames: TicketNames = { status: () => undefined, priority: () => undefined, ticketType: () => undefined };

interface RowsPage<R> {
  readonly rows: readonly R[];
  readonly next: Position | null;
  readonly total?: number;
}

function pageFacts({ next, total }: RowsPage<unknown>): Pick<Page, 'next' | 'total'> {
  return { next, ...(total === undefined ? {} : { total }) };
}

function byClient(sites: readonly SiteRow[]): Map<number, SiteRow[]> {
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
const typeRow = z.object({ id: z.number(), name: z.string(), use: z.string().optional() });

/** `record_count` counts the matches of all pages; the rows are under a key of their own. */
const envelope = z.looseObject({ record_count: z.number().int() });

class HaloApi {
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

  async ticketNames(signal: AbortSignal): Promise<TicketNames> {
    const { statuses = [], priorities = [], ticketTypes = [] } = await this.lookups(signal);
    const named = (list: Lookups[string]) =>
      new Map(list.map(({ id, parent = '', name }) => [`${parent}/${id}`, name]));
    const [status, priority, type] = [named(statuses), named(priorities), named(ticketTypes)];
    return {
      status: (id) => status.get(`/${id}`),
      priority: (sla, id) => priority.get(`${sla}/${id}`),
      ticketType: (id) => type.get(`/${id}`),
    };
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
