/** A stranger's client: plain fetch, no code of ours. */
import { describe, expect, it } from 'vitest';
import definition from '../../../connectors/halo-psa/simulator.ts';
import { type Json, Simulated } from '../simulated.ts';

const simulator = new Simulated(definition);
const { run, control } = simulator;

const leastScopes = 'edit:tickets read:customers';

const read = async (response: Response | Promise<Response>): Promise<Json> => (await response).json();

async function signIn(change: Record<string, string> = {}, url = `${simulator.url}/auth/token`): Promise<Response> {
  const { clientId = '', clientSecret = '' } = simulator.credentials;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: leastScopes,
  };
  return fetch(url, { method: 'POST', body: new URLSearchParams({ ...form, ...change }) });
}

async function client(scope = leastScopes) {
  const { access_token } = await read(signIn({ scope }));
  const authorization = `Bearer ${access_token}`;
  const get = (path: string) => fetch(`${simulator.url}/api/${path}`, { headers: { authorization } });
  const send = (path: string, body: unknown) =>
    fetch(`${simulator.url}/api/${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json; charset=utf-8' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const json = async (path: string): Promise<Json> => read(get(path));
  const all = async (path: string, key: string): Promise<Json[]> => {
    const rows: Json[] = [];
    for (let page = 1; ; page++) {
      const body = await json(
        `${path}${path.includes('?') ? '&' : '?'}pageinate=true&page_size=100&order=id&page_no=${page}`,
      );
      rows.push(...body[key]);
      if (rows.length >= body.record_count || body[key].length === 0) return rows;
    }
  };
  return { get, send, json, all };
}

const both = 'includeactive=true&includeinactive=true';
const ids = (rows: Json[]): string[] => rows.map(({ id, externalId }) => String(externalId ?? id)).sort();

describe('what a correct client ends up with', () => {
  it('is what totals and records tell', async () => {
    await run();
    const { all, json } = await client();
    const clients = (await all(`Client?${both}`, 'clients')).filter(({ name }) => name !== 'Unknown');
    const users = await all(`Users?${both}&exclude_generaluser=true`, 'users');
    const agents = await json(
      'Agent?includeenabled=true&includedisabled=true&includeunassigned=false&includeapiagents=false',
    );
    const listed = await all('Tickets?domain=reqs', 'tickets');
    const tickets = listed.filter(({ merged_into_id }) => merged_into_id === 0);
    expect({
      companies: clients.length,
      contacts: users.length,
      users: agents.length,
      tickets: tickets.length,
    }).toEqual(simulator.totals());
    expect(simulator.totals()).toEqual({ companies: 10, contacts: 100, users: 3, tickets: 400 });
    expect(ids(await control('records/companies'))).toEqual(ids(clients));
    expect(ids(await control('records/contacts'))).toEqual(ids(users));
    expect(ids(await control('records/users'))).toEqual(ids(agents));
    expect(ids(await control('records/tickets'))).toEqual(ids(tickets));
    expect(listed.length).toBeGreaterThan(400);
    expect(tickets.some(({ client_id }) => client_id === 1)).toBe(true);
    const everything = await all('Tickets', 'tickets');
    expect(new Set(everything.map(({ use }) => use))).toEqual(new Set(['ticket', 'project', 'opportunity']));
    expect((await all('Tickets?deleted=true', 'tickets')).length).toBeGreaterThan(0);
  });

  it('is the same for the same seed, and starts quickly at 20,000 tickets', async () => {
    const page = async () =>
      JSON.stringify(await (await client()).json('Tickets?pageinate=true&page_size=100&order=id'));
    await run({ seed: 5 });
    const first = await page();
    await simulator.close();
    await run({ seed: 5 });
    expect(await page()).toBe(first);
    await simulator.close();
    const before = process.cpuUsage();
    await run({ seed: 6, scale: 20_000 });
    // Microseconds of work, whatever else the machine does.
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
    expect(simulator.totals().tickets).toBe(20_000);
    expect(await page()).not.toBe(first);
  });
});

describe('lists', () => {
  it('cap a page at 100 with the true count, take paths in any case, and ignore unknown parameters', async () => {
    await run();
    const { json } = await client();
    const page = await json('TICKETS?pageinate=true&page_no=1&page_size=1000&order=id&domain=reqs&updated_since=2030');
    expect([page.tickets.length, page.record_count > 400, page.tickets[0].id]).toEqual([100, true, 2000]);
    const third = await json('tickets?pageinate=true&page_no=3&page_size=1000&order=id&domain=reqs');
    expect(third.tickets[0].id).toBeGreaterThan(page.tickets[99].id);
    expect((await json('Tickets?pageinate=true&page_no=99&page_size=100')).tickets).toEqual([]);
    expect((await json('Tickets?count=7')).tickets.length).toBe(7);
  });

  it('order as asked, newest change first when not asked', async () => {
    await run();
    const { json } = await client();
    const column = async (query: string, name: string) =>
      (await json(`Tickets?pageinate=true&page_size=100&${query}`)).tickets.map((ticket: Json) => ticket[name]);
    const byDefault = await column('', 'last_update');
    const milliseconds = byDefault.map((at: string) => at.slice(0, 23));
    expect(milliseconds).toEqual([...milliseconds].sort().reverse());
    const descending = await column('order=id&orderdesc=true', 'id');
    expect(descending).toEqual([...descending].sort((a, b) => b - a));
    const two = await json('Tickets?pageinate=true&page_size=100&order=client_id&order2=id&orderdesc2=true');
    const pairs = two.tickets.map(({ client_id, id }: Json) => [client_id, -id]);
    expect(pairs).toEqual([...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
  });

  it('take lastupdatefromdate inclusively, zoned or not', async () => {
    await run();
    const { json } = await client();
    simulator.time += 60_000;
    const then = simulator.time;
    const { changed } = await control('change', { type: 'tickets', count: 3 });
    simulator.time += 60_000;
    const since = async (at: number, form: (iso: string) => string = (iso) => iso) =>
      ids((await json(`Tickets?pageinate=true&lastupdatefromdate=${form(new Date(at).toISOString())}`)).tickets);
    expect(await since(then)).toEqual([...changed].sort());
    expect(await since(then, (iso) => iso.slice(0, 19))).toEqual([...changed].sort());
    expect(await since(then + 1)).toEqual([]);
    const { changed: clients } = await control('change', { type: 'companies', count: 2 });
    const found = await json(
      `Client?${both}&pageinate=true&lastupdatefromdate=${new Date(simulator.time).toISOString()}`,
    );
    expect(ids(found.clients)).toEqual([...clients].sort());
    await control('fault', { name: 'filter-ignored' });
    expect((await since(then + 1)).length).toBe(50);
  });

  it('have two independent switches for active and inactive', async () => {
    await run();
    const { json } = await client();
    const count = async (query: string) => (await json(`Client?pageinate=true&${query}`)).record_count;
    const [active, inactive] = [await count('includeactive=true'), await count('includeinactive=true')];
    expect(inactive).toBeGreaterThan(0);
    expect(await count(both)).toBe(active + inactive);
    expect(await count('activeinactive=true,true')).toBe(active + inactive);
  });

  it('are thin; numbers, dates and blanks are as odd as the vendor writes them', async () => {
    await run();
    const { get, json } = await client();
    const [row] = (await json('Client?pageinate=true&order=id&page_size=1')).clients;
    expect(Object.keys(row)).not.toContain('alastupdate');
    const detail = await json('Client/12?includedetails=true');
    expect(detail.alastupdate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?$/);
    expect(await (await get('Users?pageinate=true&page_size=1')).text()).toMatch(/"site_id":\d+\.0,"site_id_int":\d+,/);
    expect(await (await get('Site?pageinate=true&page_size=1')).text()).toMatch(/"client_id":\d+\.0,/);
    const tickets = await (await get('Tickets?pageinate=true&page_size=100&order=id')).text();
    expect(tickets).not.toContain('null');
    const [ticket] = JSON.parse(tickets).tickets;
    expect(ticket.last_update).toMatch(/\.\d{7}Z$/);
    expect(ticket.targetdate).toBe('1900-01-01T00:00:00');
    expect(ticket).not.toHaveProperty('status_name');
    expect(await json(`Tickets/${ticket.id}`)).toMatchObject({
      id: ticket.id,
      sla_name: expect.any(String),
      deleted: false,
    });
  });

  it('repeat priority numbers under other names, and leave agents and lookups as bare arrays', async () => {
    await run();
    const { json } = await client();
    const third = (await json('Priority')).filter(({ priorityid }: Json) => priorityid === 3);
    expect(third.map(({ slaid, name }: Json) => [slaid, name])).toEqual([
      [1, 'Medium'],
      [2, 'Normal'],
    ]);
    const statuses = await json('Status?type=ticket');
    expect(statuses.find(({ id }: Json) => id === 9).name).toBe('Closed');
    expect((await json('Status')).length).toBeGreaterThan(statuses.length);
    expect((await json('TicketType')).filter(({ use }: Json) => use === 'tickets').length).toBe(4);
    expect((await json('Team?type=reqs')).length).toBe(2);
    expect((await json('Agent')).slice(0, 2)).toMatchObject([{ id: 1, name: 'Unassigned' }, { isapiagent: true }]);
    expect(await json('Agent/me')).toMatchObject({ id: 2 });
  });

  it('search, and refuse a field that cannot be searched', async () => {
    await run();
    const { get, json } = await client();
    const contact = (await control('records/contacts')).find(({ email }: Json) => email);
    const filter = (name: string) =>
      `Users?${both}&advanced_search=${encodeURIComponent(JSON.stringify([{ filter_name: name, filter_type: 2, filter_value: contact.email }]))}`;
    expect(ids((await json(filter('emailaddress'))).users)).toEqual([contact.externalId]);
    expect((await get(filter('azureoid'))).status).toBe(400);
  });
});

describe('sign-in', () => {
  it('is found through authinfo, takes a form only, and tells scope and lifetime', async () => {
    await run();
    const info = await read(fetch(`${simulator.url}/api/authinfo`));
    expect(info).toEqual({ auth_url: `${simulator.url}/auth`, tenant_id: 'acme-demo' });
    const token = await read(signIn({}, `${info.auth_url}/token?tenant=acme-demo`));
    expect(token).toMatchObject({ scope: leastScopes, token_type: 'Bearer', expires_in: 3600 });
    const asJson = await fetch(`${info.auth_url}/token`, { method: 'POST', body: '{}' });
    expect([asJson.status, (await read(asJson)).error]).toEqual([400, 'invalid_request']);
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'wrong' }, 401, 'invalid_client'],
    [{ scope: 'read:actions' }, 400, 'invalid_scope'],
    [{ scope: 'edit:customers' }, 400, 'invalid_scope'],
    [{ scope: 'all' }, 400, 'invalid_scope'],
    [{ tenant: 'other' }, 400, 'invalid_request'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('refuses %j with %i %s', async (change, status, error) => {
    await run();
    const answer = await signIn(change);
    expect([answer.status, (await read(answer)).error]).toEqual([status, error]);
  });

  it('issues a token without scope that opens nothing, and tokens that end by the vendor clock', async () => {
    await run();
    const useless = await read(signIn({ scope: '' }));
    expect(useless.scope).toBeUndefined();
    const withIt = { headers: { authorization: `Bearer ${useless.access_token}` } };
    const refused = await fetch(`${simulator.url}/api/Tickets`, withIt);
    expect([refused.status, await refused.text()]).toEqual([401, '']);
    const { get } = await client();
    simulator.time += 3_599_999;
    expect((await get('Agent/me')).status).toBe(200);
    simulator.time += 1;
    expect((await get('Agent/me')).status).toBe(401);
  });

  it('opens by scope', async () => {
    await run();
    const onlyCustomers = await client('read:customers');
    expect((await onlyCustomers.get('Client')).status).toBe(200);
    const tickets = await onlyCustomers.get('Tickets');
    expect([tickets.status, await tickets.text()]).toEqual([403, '']);
    const onlyReading = await client('read:tickets');
    expect((await onlyReading.get('Tickets')).status).toBe(200);
    expect((await onlyReading.get('Users')).status).toBe(403);
    expect((await onlyReading.send('Tickets', [{ summary: 'x' }])).status).toBe(403);
    expect((await (await client()).send('Agent', [{ name: 'New Person' }])).status).toBe(403);
  });
});

describe('faults of the vendor', () => {
  it.each(['bad-secret', 'inactive-app'])('%s: 401 invalid_client', async (fault) => {
    await run({ fault });
    const answer = await signIn();
    expect([answer.status, (await read(answer)).error]).toEqual([401, 'invalid_client']);
  });

  it('missing-tenant and shared-auth-host need the tenant', async () => {
    await run({ fault: 'missing-tenant' });
    expect(await read(fetch(`${simulator.url}/api/authinfo`))).not.toHaveProperty('tenant_id');
    expect((await signIn()).status).toBe(400);
    expect((await signIn({ tenant: 'acme-demo' })).status).toBe(200);
    await control('fault', { name: 'shared-auth-host' });
    const { auth_url } = await read(fetch(`${simulator.url}/api/authinfo`));
    expect(new URL(auth_url).origin).not.toBe(simulator.url);
    expect((await signIn({}, `${auth_url}/token`)).status).toBe(400);
    expect((await signIn({}, `${auth_url}/token?tenant=acme-demo`)).status).toBe(200);
  });

  it('scope-refused: named scopes are refused, all is accepted and opens everything', async () => {
    await run({ fault: 'scope-refused' });
    expect((await read(signIn())).error).toBe('invalid_scope');
    const everything = await client('all');
    expect((await everything.get('Users')).status).toBe(200);
    expect((await everything.send('Agent', [{ name: 'New Person' }])).status).toBe(201);
  });

  it.each([
    ['missing-scope-tickets', 'Tickets', 'Client'],
    ['missing-scope-customers', 'Users', 'Tickets'],
    ['missing-scope-agents', 'Agent', 'Agent/me'],
    ['missing-scope-lookups', 'Status', 'Agent'],
  ])('%s: %s is 403 and empty, %s works', async (fault, closed, open) => {
    await run({ fault });
    const { get } = await client();
    const refused = await get(closed);
    expect([refused.status, await refused.text()]).toEqual([403, '']);
    expect((await get(open)).status).toBe(200);
  });

  it('scopeless: signs in, and every data call is 401', async () => {
    await run({ fault: 'scopeless' });
    expect((await signIn()).status).toBe(200);
    expect((await (await client()).get('Agent/me')).status).toBe(401);
  });

  it('no-visibility: lists are 200 and empty', async () => {
    await run({ fault: 'no-visibility' });
    const { json } = await client();
    expect(await json('Client?pageinate=true')).toMatchObject({ record_count: 0, clients: [] });
    expect(await json('Tickets?pageinate=true')).toMatchObject({ record_count: 0, tickets: [] });
  });

  it('expired-mid-run and revoked-mid-run: a new token works, or is refused', async () => {
    await run();
    const { get } = await client();
    await control('fault', { name: 'expired-mid-run', count: 1 });
    expect([(await get('Client')).status, (await get('Client')).status]).toEqual([200, 401]);
    expect((await (await client()).get('Client')).status).toBe(200);
    const again = await client();
    await control('fault', { name: 'revoked-mid-run', count: 1 });
    expect([(await again.get('Client')).status, (await again.get('Client')).status]).toEqual([200, 401]);
    expect((await read(signIn())).error).toBe('invalid_client');
  });

  it('not-halo and no-authinfo: an HTML 404 everywhere, or on authinfo alone', async () => {
    await run({ fault: 'not-halo' });
    const info = await fetch(`${simulator.url}/api/authinfo`);
    expect([info.status, info.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await signIn()).status).toBe(404);
    await control('fault', { name: 'no-authinfo' });
    expect((await fetch(`${simulator.url}/api/authinfo`)).status).toBe(404);
    expect((await signIn()).status).toBe(200);
  });

  it('hostile-text: titles and names carry escape sequences, ids stay', async () => {
    await run({ fault: 'hostile-text' });
    const { json } = await client();
    const { tickets } = await json('Tickets?pageinate=true&page_size=100&order=id');
    const attacked = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
    expect(tickets.every(({ summary }: Json) => attacked.test(summary))).toBe(true);
    expect((await json('Agent')).every(({ name }: Json) => attacked.test(name))).toBe(true);
  });

  it('429 has the vendor wording and no Retry-After; the limit is 300 in 5 minutes when asked for', async () => {
    await run({ limit: 5 });
    const { get } = await client();
    for (let i = 0; i < 5; i++) expect((await get('Status')).status).toBe(200);
    const refused = await get('Status');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    expect((await read(refused)).error).toContain('Rate Limit Reached');
    simulator.time += 300_000;
    expect((await get('Status')).status).toBe(200);
  });

  it('strict: a mistyped filter is refused by name instead of ignored', async () => {
    await run({ strict: true });
    const { get, send } = await client();
    const typo = await get('Tickets?pageinate=true&lastupdatedfromdate=2026-01-01');
    expect([typo.status, await typo.text()]).toEqual([400, expect.stringContaining('lastupdatedfromdate')]);
    expect((await get('Tickets?pageinate=true&lastupdatefromdate=2026-01-01')).status).toBe(200);
    expect((await send('Tickets', [{ summary: 'x', tickettype: { id: 3 } }])).status).toBe(400);
  });
});

describe('writing', () => {
  it('creates from an array, answers 201 with one object, finds the marker again', async () => {
    await run();
    const { send, json } = await client();
    const total = simulator.totals().tickets ?? 0;
    const answer = await send('Tickets', [
      {
        summary: 'From the portal',
        tickettype_id: 3,
        priority_id: 2,
        client_id: 12,
        client_reference: 'msp-1',
        team: 'Field Engineering',
      },
    ]);
    const ticket = await read(answer);
    expect([answer.status, ticket]).toEqual([
      201,
      expect.objectContaining({
        summary: 'From the portal',
        sla_id: 2,
        agent_id: 1,
        status_id: 1,
        client_reference: 'msp-1',
      }),
    ]);
    expect(ticket.priority.name).toBe('Urgent');
    expect(simulator.totals().tickets).toBe(total + 1);
    expect(ids((await json('Tickets?client_ref=msp-1')).tickets)).toEqual([String(ticket.id)]);
    const many = await send('Tickets?returnall=true', [{ summary: 'a' }, { summary: 'b' }]);
    expect((await read(many)).map(({ summary }: Json) => summary)).toEqual(['a', 'b']);
  });

  it.each([
    ['a bare object', { summary: 'x' }, 'JSON array'],
    ['no summary', [{ details: 'x' }], 'Please enter Summary'],
    ['a type with mandatory fields', [{ summary: 'x', tickettype_id: 21 }], 'Please enter Details, Category'],
    ['a decimal id', '[{"summary":"x","site_id":95.0}]', "Path '[0].site_id'"],
    ['text for an id', [{ id: 'abc' }], "Could not convert string to integer: abc. Path '[0].id'"],
    ['a priority of another SLA', [{ summary: 'x', priority_id: 77 }], 'priority_id 77'],
  ])('refuses %s and stores nothing', async (_, body, message) => {
    await run();
    const { send } = await client();
    const answer = await send('Tickets', body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(message)]);
    expect(simulator.totals().tickets).toBe(400);
  });

  it('updates what is given, leaves the rest, keeps hasbeenclosed after re-opening', async () => {
    await run();
    const { send, json } = await client();
    const id = Number((await control('create', { type: 'tickets', count: 1 })).created[0]);
    const before = await json(`Tickets/${id}`);
    simulator.time += 1000;
    const closed = await read(send('Tickets', [{ id, status_id: 9 }]));
    expect(closed).toMatchObject({
      summary: before.summary,
      status_id: 9,
      hasbeenclosed: true,
      dateclosed: expect.any(String),
    });
    expect(closed.changeseq).toBeGreaterThan(before.changeseq);
    expect(Date.parse(closed.last_update)).toBe(simulator.time);
    await send('Tickets', [{ id, status_id: 22 }]);
    const reopened = await json(`Tickets/${id}`);
    expect(reopened).toMatchObject({ status_id: 22, hasbeenclosed: true });
    expect(reopened).not.toHaveProperty('dateclosed');
    expect((await send('Tickets', [{ id: 999_999, status_id: 9 }])).status).toBe(404);
    await control('fault', { name: 'renamed-update-field' });
    const renamed = await read(send('Tickets', [{ id, agent_id: 3 }]));
    expect([renamed.flastupdate, renamed.last_update]).toEqual([expect.any(String), undefined]);
  });

  it('takes a note only with an outcome, numbers it within the ticket, and names the application', async () => {
    await run();
    const { send, json } = await client();
    const refused = await send('Actions', [{ ticket_id: 2000, note: 'x' }]);
    expect([refused.status, (await read(refused)).Message]).toEqual([
      400,
      'An Outcome must be entered for this Action',
    ]);
    const before = (await json('Actions?ticket_id=2000')).record_count;
    const note = await (
      await send('Actions', [{ ticket_id: 2000, outcome_id: 7, note_html: '<p>Done</p>', hiddenfromuser: true }])
    ).json();
    expect(note).toMatchObject({
      id: before + 1,
      note: 'Done',
      actionby_application_id: 'MSPortal console',
      hiddenfromuser: true,
    });
    expect((await json('Actions?ticket_id=2000&excludesys=true')).actions.at(-1).id).toBe(before + 1);
  });

  it('rewrites the first action with the description, and leaves the notes', async () => {
    await run();
    const { send, json } = await client();
    await send('Actions', [{ ticket_id: 2000, outcome_id: 7, note: 'Ours' }]);
    const before = await json('Actions?ticket_id=2000');
    await send('Tickets', [{ id: 2000, details_html: '<p>Other &amp; words</p>', customfields: [{ id: 2.5 }] }]);
    const after = await json('Actions?ticket_id=2000');
    expect(after.actions[0].note).toBe('Other & words');
    expect(after.actions.slice(1)).toEqual(before.actions.slice(1));
  });

  it('stores a create that it answers with 504, and fails creates beside another', async () => {
    await run();
    const { get, send } = await client();
    await control('fault', { name: 'create-504', count: 1 });
    expect((await send('Tickets', [{ summary: 'unknown outcome' }])).status).toBe(504);
    expect(simulator.totals().tickets).toBe(401);
    const six = [1, 2, 3, 4, 5, 6];
    // Open connections, so that the creates arrive together.
    await Promise.all(six.map(() => get('Status')));
    const parallel = await Promise.all(six.map(() => send('Tickets', [{ summary: 'at once' }])));
    const statuses = parallel.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([201, 500]));
    expect(simulator.totals().tickets).toBe(401 + statuses.filter((status) => status === 201).length);
  });
});

describe('changes by people at the vendor', () => {
  it.each(['companies', 'contacts', 'users', 'tickets'] as const)('are told and counted: %s', async (type) => {
    await run();
    const before = await control(`records/${type}`);
    simulator.time += 1000;
    const { changed } = await control('change', { type, count: 2 });
    expect(new Set(changed).size).toBe(2);
    const moved = (await control(`records/${type}`)).filter(
      ({ updatedAt }: Json) => updatedAt === new Date(simulator.time).toISOString(),
    );
    expect(ids(moved)).toEqual([...changed].sort());
    const { created } = await control('create', { type, count: 2 });
    const { deleted } = await control('delete', { type, count: 1 });
    const left = ids(await control(`records/${type}`));
    expect(left.length).toBe(before.length + 1);
    expect(left).toEqual(expect.arrayContaining(created.filter((id: string) => !deleted.includes(id))));
    expect(simulator.totals()[type]).toBe(left.length);
  });
});
