/** A stranger's client: plain fetch, no code of ours. */
import { describe, expect, it } from 'vitest';
import definition from '../../../connectors/syncro/simulator.ts';
import { type Json, Simulated } from '../simulated.ts';

const simulator = new Simulated(definition);
const { run, control } = simulator;

const token = () => simulator.credentials.api_token ?? '';
const get = (path: string, authorization = `Bearer ${token()}`) =>
  fetch(`${simulator.url}/api/v1/${path}`, { headers: { authorization }, redirect: 'manual' });
const json = async (path: string): Promise<Json> => (await get(path)).json();
const send = async (method: string, path: string, body: object): Promise<{ status: number; body: Json }> => {
  const response = await fetch(`${simulator.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const post = (path: string, body: object) => send('POST', path, body);
const put = (path: string, body: object) => send('PUT', path, body);

async function all(path: string, key: string): Promise<Json[]> {
  const rows: Json[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const body = await json(`${path}${path.includes('?') ? '&' : '?'}page=${page}`);
    rows.push(...body[key]);
    pages = body.meta.total_pages;
  }
  return rows;
}

const ids = (rows: Json[]): string[] => rows.map(({ id, externalId }) => String(externalId ?? id)).sort();

describe('what a correct client ends up with', () => {
  it('is what totals and records tell', async () => {
    await run();
    const customers = await all('customers?include_disabled=true', 'customers');
    const contacts = (await all('contacts', 'contacts')).filter(({ customer_id }) => customer_id !== null);
    const { users } = await json('users');
    const tickets = await all('tickets', 'tickets');
    expect(simulator.totals()).toEqual({
      companies: customers.length,
      contacts: contacts.length,
      users: users.length,
      tickets: tickets.length,
    });
    expect(ids(await control('records/companies'))).toEqual(ids(customers));
    expect(ids(await control('records/contacts'))).toEqual(ids(contacts));
    expect(ids(await control('records/tickets'))).toEqual(ids(tickets));
    expect(users.map(([id]: [number]) => String(id))).toEqual(ids(await control('records/users')));
    expect((await all('customers', 'customers')).length).toBeLessThan(customers.length);
    expect(customers.some(({ business_name }) => business_name === null)).toBe(true);
    expect((await all('contacts', 'contacts')).length).toBeGreaterThan(contacts.length);
  });

  it('is the same for the same seed, and starts quickly at 20,000 tickets', async () => {
    await run({ seed: 5 });
    const first = JSON.stringify(await json('tickets'));
    await simulator.close();
    await run({ seed: 5 });
    expect(JSON.stringify(await json('tickets'))).toBe(first);
    await simulator.close();
    const before = process.cpuUsage();
    await run({ scale: 20_000 });
    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
  });
});

describe('the token', () => {
  it('is taken in all four forms in use, and nothing else is', async () => {
    await run();
    const bare = `${simulator.url}/api/v1/me`;
    expect((await get('me')).status).toBe(200);
    expect((await get('me', token())).status).toBe(200);
    expect((await fetch(`${bare}?api_key=${token()}`)).status).toBe(200);
    const body = JSON.stringify({ api_key: token() });
    const posted = await fetch(`${simulator.url}/api/v1/tickets`, { method: 'POST', body });
    expect(posted.status).toBe(422);
    expect((await fetch(bare)).status).toBe(401);
    expect((await get('me', 'Bearer wrong')).status).toBe(401);
  });

  it('without a permission is refused with 401, and still opens /me', async () => {
    await run({ fault: 'no-tickets-list-search' });
    const refused = await get('tickets');
    expect([refused.status, await refused.json()]).toEqual([
      401,
      { error: 'Not authorized. Please ask account admin to update your group permissions.' },
    ]);
    const open = ['me', 'tickets/settings', 'tickets/108440001'];
    for (const path of open) expect((await get(path)).status).toBe(200);
  });

  it('of a single-customer user sees one customer, its contacts and tickets', async () => {
    await run({ fault: 'single-customer-user' });
    const { customers, meta } = await json('customers');
    expect([customers.length, meta.total_entries]).toEqual([1, 1]);
    const of = customers[0].id;
    expect((await all('tickets', 'tickets')).every(({ customer_id }) => customer_id === of)).toBe(true);
    expect((await all('contacts', 'contacts')).every(({ customer_id }) => customer_id === of)).toBe(true);
    const other = await get('contacts/88002');
    expect([other.status, await other.json()]).toEqual([404, { message: 'Not found' }]);
  });
});

describe('lists', () => {
  it('have page sizes and meta members of their own, whatever is asked for', async () => {
    await run({ scale: 6000 });
    const shape = async (path: string, key: string) => {
      const { meta, [key]: rows } = await json(path);
      return [rows.length, Object.keys(meta).sort()];
    };
    const four = ['page', 'per_page', 'total_entries', 'total_pages'];
    expect(await shape('customers?include_disabled=true&per_page=500', 'customers')).toEqual([100, four]);
    expect(await shape('contacts?per_page=500', 'contacts')).toEqual([50, four]);
    expect(await shape('tickets?per_page=500', 'tickets')).toEqual([50, ['page', 'total_pages']]);
    expect((await json('tickets?page=999')).tickets).toEqual([]);
    expect((await json('customer_assets')).assets).toEqual([]);
    expect((await json('rmm_alerts')).rmm_alerts).toEqual([]);
    await control('fault', { name: 'documented-page-size' });
    expect((await json('tickets')).tickets.length).toBe(25);
  });

  it('of customers sort, filter by id, and leave disabled ones out unless asked', async () => {
    await run();
    const sorted = await all('customers?sort=updated_at DESC&include_disabled=true', 'customers');
    const times = sorted.map(({ updated_at }) => updated_at);
    expect(times).toEqual([...times].sort().reverse());
    const [a, b] = sorted;
    expect(ids((await json(`customers?id[]=${a.id}&id[]=${b.id}&include_disabled=true`)).customers)).toEqual(
      ids([a, b]),
    );
    expect((await json('customers')).customers.every(({ disabled }: Json) => !disabled)).toBe(true);
  });

  it('of tickets filter by time of change, full or plain; lists of customers and contacts do not', async () => {
    await run();
    simulator.time += 60_000;
    const { changed } = await control('change', { type: 'tickets', count: 3 });
    const since = new Date(simulator.time - 1).toISOString().replace('Z', '000Z');
    expect(ids((await json(`tickets?since_updated_at=${since}`)).tickets)).toEqual([...changed].sort());
    expect((await json('tickets?since_updated_at=2026-08-03')).tickets.length).toBe(3);
    expect((await json(`customers?since_updated_at=${since}`)).customers.length).toBeGreaterThan(3);
    await control('fault', { name: 'since-ignored' });
    expect((await json(`tickets?since_updated_at=${since}`)).tickets.length).toBe(50);
  });

  it('of tickets take a status, and the pseudo-status Not Closed', async () => {
    await run();
    const invoiced = await all('tickets?status=Invoiced', 'tickets');
    expect(invoiced.every(({ status }) => status === 'Invoiced')).toBe(true);
    expect(invoiced.some(({ resolved_at }) => resolved_at === null)).toBe(true);
    expect((await all('tickets?status=Not Closed', 'tickets')).every(({ resolved_at }) => resolved_at === null)).toBe(
      true,
    );
  });
});

describe('rows', () => {
  it('are wrapped, but for contacts; users are pairs', async () => {
    await run();
    const { id: customer } = (await json('customers')).customers[0];
    expect((await json(`customers/${customer}`)).customer.id).toBe(customer);
    expect(await json('contacts/88001')).toMatchObject({ id: 88001, properties: { title: expect.any(String) } });
    expect(await json('users/101')).toMatchObject({ user: { id: 101, email: expect.stringMatching(/\.example$/) } });
    expect((await json('users')).users[0]).toEqual([101, expect.any(String)]);
    expect((await get('tickets/1')).status).toBe(404);
  });

  it('of a ticket differ alone and in a list, where only the first comment is', async () => {
    await run();
    const listed = (await all('tickets', 'tickets')).find(
      ({ contact_id, ticket_type_id }) => contact_id && ticket_type_id,
    );
    const { ticket } = await json(`tickets/${listed.id}`);
    expect(listed.comments).toMatchObject([{ subject: 'Initial Issue', ticket_id: listed.id }]);
    expect(ticket).not.toHaveProperty('ticket_type_name');
    expect(ticket).not.toHaveProperty('contact_fullname');
    expect(ticket.contact.name).toBe(listed.contact_fullname);
    expect(ticket.ticket_type.name).toBe(listed.ticket_type_name);
    expect(Math.min(...ticket.comments.map(({ id }: Json) => id))).toBe(listed.comments[0].id);
    await control('fault', { name: 'all-comments' });
    const again = (await all('tickets', 'tickets')).find(({ id }) => id === listed.id);
    expect(again.comments).toEqual(ticket.comments);
  });

  it('have times in the account’s zone where they are told so', async () => {
    await run();
    const zulu = (await json('users/101')).user.updated_at;
    await control('fault', { name: 'account-zone' });
    const local = (await json('users/101')).user.updated_at;
    expect(local).toMatch(/-08:00$/);
    expect(Date.parse(local)).toBe(Date.parse(zulu));
  });

  it('of the settings hold the texts that tickets carry', async () => {
    await run();
    const { ticket_status_list, ticket_types, users } = await json('tickets/settings');
    const { ticket } = await json('settings');
    for (const row of (await json('tickets')).tickets) {
      expect(ticket_status_list).toContain(row.status);
      expect(ticket.problem_types).toContain(row.problem_type);
      expect(ticket.priorities).toContain(row.priority ?? '');
      if (row.ticket_type_id) expect(ids(ticket_types)).toContain(String(row.ticket_type_id));
    }
    expect(users[0]).toEqual({ id: 101, name: expect.any(String) });
  });
});

describe('writing', () => {
  it('creates a ticket from a flat body with 200, its first comment as description and its tags in lists', async () => {
    await run();
    const customer_id = (await json('customers')).customers[0].id;
    const comments_attributes = [
      { subject: 'Initial Issue', body: 'Prepare an account.', hidden: false, do_not_email: true },
    ];
    const made = await post('tickets', {
      customer_id,
      subject: 'Starter',
      priority: '2 Normal',
      tag_list: ['mark-1'],
      comments_attributes,
    });
    expect(made).toMatchObject({
      status: 200,
      body: { ticket: { subject: 'Starter', status: 'New', customer: { id: customer_id } } },
    });
    const [listed] = (await json(`tickets?customer_id=${customer_id}&created_after=2026-08-02`)).tickets;
    expect(listed).toMatchObject({ tag_list: ['mark-1'], comments: [{ body: 'Prepare an account.' }] });
    expect(simulator.totals().tickets).toBe(401);
  });

  it.each([
    ['tickets', { subject: 'x' }, { error: 'Customer required field' }],
    ['tickets', { ticket: { customer_id: 5501, subject: 'x' } }, { error: 'Customer required field' }],
    ['tickets', { customer_id: 1, subject: 'x' }, { error: 'Customer required field' }],
    ['tickets', { customer_id: 5501, subject: ' ' }, { success: false, message: ["Subject can't be blank"] }],
    ['tickets/108440001/comment', {}, { success: false, message: ["Body can't be blank", "Subject can't be blank"] }],
    ['contacts', { name: 'Kim' }, { record: { id: null, name: 'Kim' }, errors: "Customer can't be blank" }],
    [
      'customers',
      { business_name: 'X', email: 'x' },
      { success: false, message: ['Email is not an email'], params: { email: 'x' } },
    ],
  ])('refuses %s %j with 422', async (path, body, answer) => {
    await run();
    expect(await post(path, body)).toEqual({ status: 422, body: answer });
  });

  it('changes only what is given, closes by status, and stamps the change', async () => {
    await run();
    const open = (await json('tickets?status=New')).tickets[0];
    simulator.time += 5000;
    const { body } = await put(`tickets/${open.id}`, { status: 'Resolved' });
    const at = new Date(simulator.time).toISOString();
    expect(body.ticket).toMatchObject({ status: 'Resolved', subject: open.subject, resolved_at: at, updated_at: at });
    await control('fault', { name: 'outtake-form' });
    const other = (await json('tickets?status=New')).tickets[0];
    expect((await put(`tickets/${other.id}`, { status: 'Resolved' })).status).toBe(422);
  });

  it('empties what null or a blank says, and passes over ids that it does not know', async () => {
    await run();
    const { id, user_id } = (await all('tickets', 'tickets')).find(({ user_id, priority }) => user_id && priority);
    const { body } = await put(`tickets/${id}`, { priority: '', problem_type: null, user_id: 999, customer_id: 5501 });
    expect(body.ticket).toMatchObject({ priority: null, problem_type: null, user_id, customer_id: 5501 });
    expect(await put(`tickets/${id}`, { customer_id: 1 })).toMatchObject({ status: 422 });
    await control('fault', { name: 'blanks-ignored' });
    expect((await put(`tickets/${id}`, { user_id: null })).body.ticket.user_id).toBe(user_id);
  });

  it('adds comments, newest first in their list, and counts them as changes', async () => {
    await run();
    const { comments: before } = await json('tickets/108440001/comments');
    simulator.time += 5000;
    const { status, body } = await post('tickets/108440001/comment', {
      subject: 'Note',
      body: '**done**',
      hidden: true,
    });
    expect([status, body.comment]).toMatchObject([200, { body: '**done**', hidden: true, user_id: 101 }]);
    const { comments, meta } = await json('tickets/108440001/comments');
    expect([comments.length, comments[0].id, meta.per_page]).toEqual([before.length + 1, body.comment.id, 10]);
    const oldest = await json('tickets/108440001/comments?sort_direction=ASC&per_page=1');
    expect(oldest.comments[0].subject).toBe('Initial Issue');
    expect((await json('tickets/108440001')).ticket.updated_at).toBe(new Date(simulator.time).toISOString());
  });

  it('answers contacts unwrapped, with the title among the properties; customers lose the form of their numbers', async () => {
    await run();
    const { body } = await post('contacts', {
      customer_id: 5501,
      name: 'Kim Lee',
      title: 'Owner',
      phone: '(503) 555-0101',
    });
    expect(body).toMatchObject({ name: 'Kim Lee', properties: { title: 'Owner' }, phone: '(503) 555-0101' });
    expect(body).not.toHaveProperty('title');
    const { body: changed } = await put('customers/5501', { phone: '(503) 555-0101' });
    expect(changed.customer.phone).toBe('5035550101');
  });

  it('stores a create that it answers with 504, and technicians cannot be written', async () => {
    await run();
    await control('fault', { name: 'create-504' });
    const response = await fetch(`${simulator.url}/api/v1/tickets`, {
      method: 'POST',
      headers: { authorization: token() },
      body: JSON.stringify({ customer_id: 5501, subject: 'unknown outcome' }),
    });
    expect(response.status).toBe(504);
    expect(simulator.totals().tickets).toBe(401);
    expect((await put('users/101', { name: 'x' })).status).toBe(404);
  });
});

describe('limits', () => {
  it('allow so many requests a minute, and say neither how many are left nor for how long to wait', async () => {
    await run({ limit: 180 });
    for (let i = 0; i < 180; i++) expect((await get('me')).status).toBe(200);
    const refused = await get('me');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    simulator.time += 60_001;
    expect((await get('me')).status).toBe(200);
  });

  it('are kept in strict mode for what is sent as well', async () => {
    await run({ strict: true });
    expect((await get('contacts?per_page=100')).status).toBe(400);
    expect((await post('tickets', { customer_id: 5501, subject: 'x', description: 'y' })).status).toBe(400);
    expect((await get(`customers?api_key=${token()}&id[]=5501`)).status).toBe(200);
    expect((await control('stats')).undocumented).toEqual([
      'GET /api/v1/contacts: query parameter "per_page"',
      'POST /api/v1/tickets: body field "description"',
    ]);
  });
});

describe('changes by people at the vendor', () => {
  it.each(['companies', 'contacts', 'users', 'tickets'] as const)('are told and counted: %s', async (type) => {
    await run();
    const before = await control(`records/${type}`);
    simulator.time += 1000;
    const { changed } = await control('change', { type, count: 2 });
    const moved = (await control(`records/${type}`)).filter(
      ({ updatedAt }: Json) => updatedAt === new Date(simulator.time).toISOString(),
    );
    expect(ids(moved)).toEqual([...changed].sort());
    const { created } = await control('create', { type, count: 2 });
    const { deleted } = await control('delete', { type, count: 1 });
    const left = ids(await control(`records/${type}`));
    expect(left.length).toBe(before.length + 1);
    expect(left).toEqual(expect.arrayContaining(created.filter((id: string) => !deleted.includes(id))));
  });
});
