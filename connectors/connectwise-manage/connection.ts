/** A connection: what is read in which order, what writes, and what the forms need. */
import type { Connection, ConnectorEnvironment, Page, ReadRequest } from '../../src/connector/contract.ts';
import { Names } from '../../src/connector/psa/names.ts';
import { psaSelection } from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { RecordWriter } from '../../src/connector/writer.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import { ConnectWiseApi, type List, type Row } from './api.ts';
import { checks } from './checks.ts';
import { dateForm, dateLiteral } from './dates.ts';
import { withDescription } from './descriptions.ts';
import { companies, contacts, members, tickets, ticketsWithNotes } from './lists.ts';
import { boardChoices, inactiveStatuses, lookups } from './lookups.ts';
import { grouping, mapRow, type Selection, toCompany, toContact, toTicket, toUser } from './mapping.ts';
import { memberWriter } from './member-writer.ts';
import { companyRow, contactRow, memberRow, ticketRow } from './rows.ts';
import { ticketWriter } from './ticket-writer.ts';

export function openConnectWise(environment: ConnectorEnvironment): Connection {
  const api = new ConnectWiseApi(environment);
  const names = new Names('ConnectWise', (signal) => lookups(api, signal));
  return {
    checks: (types) => checks(environment, api, types),
    read: (request) => read(api, environment, request),
    choices: (optionKey, signal) => (optionKey === grouping.key ? boardChoices(api, signal) : Promise.resolve([])),
    lookups: (signal) => names.lists(signal),
    writer: (type) => writerOf(type, api, names, environment),
  };
}

function writerOf(
  type: RecordType,
  api: ConnectWiseApi,
  names: Names,
  environment: ConnectorEnvironment,
): RecordWriter | undefined {
  const selection = selectionOf(environment);
  if (type === 'tickets') return ticketWriter(api, names, selection, environment);
  if (type === 'users' && environment.options.writeTechnicians === true) return memberWriter(api, selection);
  return undefined;
}

function selectionOf({ options, credentials }: ConnectorEnvironment): Selection {
  return {
    ...psaSelection(options, grouping),
    licences: Array.isArray(options.licences) ? options.licences.map(String) : [],
    withoutCompany: options.ownCompany === false ? (credentials.companyId ?? null) : null,
  };
}

type Maybe = SourceItem | null;

function read(api: ConnectWiseApi, environment: ConnectorEnvironment, request: ReadRequest): AsyncGenerator<Page> {
  const selection = selectionOf(environment);
  const pages = (
    list: List,
    map: (rows: readonly Row[]) => Maybe[] | Promise<Maybe[]>,
    always: readonly string[] = [],
  ) => readPages(api, environment, { ...request, list, map, always });
  switch (request.type) {
    case 'companies': {
      // Deleted ones stay in the list, marked; what changed must show them, the whole need not.
      const live = request.mode === 'full' ? ['deletedFlag=false'] : [];
      let inactive: ReadonlySet<number> | null = null;
      return pages(
        companies,
        async (rows) => {
          if (rows.length > 0) inactive ??= await inactiveStatuses(api, request.signal);
          return rows.map((row) =>
            mapRow(row, companyRow, (company) => toCompany(company, (id) => inactive?.has(id) === true, selection)),
          );
        },
        live,
      );
    }
    case 'contacts':
      return pages(contacts, (rows) =>
        rows.map((row) => mapRow(row, contactRow, (each) => toContact(each, selection))),
      );
    case 'users':
      return pages(members, (rows) => rows.map((row) => mapRow(row, memberRow, (each) => toUser(each, selection))));
    case 'tickets': {
      const described = environment.options.descriptions === true;
      return pages(described ? ticketsWithNotes : tickets, async (rows) => {
        const now = api.now();
        const items = rows.map((row) => mapRow(row, ticketRow, (each) => toTicket(each, selection, now)));
        return described ? await Promise.all(items.map((item) => withDescription(api, item, request.signal))) : items;
      });
    }
    default:
      throw new Error(`ConnectWise has no ${request.type}.`);
  }
}

async function* readPages(
  api: ConnectWiseApi,
  { memory }: ConnectorEnvironment,
  {
    mode,
    since,
    position,
    signal,
    list,
    map,
    always,
  }: ReadRequest & {
    readonly list: List;
    readonly map: (rows: readonly Row[]) => Maybe[] | Promise<Maybe[]>;
    readonly always: readonly string[];
  },
): AsyncGenerator<Page> {
  const form = dateForm(memory);
  const after = mode === 'changes' ? since : null;
  const changed = after === null ? [] : [`lastUpdated>=${dateLiteral(after, form)}`];
  for await (const { rows, next, total } of api.list(list, [...always, ...changed], { position, signal })) {
    const items = (await map(rows)).filter((item) => item !== null);
    yield {
      // More was asked for than is wanted, because this tenant's date filter is not exact.
      items:
        form === 'wide' && after !== null ? items.filter(({ modifiedAt }) => (modifiedAt ?? after) >= after) : items,
      next,
      ...(total === undefined ? {} : { total }),
    };
  }
}
