/** A connection to Halo: what is read in which order, and from which lists a record is put together. */
import type { Connection, ConnectorEnvironment, Page, ReadRequest } from '../../src/connector/contract.ts';
import { Names } from '../../src/connector/psa/names.ts';
import { psaSelection } from '../../src/connector/psa/selection.ts';
import { byClient, HaloApi, type RowsPage } from './api.ts';
import { checks } from './checks.ts';
import { explain } from './failures.ts';
import {
  type ClientRow,
  grouping,
  isPlaceholderClient,
  mainSite,
  type Selection,
  type SiteRow,
  toCompany,
  toCompanyAddress,
  toContact,
  toTicket,
  toUser,
} from './mapping.ts';
import { tokenSource } from './sign-in.ts';
import { writerOf } from './writer.ts';

export function openHalo(environment: ConnectorEnvironment): Connection {
  const http = environment.http.withExplain(explain).withAuth({ kind: 'bearer', source: tokenSource(environment) });
  const halo = new HaloApi(http);
  const selection = selectionOf(environment);
  const names = new Names('Halo', (signal) => halo.lookups(signal));
  return {
    checks: (types) => checks(environment, http, types),
    read: (request) => read(halo, names, selection, request),
    choices: (optionKey, signal) => (optionKey === grouping.key ? halo.ticketTypeChoices(signal) : Promise.resolve([])),
    lookups: (signal) => names.lists(signal),
    writer: (type) => writerOf(type, halo, names, selection, environment),
  };
}

function selectionOf({ options }: ConnectorEnvironment): Selection {
  const line = Number(options.cityLine);
  return { ...psaSelection(options, grouping), cityLine: line === 2 || line === 4 ? line : 3 };
}

async function* read(halo: HaloApi, names: Names, selection: Selection, request: ReadRequest): AsyncGenerator<Page> {
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
      yield* readTickets(halo, names, selection, request);
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
  page: RowsPage<ClientRow>,
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

async function* readTickets(
  halo: HaloApi,
  names: Names,
  selection: Selection,
  request: ReadRequest,
): AsyncGenerator<Page> {
  for await (const page of halo.tickets(request)) {
    const now = halo.now();
    const items = await names.items(page.rows, (row, listed) => toTicket(row, listed, selection, now), request.signal);
    yield { ...pageFacts(page), items };
  }
}

function pageFacts({ next, total }: RowsPage<unknown>): Pick<Page, 'next' | 'total'> {
  return { next, ...(total === undefined ? {} : { total }) };
}
