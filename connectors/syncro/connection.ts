/** An open connection to one Syncro account: what is read of each record type, page by page, and what writes tickets. */
import { z } from 'zod';
import type { Connection, ConnectorEnvironment, Page, ReadRequest } from '../../src/connector/contract.ts';
import { Names } from '../../src/connector/psa/names.ts';
import { psaSelection } from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { SyncroApi } from './api.ts';
import { checks } from './checks.ts';
import {
  closedStatusesOf,
  contactRow,
  customerRow,
  type Selection,
  ticketRow,
  toCompany,
  toContact,
  toTicket,
  toUser,
} from './mapping.ts';
import { detailsOf } from './technicians.ts';
import { ticketWriter } from './ticket-writer.ts';

export function openSyncro(environment: ConnectorEnvironment): Connection {
  const api = new SyncroApi(environment);
  const { options } = environment;
  const selection: Selection = {
    ...psaSelection(options, null),
    closedStatuses: closedStatusesOf(options.closedStatuses),
  };
  const names = new Names('Syncro', (signal) => api.lookups(selection.closedStatuses, signal));
  return {
    checks: (types) => checks(environment, api, types),
    read: (request) => read(api, environment, selection, request),
    lookups: (signal) => names.lists(signal),
    writer: (type) => (type === 'tickets' ? ticketWriter(api, names, selection, environment) : undefined),
  };
}

async function* read(
  api: SyncroApi,
  { memory }: ConnectorEnvironment,
  selection: Selection,
  request: ReadRequest,
): AsyncGenerator<Page> {
  switch (request.type) {
    case 'companies':
      // Disabled ones are always read: what the operator does not want is held back, not taken for deleted.
      yield* pages(api, 'customers', { include_disabled: true }, request, customerRow, (row) =>
        toCompany(row, selection),
      );
      return;
    case 'contacts':
      yield* pages(api, 'contacts', {}, request, contactRow, toContact);
      return;
    case 'users': {
      const technicians = await api.users(request.signal);
      const details = await detailsOf(technicians, api, memory, request.signal);
      yield { items: technicians.map((technician) => toUser(technician, details.get(technician.id))), next: null };
      return;
    }
    case 'tickets': {
      const changed = request.mode === 'changes' && request.since !== null ? { since_updated_at: request.since } : {};
      yield* pages(api, 'tickets', changed, request, ticketRow, (row) => toTicket(row, selection, api.now()));
      return;
    }
    default:
      throw new Error(`Syncro has no ${request.type}.`);
  }
}

async function* pages<S extends z.ZodType>(
  api: SyncroApi,
  path: string,
  query: Readonly<Record<string, string | boolean>>,
  request: ReadRequest,
  schema: S,
  map: (row: z.infer<S>) => SourceItem | null,
): AsyncGenerator<Page> {
  for await (const { rows, next, total } of api.list(path, query, request)) {
    const items = rows.map((row) => {
      const parsed = schema.safeParse(row);
      return parsed.success ? map(parsed.data) : malformed(row.id, path, parsed.error);
    });
    yield { items: items.filter((item) => item !== null), next, ...(total === undefined ? {} : { total }) };
  }
}

/** One odd row is no reason to stop the rest. */
function malformed(id: number, path: string, error: z.ZodError): SourceItem {
  return {
    kind: 'held',
    externalId: String(id),
    label: `${path} ${id}`,
    reason: 'malformed',
    detail: `Syncro's row does not have the form it documents: ${z.prettifyError(error).slice(0, 200)}`,
  };
}
