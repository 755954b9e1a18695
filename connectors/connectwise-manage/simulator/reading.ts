/** Every path that is read. */
import type { Answer, Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type Context, found, noEndpoint, noRight, type Right } from './context.ts';
import { account } from './instance.ts';
import { count, countParameters, list, listParameters, type Resource, single } from './lists.ts';
import {
  boards,
  communicationTypes,
  companyStatuses,
  companyTypes,
  levels,
  type OfBoard,
  priorities,
  sources,
  subTypes,
  teams,
  types,
} from './lookups.ts';
import { companyRow, contactRow, memberInfoRow, memberRow, noteRow, siteRows, ticketRow, type View } from './rows.ts';
import {
  companySchema,
  contactSchema,
  memberSchema,
  noteSchema,
  type Schema,
  setupSchema,
  ticketSchema,
} from './schema.ts';

export const root = '/{codebase}/apis/3.0';

export const viewOf = ({ instance, faults, codebase }: Context, { urls }: SimulatorRequest): View => ({
  instance,
  base: `${urls.main}/${codebase}/apis/3.0`,
  hostile: faults.isOn('hostile-text'),
  nulls: faults.isOn('explicit-nulls'),
});

type Handle = (request: SimulatorRequest, view: View) => Answer;

export function readingRoutes(context: Context): Route[] {
  const { instance } = context;
  const read = (path: string, right: Right | null, query: readonly string[], handle: Handle): Route => ({
    method: 'GET',
    path: `${root}/${path}`,
    kind: 'read',
    query,
    handle: (request) => {
      if (right !== null) context.permit(right);
      return handle(request, viewOf(context, request));
    },
  });
  /** The list, its count, and one row by id. */
  const collection = <Row extends { readonly id: number }>(
    path: string,
    right: Right,
    rows: ReadonlyMap<number, Row>,
    schema: Schema,
    present: (row: Row, view: View) => object,
  ): Route[] => {
    const of = (view: View): Resource<Row> => ({ rows: rows.values(), schema, present: (row) => present(row, view) });
    return [
      read(path, right, listParameters, (request, view) => list(context, request, of(view))),
      read(`${path}/count`, right, countParameters, (request, view) => count(context, request, of(view))),
      read(`${path}/{id}`, right, ['fields'], (request, view) =>
        single(request, schema, present(found(rows.get(Number(request.params.id))), view)),
      ),
    ];
  };
  const setup = (path: string, rows: readonly { readonly id: number }[]): Route =>
    read(path, 'setup', listParameters, (request) =>
      list(context, request, { rows, schema: setupSchema, present: (row) => ({ ...row, _info: setupStamp }) }),
    );
  const ofBoard = (path: string, rows: () => readonly OfBoard[]): Route =>
    read(`service/boards/{board}/${path}`, 'setup', listParameters, (request) => boardList(context, request, rows()));

  return [
    companyInfo(context),
    read('system/info', null, [], () => systemInfo(context)),
    read('system/info/members', null, listParameters, (request, view) =>
      list(context, request, {
        rows: instance.members.values(),
        schema: setupSchema,
        present: (member) => memberInfoRow(member, view),
      }),
    ),
    // Not routed for a member that exists for the API only.
    read('system/myAccount', null, [], () => noEndpoint),
    setup('company/companies/statuses', companyStatuses),
    setup('company/companies/types', companyTypes),
    read('company/communicationTypes', 'contacts', listParameters, (request) => communication(context, request)),
    ...collection('company/companies', 'companies', instance.companies, companySchema, companyRow),
    read('company/companies/{id}/sites', 'companies', listParameters, (request, view) => {
      const rows = siteRows(found(instance.companies.get(Number(request.params.id))), view) as { id: number }[];
      return list(context, request, { rows, schema: setupSchema, present: (row) => row });
    }),
    ...collection('company/contacts', 'contacts', instance.contacts, contactSchema, contactRow),
    ...members(context, collection('system/members', 'members', instance.members, memberSchema, memberRow)),
    ...collection('service/tickets', 'tickets', instance.tickets, ticketSchema, ticketRow),
    search(context),
    notes(context, 'notes', read),
    notes(context, 'allNotes', read),
    setup('service/boards', boards),
    ofBoard('statuses', () => instance.statuses.listed),
    ofBoard('types', () => types),
    ofBoard('subtypes', () => subTypes),
    ofBoard('items', () => []),
    ofBoard('teams', () => teams),
    setup('service/priorities', priorities),
    setup('service/sources', sources),
    setup('service/severities', levels),
    setup('service/impacts', levels),
    read('service/info/boards', 'tickets', listParameters, (request) =>
      list(context, request, { rows: boards, schema: setupSchema, present: (row) => row }),
    ),
  ];
}

const setupStamp = { lastUpdated: '2024-05-01T00:00:00Z', updatedBy: 'zadmin' };

/** Answered to anybody, and for an unknown company with `null`. */
function companyInfo(context: Context): Route {
  return {
    method: 'GET',
    path: '/login/companyinfo/{company}',
    kind: 'open',
    query: [],
    handle: ({ params, urls }) => {
      const { faults, onPremises, codebase } = context;
      const known = params.company?.toLowerCase() === account.companyId && !faults.isOn('unknown-company');
      if (!known) return { status: 200, body: null };
      const host = faults.isOn('other-api-host') ? 'api-eu.connectwise.example' : new URL(urls.main ?? '').host;
      return {
        status: 200,
        body: {
          CompanyName: 'Acme IT',
          Codebase: `${codebase}/`,
          VersionCode: onPremises ? 'v2023.2' : codebase.replace('_', '.'),
          VersionNumber: 'v4.6.112233',
          CompanyID: account.companyId,
          // Both spellings are documented. Older versions tell no host.
          ...(onPremises
            ? { IsCloud: 'False' }
            : { IsCloud: true, SiteUrl: host, AllowedOrigins: ['*.myconnectwise.net'] }),
        },
      };
    },
  };
}

function systemInfo({ onPremises, codebase }: Context): Answer {
  return {
    status: 200,
    body: {
      version: onPremises ? 'v2023.2.90210' : `${codebase.replace('_', '.')}.11223`,
      isCloud: !onPremises,
      serverTimeZone: 'Eastern Standard Time',
      cloudRegion: onPremises ? undefined : 'NA',
      licenseBits: [{ name: 'ServiceDesk', activeFlag: true }],
      maxWorkFlowRecordsAllowed: 1000,
    },
  };
}

/** One member is found by id or by login name; an old release may not have the list. */
function members(context: Context, [all, counted]: readonly Route[]): Route[] {
  const { instance, faults } = context;
  const guarded = (route: Route): Route => ({
    ...route,
    handle: (request) => (faults.isOn('no-members-endpoint') ? noEndpoint : route.handle(request)),
  });
  const byName: Route = {
    method: 'GET',
    path: `${root}/system/members/{name}`,
    kind: 'read',
    query: ['fields'],
    handle: (request) => {
      context.permit('members');
      const { name = '' } = request.params;
      const member =
        instance.members.get(Number(name)) ??
        [...instance.members.values()].find(({ identifier }) => identifier.toLowerCase() === name.toLowerCase());
      return single(request, memberSchema, memberRow(found(member), viewOf(context, request)));
    },
  };
  return [guarded(all as Route), guarded(counted as Route), byName];
}

/** Conditions too long for an address come in a body. */
function search(context: Context): Route {
  return {
    method: 'POST',
    path: `${root}/service/tickets/search`,
    kind: 'read',
    query: ['page', 'pageSize', 'fields'],
    body: ['conditions', 'orderBy', 'childconditions', 'customfieldconditions'],
    handle: (request) => {
      context.permit('tickets');
      const body = JSON.parse(request.text || '{}') as Record<string, string | undefined>;
      const view = viewOf(context, request);
      const present = (ticket: Parameters<typeof ticketRow>[0]) => ticketRow(ticket, view);
      const of = { rows: context.instance.tickets.values(), schema: ticketSchema, present };
      return list(context, request, of, (name) => body[name] ?? null);
    },
  };
}

function notes(
  context: Context,
  path: 'notes' | 'allNotes',
  read: (path: string, right: Right, query: readonly string[], handle: Handle) => Route,
): Route {
  return read(`service/tickets/{id}/${path}`, 'tickets', listParameters, (request, view) => {
    const ticket = found(context.instance.tickets.get(Number(request.params.id)));
    const kind = path === 'allNotes' ? { noteType: 'TicketNote' } : {};
    return list(context, request, {
      rows: context.instance.notesOf(ticket),
      schema: noteSchema,
      present: (note) => ({ ...noteRow(note, ticket, view), ...kind }),
    });
  });
}

function boardList(context: Context, request: SimulatorRequest, rows: readonly OfBoard[]): Answer {
  const board = found(boards.find(({ id }) => id === Number(request.params.board)));
  // A board the API member is kept from is refused, not left out.
  if (context.faults.isOn('hidden-board') && board.id === 2) return noRight;
  return list(context, request, {
    rows: rows.filter((row) => row.board === board.id),
    schema: setupSchema,
    present: (row) => ({
      inactive: false,
      inactiveFlag: false,
      displayOnBoard: true,
      ...row,
      board: { id: board.id, name: board.name },
      _info: setupStamp,
    }),
  });
}

/** Does not exist in the oldest model versions. */
function communication(context: Context, request: SimulatorRequest): Answer {
  const [, year = ''] = /version=(20\d\d)\./.exec(request.headers.accept ?? '') ?? [];
  if (year !== '' && Number(year) < 2020) return noEndpoint;
  return list(context, request, { rows: communicationTypes, schema: setupSchema, present: (row) => row });
}
