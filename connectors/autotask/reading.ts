/** Reads each record type from Autotask: which entity, which fields, how changes are found. */
import { z } from 'zod';
import type { Page, Position, ReadRequest } from '../../src/connector/contract.ts';
import { Forbidden } from '../../src/connector/errors.ts';
import type { RowPage } from '../../src/connector/paging.ts';
import type { Names } from '../../src/connector/psa/names.ts';
import type { PsaSelection } from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import type { AutotaskApi, Row } from './api.ts';
import { nothingVisible } from './failures.ts';
import {
  type CompanyNames,
  companyRow,
  contactRow,
  countryRow,
  deletedTicketRow,
  resourceRow,
  ticketRow,
  toCompany,
  toContact,
  toDeletion,
  toMalformed,
  toTicket,
  toUser,
} from './mapping.ts';

interface Entity<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly row: S;
  /** The times that tell of a change. Each alone misses some: an activity is no edit, and an edit is not always tracked. */
  readonly stamps: readonly string[];
}

// Companies and tickets spell the same stamp differently.
const companies = {
  name: 'Companies',
  row: companyRow,
  stamps: ['lastActivityDate', 'lastTrackedModifiedDateTime', 'createDate'],
} satisfies Entity;
const contacts = {
  name: 'Contacts',
  row: contactRow,
  stamps: ['lastModifiedDate', 'lastActivityDate', 'createDate'],
} satisfies Entity;
const resources = { name: 'Resources', row: resourceRow, stamps: [] } satisfies Entity;
const tickets = {
  name: 'Tickets',
  row: ticketRow,
  stamps: ['lastActivityDate', 'lastTrackedModificationDateTime', 'createDate'],
} satisfies Entity;
const deletedTickets = {
  name: 'DeletedTicketLogs',
  row: deletedTicketRow,
  stamps: ['deletedDateTime'],
} satisfies Entity;

/** What stands for each record type in the connection test. */
export const entityOf = {
  companies: companies.name,
  contacts: contacts.name,
  users: resources.name,
  tickets: tickets.name,
} as const;

export function isRead(type: RecordType): type is keyof typeof entityOf {
  return Object.hasOwn(entityOf, type);
}

export async function* read(
  api: AutotaskApi,
  names: Names,
  selection: PsaSelection,
  request: ReadRequest,
): AsyncGenerator<Page> {
  switch (request.type) {
    case 'companies':
      yield* readCompanies(api, selection, request);
      return;
    case 'contacts':
      for await (const page of pagesOf(api, contacts, request)) {
        yield mapped(page, contacts, (row) => toContact(row, selection));
      }
      return;
    case 'users':
      yield* readUsers(api, request);
      return;
    case 'tickets':
      yield* readTickets(api, names, selection, request);
      return;
    default:
      throw new Error(`Autotask has no ${request.type}.`);
  }
}

async function* readCompanies(api: AutotaskApi, selection: PsaSelection, request: ReadRequest): AsyncGenerator<Page> {
  let names: CompanyNames | null = null;
  for await (const page of pagesOf(api, companies, request)) {
    refuseEmpty(companies.name, page, request);
    // A quiet tenant is not asked for lists that nothing needs.
    if (page.rows.length > 0) names ??= await companyNames(api, request.signal);
    const known = names;
    yield mapped(page, companies, (row) => (known === null ? null : toCompany(row, known, selection)));
  }
}

async function companyNames(api: AutotaskApi, signal: AbortSignal): Promise<CompanyNames> {
  const picklists = await api.picklists(companies.name, signal);
  const rows = await api.list('Countries', Object.keys(countryRow.shape), signal);
  const names = new Map(
    rows.map((row) => {
      const { id, displayName, name } = countryRow.safeParse(row).data ?? { id: row.id };
      return [id, displayName || name || undefined];
    }),
  );
  return { picklists, country: (id) => names.get(id) };
}

/** Resources carry no time of change: all are read, and compared by the engine. */
async function* readUsers(api: AutotaskApi, request: ReadRequest): AsyncGenerator<Page> {
  const picklists = await api.picklists(resources.name, request.signal);
  for await (const page of pagesOf(api, resources, { ...request, since: null })) {
    refuseEmpty(resources.name, page, request);
    yield mapped(page, resources, (row) => toUser(row, picklists));
  }
}

/** In a reading of changes the log of deletions follows the tickets; `deletions` in the position says that it has begun. */
async function* readTickets(
  api: AutotaskApi,
  names: Names,
  selection: PsaSelection,
  request: ReadRequest,
): AsyncGenerator<Page> {
  const withDeletions = request.mode === 'changes';
  if (request.position?.deletions !== true) {
    for await (const page of pagesOf(api, tickets, request)) {
      const items = await ticketItems(api, names, selection, page.rows, request.signal);
      const next = page.next === null && withDeletions ? { deletions: true } : page.next;
      yield { ...pageOf(page, items), next };
    }
  }
  if (withDeletions) yield* readDeletions(api, request);
}

async function* readDeletions(api: AutotaskApi, request: ReadRequest): AsyncGenerator<Page> {
  const position = request.position?.deletions === true ? request.position : null;
  try {
    for await (const page of pagesOf(api, deletedTickets, { ...request, position })) {
      yield { ...mapped(page, deletedTickets, toDeletion), next: inDeletions(page.next) };
    }
  } catch (error) {
    // Without a look at the log, deletions are found by the next full comparison.
    if (!(error instanceof Forbidden)) throw error;
    yield { items: [], next: null };
  }
}

/** Tickets, mapped as a reading maps them. */
export async function ticketItems(
  api: AutotaskApi,
  names: Names,
  selection: PsaSelection,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<SourceItem[]> {
  const now = api.now();
  return await names.items(
    rows,
    (row, listed) => itemOf(row, tickets, (ticket) => toTicket(ticket, listed, selection, now)),
    signal,
  );
}

/** One technician, mapped as a reading maps it. */
export async function userItem(api: AutotaskApi, row: Row, signal: AbortSignal): Promise<SourceItem> {
  const picklists = await api.picklists(resources.name, signal);
  return itemOf(row, resources, (resource) => toUser(resource, picklists)) ?? noRecord(row);
}

/** A row that is no record counts as gone. */
export const noRecord = (row: Row): SourceItem => ({ kind: 'gone', externalId: String(row.id) });

function inDeletions(next: Position | null): Position | null {
  return next === null ? null : { ...next, deletions: true };
}

function pagesOf(api: AutotaskApi, entity: Entity, request: ReadRequest): AsyncGenerator<RowPage<Row>> {
  const { since, position, signal, mode } = request;
  return api.pages({
    entity: entity.name,
    fields: Object.keys(entity.row.shape),
    stamps: entity.stamps,
    since: mode === 'changes' ? since : null,
    position,
    signal,
  });
}

/** Null from `map`: a row that is no record (an API user among the technicians). */
function mapped<S extends z.ZodObject, T extends RecordType>(
  page: RowPage<Row>,
  entity: Entity<S>,
  map: (row: z.infer<S>) => SourceItem<T> | null,
): Page {
  return pageOf(
    page,
    page.rows.map((row) => itemOf(row, entity, map)).filter((item) => item !== null),
  );
}

function itemOf<S extends z.ZodObject, T extends RecordType>(
  row: Row,
  entity: Entity<S>,
  map: (row: z.infer<S>) => SourceItem<T> | null,
): SourceItem | null {
  const parsed = entity.row.safeParse(row);
  if (!parsed.success) return toMalformed(row, z.prettifyError(parsed.error));
  return map(parsed.data) as SourceItem | null;
}

function pageOf({ next, total }: RowPage<Row>, items: readonly SourceItem[]): Page {
  return { items, next, ...(total === undefined ? {} : { total }) };
}

/** Every tenant has its own company and a technician. None at all is a missing right, which Autotask shows as an empty list. */
function refuseEmpty(entity: string, page: RowPage<Row>, { mode, position }: ReadRequest): void {
  if (mode === 'full' && position === null && page.rows.length === 0 && page.next === null)
    throw nothingVisible(entity);
}
