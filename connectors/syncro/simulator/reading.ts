/** The paths that are read: lists, single rows, comments, settings. */
import { type Answer, Refusal, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type Context, notAuthorised, type Permission, refuse } from './context.ts';
import { date, ids, integer, list, sorted } from './lists.ts';
import { account, type Contact, type Customer, ownUser, type Ticket, userToken } from './model.ts';
import { commentDetail, contactRow, customerRow, displayName, ticketDetail, ticketRow, userRow } from './rows.ts';
import { settings, ticketSettings } from './settings.ts';

export function readingRoutes(context: Context): Route[] {
  const { instance } = context;
  const read = (
    path: string,
    query: readonly string[],
    needed: readonly Permission[],
    handle: (request: SimulatorRequest) => unknown,
  ): Route => ({
    method: 'GET',
    path: `/api/v1/${path}`,
    kind: 'read',
    query: ['api_key', ...query],
    handle: (request): Answer => {
      context.permit(needed);
      return { status: 200, body: handle(request) };
    },
  });
  return [
    read('me', [], [], () => me(context)),
    read('users', [], [], () => ({
      users: context.listedUsers().map(({ id, name }) => [id, context.say(name, id)]),
    })),
    read('users/{id}', [], [], (request) => ({ user: userRow(context, one(instance.users, request)) })),
    read('customers', customerFilters, ['Customers - List/Search'], (request) => customers(context, request)),
    read('customers/{id}', [], ['Customers - View Detail'], (request) => {
      const customer = one(instance.customers, request, ({ id }) => context.sees(id));
      return { customer: customerRow(context, customer, contactsOf(context).get(customer.id) ?? []) };
    }),
    read('contacts', ['customer_id', 'page'], ['Customers - View Detail'], (request) => contacts(context, request)),
    // The contact itself, not wrapped like everything else.
    read('contacts/{id}', [], ['Customers - View Detail'], (request) =>
      contactRow(
        context,
        one(instance.contacts, request, ({ customer }) => context.sees(customer)),
      ),
    ),
    read('tickets', ticketFilters, ['Tickets - List/Search'], (request) => tickets(context, request)),
    // Before the path below, which it fits too.
    read('tickets/settings', [], [], () => ticketSettings(context)),
    read('tickets/{id}', [], ['Tickets - View Details'], (request) => {
      const ticket = one(instance.tickets, request, ({ customer }) => context.sees(customer));
      if (context.faults.isOn('own-tickets-only') && ticket.user !== ownUser) throw new Refusal(notAuthorised);
      return { ticket: ticketDetail(context, ticket) };
    }),
    read('tickets/{id}/comments', commentFilters, ['Tickets - View Details'], (request) => comments(context, request)),
    read('settings', [], [], () => settings()),
    // An account without devices: the paths are there, and what they say is not made up.
    read('customer_assets', assetFilters, ['Assets - List/Search'], (request) =>
      list(context, request, { key: 'assets', rows: [], size: 50, meta: [], present: (row) => row }),
    ),
    read('rmm_alerts', ['status', 'page'], ['RMM Alerts - List'], (request) =>
      list(context, request, { key: 'rmm_alerts', rows: [], size: 25, meta: [], present: (row) => row }),
    ),
  ];
}

const customerFilters =
  'sort query firstname lastname business_name email id not_id id_not include_disabled page'.split(' ');
const ticketFilters =
  'customer_id contact_id number resolved_after created_after since_updated_at status query user_id mine ticket_search_id page comment_format all_comments'.split(
    ' ',
  );
const commentFilters =
  'sort_by sort_direction created_after created_before updated_after updated_before page per_page comment_format'.split(
    ' ',
  );
const assetFilters = ['customer_id', 'asset_type_id', 'snmp_enabled', 'query', 'page'];

/** The row that the path names. @throws Refusal 404 */
export function one<R>(
  rows: ReadonlyMap<number, R>,
  request: SimulatorRequest,
  seen: (row: R) => boolean = () => true,
): R {
  const row = rows.get(Number(request.params.id));
  if (row === undefined || !seen(row)) throw refuse(404, { message: 'Not found' });
  return row;
}

function me({ instance }: Context): object {
  const user = instance.users.get(ownUser);
  const rights = (write: boolean) => ({ read: true, write, delete: false });
  return {
    user_token: userToken,
    user_email: user?.email ?? null,
    user_name: user?.name ?? null,
    user_id: ownUser,
    admin: user?.admin ?? false,
    can_use_app: true,
    two_factor_required: false,
    subdomain: account.subdomain,
    default_location: null,
    enable_multi_locations: false,
    locations_allowed: [],
    permissions: {
      asset: rights(false),
      customer: rights(false),
      ticket: rights(true),
      invoice: { ...rights(false), read: false },
      payment: { ...rights(false), read: false },
      worksheet: { add: false, manage: false, delete: false },
      script: { execute: false },
    },
  };
}

function customers(context: Context, request: SimulatorRequest): object {
  const { query } = request;
  const disabledToo = query.get('include_disabled') === 'true';
  const [wanted, unwanted] = [ids(query, 'id'), ids(query, 'not_id') ?? ids(query, 'id_not')];
  const like = (value: string | null, parameter: string) => {
    const text = query.get(parameter)?.toLowerCase() ?? '';
    return (value ?? '').toLowerCase().includes(text);
  };
  const found = [...context.instance.customers.values()].filter(
    (customer) =>
      context.sees(customer.id) &&
      (disabledToo || !customer.disabled) &&
      (wanted?.has(customer.id) ?? true) &&
      !(unwanted?.has(customer.id) ?? false) &&
      like(customer.firstName, 'firstname') &&
      like(customer.lastName, 'lastname') &&
      like(customer.businessName, 'business_name') &&
      like(customer.email, 'email') &&
      like(`${displayName(customer)} ${customer.email}`, 'query'),
  );
  // No order is documented: by name, so that a customer who is renamed changes its place.
  const ordered = sorted(sorted(found, 'name', displayName), query.get('sort'), customerColumn);
  const byCustomer = contactsOf(context);
  return list<Customer>(context, request, {
    key: 'customers',
    rows: ordered,
    size: 100,
    meta: ['total_entries', 'per_page'],
    present: (customer) => customerRow(context, customer, byCustomer.get(customer.id) ?? []),
  });
}

function customerColumn(customer: Customer, name: string): string | number {
  const columns: Readonly<Record<string, string | number>> = {
    id: customer.id,
    firstname: customer.firstName,
    lastname: customer.lastName,
    business_name: customer.businessName ?? '',
    email: customer.email ?? '',
    city: customer.city,
    created_at: customer.created,
    updated_at: customer.modified,
  };
  return columns[name] ?? 0;
}

const contactsOf = ({ instance }: Context): ReadonlyMap<number | null, Contact[]> =>
  Map.groupBy(instance.contacts.values(), ({ customer }) => customer);

function contacts(context: Context, request: SimulatorRequest): object {
  const of = integer(request.query.get('customer_id'));
  const found = [...context.instance.contacts.values()].filter(
    ({ customer }) => context.sees(customer) && (of === null || customer === of),
  );
  return list<Contact>(context, request, {
    key: 'contacts',
    rows: sorted(found, 'name', ({ name }) => name),
    size: 50,
    meta: ['total_entries', 'per_page'],
    present: (contact) => contactRow(context, contact),
  });
}

function tickets(context: Context, request: SimulatorRequest): object {
  const tests = ticketTests(context, request.query);
  // Newest first: one that is opened while the list is read moves all others.
  const rows = [...context.instance.tickets.values()].filter((ticket) => tests.every((test) => test(ticket))).reverse();
  return list<Ticket>(context, request, {
    key: 'tickets',
    rows,
    size: 50,
    meta: [],
    present: (ticket) => ticketRow(context, ticket),
  });
}

function ticketTests(context: Context, query: URLSearchParams): ((ticket: Ticket) => boolean)[] {
  const tests: ((ticket: Ticket) => boolean)[] = [];
  if (context.onlyCustomer !== null) tests.push(({ customer }) => context.sees(customer));
  const equal = (parameter: string, value: (ticket: Ticket) => number | null) => {
    const wanted = integer(query.get(parameter));
    if (wanted !== null) tests.push((ticket) => value(ticket) === wanted);
  };
  const after = (parameter: string, value: (ticket: Ticket) => number | null) => {
    const from = date(query.get(parameter));
    if (from !== null) tests.push((ticket) => (value(ticket) ?? Number.NEGATIVE_INFINITY) > from);
  };
  equal('customer_id', ({ customer }) => customer);
  equal('contact_id', ({ contact }) => contact);
  equal('number', ({ number }) => number);
  equal('user_id', ({ user }) => user);
  if (query.get('mine') === 'true') tests.push(({ user }) => user === ownUser);
  after('created_after', ({ created }) => created);
  after('resolved_after', ({ resolved }) => resolved);
  if (!context.faults.isOn('since-ignored')) after('since_updated_at', ({ modified }) => modified);
  const status = query.get('status');
  if (status === 'Not Closed') tests.push(({ resolved }) => resolved === null);
  else if (status) tests.push((ticket) => ticket.status === status);
  if (context.faults.isOn('listed-late')) {
    const now = context.instance.clock.now();
    tests.push(({ created }) => now - created >= 30_000);
  }
  const text = query.get('query')?.toLowerCase();
  if (text) tests.push((ticket) => `${ticket.number} ${ticket.subject}`.toLowerCase().includes(text));
  return tests;
}

function comments(context: Context, request: SimulatorRequest): object {
  const { query } = request;
  const ticket = one(context.instance.tickets, request, ({ customer }) => context.sees(customer));
  const from = Math.max(...['created_after', 'updated_after'].map((name) => date(query.get(name)) ?? 0));
  const to = Math.min(...['created_before', 'updated_before'].map((name) => date(query.get(name)) ?? Infinity));
  const rows = context.instance.commentsOf(ticket).filter(({ at }) => at > from && at < to);
  const newestFirst = !/^asc$/i.test(query.get('sort_direction') ?? '');
  return list(context, request, {
    key: 'comments',
    rows: newestFirst ? rows.reverse() : rows,
    size: Math.max(1, integer(query.get('per_page')) ?? 10),
    meta: ['per_page'],
    present: (comment) => commentDetail(context, comment, ticket),
  });
}
