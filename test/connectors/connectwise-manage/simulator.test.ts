/** A stranger's client: plain fetch, no code of ours. What is asserted is what the vendor documents or was seen to do. */
import { describe, expect, it } from 'vitest';
import definition from '../../../connectors/connectwise-manage/simulator.ts';
import { type Json, Simulated } from '../simulated.ts';

const simulator = new Simulated(definition);
const { run } = simulator;

function headers(change: Record<string, string> = {}): Record<string, string> {
  const { companyId, publicKey, privateKey, clientId = '' } = simulator.credentials;
  const basic = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64');
  return { authorization: `Basic ${basic}`, clientId, ...change };
}

async function ask(path: string, init: RequestInit & { headers?: Record<string, string>; root?: string } = {}) {
  const response = await fetch(`${simulator.url}/${init.root ?? 'v2025_1/apis/3.0'}/${path}`, {
    ...init,
    headers: headers(init.headers),
  });
  const text = await response.text();
  let body: Json = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not everything is JSON, which is the point.
  }
  return { status: response.status, headers: response.headers, body };
}

const list = async (path: string, query: Record<string, string> = {}, extra: Record<string, string> = {}) =>
  ask(`${path}?${new URLSearchParams(query)}`, { headers: extra });

const send = (method: string, path: string, body: unknown) =>
  ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

describe('finding the company and its release', () => {
  it('tells the codebase without any sign-in, and null for an unknown company', async () => {
    await run();
    const info = await fetch(`${simulator.url}/login/companyinfo/acmeit`);
    expect(await info.json()).toMatchObject({ Codebase: 'v2025_1/', VersionCode: 'v2025.1', IsCloud: true });
    const unknown = await fetch(`${simulator.url}/login/companyinfo/nobody`);
    expect([unknown.status, await unknown.text()]).toEqual([200, 'null']);
  });

  it('serves the release and its alias, and answers other codebases in plain text', async () => {
    await run();
    expect((await ask('system/info')).body).toMatchObject({ isCloud: true, version: 'v2025.1.11223' });
    expect((await ask('system/info', { root: 'v4_6_release/apis/3.0' })).status).toBe(200);
    for (const root of ['v2019_1/apis/3.0', 'v2025_1/apis/3.0/apis/3.0']) {
      const { status, body } = await ask('system/info', { root });
      expect([status, body]).toEqual([400, 'Cannot route. Codebase/company is invalid']);
    }
    expect(await ask('system/nothing')).toMatchObject({
      status: 404,
      body: { code: 'ConnectWiseApi', message: 'The endpoint does not exist.' },
    });
  });

  it('refuses keys, companies and Client IDs each in its own way', async () => {
    await run();
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const wrongKeys = { authorization: basic('acmeit+aB3dE5fG7hI9jK1m:nope') };
    expect(await ask('system/info', { headers: wrongKeys })).toMatchObject({
      status: 401,
      body: { code: 'Unauthorized' },
    });
    expect(await ask('system/info', { headers: wrongKeys, root: 'v4_6_release/apis/3.0' })).toMatchObject({
      status: 404,
    });
    const wrongCompany = { authorization: basic('nobody+aB3dE5fG7hI9jK1m:zZ9yX8wV7uT6sR5q') };
    expect((await ask('system/info', { headers: wrongCompany })).body).toMatch(/^Cannot route/);
    expect(await ask('system/info', { headers: { clientId: '' } })).toMatchObject({ status: 401 });
  });
});

describe('lists', () => {
  it('numbers pages from 1, 25 rows unless asked, 1,000 at most, with links', async () => {
    await run({ scale: 4200 });
    const first = await list('service/tickets');
    expect(first.body).toHaveLength(25);
    expect(first.headers.get('link')).toMatch(/[?&]page=2>; rel="next", <.*>; rel="last"$/);
    const capped = await list('company/contacts', { pageSize: '5000' });
    expect(capped.body).toHaveLength(1000);
    const total = (await list('company/contacts/count')).body.count;
    const last = await list('company/contacts', { pageSize: '1000', page: '2' });
    expect(last.body).toHaveLength(total - 1000);
    expect(last.headers.get('link')).not.toContain('rel="next"');
    expect((await list('company/contacts', { page: '99', pageSize: '1000' })).body).toEqual([]);
    expect((await list('service/boards')).headers.get('link')).toBeNull();
  });

  it('pages forward only by id, with a link always, and without an order', async () => {
    await run({ scale: 60 });
    const forward = { 'pagination-type': 'forward-only' };
    const ids: number[] = [];
    let pageId = '';
    for (;;) {
      const query = { pageSize: '25', page: '7', ...(pageId ? { pageId } : {}) };
      const { body, headers: answered } = await list('service/tickets', query, forward);
      ids.push(...body.map((row: Json) => row.id));
      const link = answered.get('link');
      expect(link).not.toBeNull();
      if (link === '') break;
      pageId = /[?&]pageId=(\d+)/.exec(link ?? '')?.[1] ?? '';
      expect(Number(pageId)).toBe(ids.at(-1));
    }
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(ids).toHaveLength((await list('service/tickets/count')).body.count);
    expect((await list('service/tickets', { orderBy: 'id asc' }, forward)).status).toBe(400);
  });

  it('gives only the fields asked for, the times only with _info', async () => {
    await run();
    const [row] = (await list('service/tickets', { fields: 'id,status/name,_info', pageSize: '1' })).body;
    expect(Object.keys(row)).toEqual(['id', 'status', '_info']);
    expect(Object.keys(row.status)).toEqual(['name']);
    expect(row._info.lastUpdated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect((await list('service/tickets', { fields: 'id' })).body[0]).not.toHaveProperty('_info');
    expect(await list('service/tickets', { fields: 'id,dateEntered' })).toMatchObject({
      status: 400,
      body: { code: 'ApiFindCondition', message: 'dateEntered is not a recognized name.' },
    });
  });
});

describe('conditions', () => {
  const count = async (path: string, conditions: string, name = 'conditions') =>
    (await list(`${path}/count`, { [name]: conditions })).body.count;

  it('compares, groups and looks into references', async () => {
    await run();
    const all = await count('service/tickets', 'id>0');
    expect(
      (await count('service/tickets', 'closedFlag=False')) + (await count('service/tickets', 'closedFlag = true')),
    ).toBe(all);
    const boards = await Promise.all([1, 2, 3].map((board) => count('service/tickets', `board/id=${board}`)));
    expect(await count('service/tickets', 'board/id in (1,2)')).toBe(boards[0] + boards[1]);
    expect(await count('service/tickets', 'board/id not in (1,2)')).toBe(boards[2]);
    // `and` binds tighter than `or`.
    expect(await count('service/tickets', 'board/id=1 or board/id=2 and id<0')).toBe(boards[0]);
    expect(await count('service/tickets', '(board/id=1 or board/id=2) and id<0')).toBe(0);
    expect(await count('service/tickets', "board/name='help desk'")).toBe(boards[0]);
    expect(await count('service/tickets', 'owner=null')).toBe(all - (await count('service/tickets', 'owner!=null')));
    expect(await count('service/tickets', 'summary contains "password"')).toBe(
      await count('service/tickets', 'summary like "*pass%word*"'),
    );
  });

  it('reads times in brackets as UTC, with Z or without; an offset is misread', async () => {
    await run();
    const [newest] = (await list('service/tickets', { orderBy: 'lastUpdated desc', pageSize: '1' })).body;
    const at = newest._info.lastUpdated;
    const since = (literal: string) => count('service/tickets', `lastUpdated>=[${literal}]`);
    expect(await since(at)).toBeGreaterThan(0);
    expect(await since(at.replace('Z', ''))).toBe(await since(at));
    expect(await since(at.replace('Z', '.500Z'))).toBe(0);
    expect(await since(at.replace('Z', '+00:00'))).toBe(0);
  });

  it('looks into lists with childConditions only', async () => {
    await run();
    const emails = 'communicationItems/value like "*@*" and communicationItems/communicationType="Email"';
    const all = await count('company/contacts', 'id>0');
    expect(await count('company/contacts', emails, 'childConditions')).toBeLessThan(all);
    expect(await count('company/contacts', emails, 'childConditions')).toBeGreaterThan(all / 2);
    expect((await list('company/contacts', { conditions: 'types/name="Client"' })).body.code).toBe('ApiFindCondition');
    expect((await list('company/contacts', { childConditions: 'types/id in (1)' })).status).toBe(400);
    const region = await count('service/tickets', 'caption="Region" AND value="West"', 'customFieldConditions');
    expect(region).toBeGreaterThan(0);
  });

  it.each([
    ['fooBar=1', 'fooBar is not a recognized name.'],
    ['contact/firstName="x"', 'contact/firstName is not a recognized name.'],
    ['recordType="Nonsense"', 'Enum value supplied was invalid'],
    ['closedFlag=1', 'Expected a boolean value, not a numeric.'],
    ['lastUpdated>"2026-01-01"', 'Expected a datetime value'],
    ['(id=1', '")" was expected.'],
  ])('refuses %s', async (conditions, message) => {
    await run();
    const { status, body } = await list('service/tickets', { conditions });
    expect([status, body.code]).toEqual([400, 'ApiFindCondition']);
    expect(body.message).toContain(message);
  });

  it('takes long ones in a body', async () => {
    await run();
    const found = await send('POST', 'service/tickets/search?pageSize=1000', {
      conditions: 'board/id=2',
      orderBy: 'id desc',
    });
    expect(found.status).toBe(200);
    expect(found.body).toHaveLength(await count('service/tickets', 'board/id=2'));
  });
});

describe('setup tables', () => {
  it('has statuses with ids of their own on each board', async () => {
    await run();
    const [one, two] = await Promise.all([1, 2].map((board) => list(`service/boards/${board}/statuses`)));
    expect(one?.body.map((row: Json) => row.name)).toEqual(two?.body.map((row: Json) => row.name));
    expect(one?.body[0]).toMatchObject({ closedStatus: false, inactive: false, board: { id: 1, name: 'Help Desk' } });
    expect(one?.body[0].id).not.toBe(two?.body[0].id);
  });

  it('keeps an API member from its own account, and finds members by name', async () => {
    await run();
    expect((await ask('system/myAccount')).status).toBe(404);
    expect((await ask('system/members/TECH0')).body).toMatchObject({ identifier: 'tech0', licenseClass: 'F' });
  });
});

describe('writing tickets', () => {
  const ticket = { summary: 'Printer offline', company: { identifier: 'acmeit' }, board: { id: 1 } };
  const code = (answer: { body: Json }) => answer.body.errors?.[0]?.code ?? answer.body.code;

  it('creates, found again by its external reference, with the description as its first note', async () => {
    await run();
    const reference = 'msportal:0b6c1f0e';
    const created = await send('POST', 'service/tickets', {
      ...ticket,
      externalXRef: reference,
      initialDescription: 'Reported by phone.',
    });
    expect(created).toMatchObject({ status: 201, body: { summary: 'Printer offline', closedFlag: false } });
    expect(created.body).not.toHaveProperty('initialDescription');
    const found = await list('service/tickets', { conditions: `externalXRef="${reference}"`, pageSize: '2' });
    expect(found.body.map((row: Json) => row.id)).toEqual([created.body.id]);
    const notes = await list(`service/tickets/${created.body.id}/notes`, { conditions: 'detailDescriptionFlag=true' });
    expect(notes.body).toMatchObject([{ text: 'Reported by phone.', detailDescriptionFlag: true }]);
  });

  it('changes by an array of operations, closes by status, and bumps the time', async () => {
    await run();
    const { id, _info } = (await send('POST', 'service/tickets', ticket)).body;
    simulator.time += 90_000;
    const closed = await send('PATCH', `service/tickets/${id}`, [
      { op: 'replace', path: 'summary', value: 'Printer fixed' },
      { op: 'replace', path: '/status', value: { name: '>Closed' } },
    ]);
    expect(closed).toMatchObject({
      status: 200,
      body: { summary: 'Printer fixed', closedFlag: true, closedBy: 'MSPortal' },
    });
    expect(Date.parse(closed.body._info.lastUpdated) - Date.parse(_info.lastUpdated)).toBe(90_000);
    expect(closed.body._info.updatedBy).toBe('MSPortal');
    // A part of a reference is answered 200 and nothing changes.
    const part = await send('PATCH', `service/tickets/${id}`, [{ op: 'replace', path: 'status/id', value: 16 }]);
    expect(part).toMatchObject({ status: 200, body: { closedFlag: true } });
    expect((await send('PATCH', `service/tickets/${id}`, { summary: 'x' })).status).toBe(400);
  });

  it('refuses what the vendor refuses', async () => {
    await run();
    expect(code(await send('POST', 'service/tickets', { ...ticket, summary: 'x'.repeat(101) }))).toBe('MaxLengthField');
    expect(code(await send('POST', 'service/tickets', { ...ticket, company: { id: 999_999 } }))).toBe('NotFound');
    expect((await send('POST', 'service/tickets', { ...ticket, board: 'x' })).body.message).toMatch(
      /^Error converting value "x"/,
    );
    const { id } = (await send('POST', 'service/tickets', ticket)).body;
    const statuses = (await list('service/boards/2/statuses')).body;
    const other = await send('PATCH', `service/tickets/${id}`, [
      { op: 'replace', path: 'status', value: { id: statuses[0].id } },
    ]);
    expect(other).toMatchObject({
      status: 400,
      body: { code: 'InvalidObject', errors: [{ code: 'NotFound', field: 'status/id' }] },
    });
    const moved = await send('PATCH', `service/tickets/${id}`, [
      { op: 'replace', path: 'status', value: { id: statuses[0].id } },
      { op: 'replace', path: 'board', value: { id: 2 } },
    ]);
    expect(moved).toMatchObject({ status: 200, body: { board: { id: 2 }, status: { id: statuses[0].id } } });
    const capitals = await send('PATCH', `service/tickets/${id}`, [{ op: 'replace', path: 'Summary', value: 'x' }]);
    expect(capitals).toMatchObject({ status: 400, body: { code: 'InvalidObject' } });
  });

  it('adds notes', async () => {
    await run();
    const { id } = (await send('POST', 'service/tickets', ticket)).body;
    const note = await send('POST', `service/tickets/${id}/notes`, {
      text: 'Called back.',
      internalAnalysisFlag: true,
    });
    expect(note).toMatchObject({
      status: 201,
      body: { ticketId: id, internalFlag: true, member: { identifier: 'MSPortal' } },
    });
    expect((await list(`service/tickets/${id}/allNotes`)).body).toMatchObject([
      { noteType: 'TicketNote', text: 'Called back.' },
    ]);
  });
});

describe('limits and strictness', () => {
  it('answers 429 with the key "error" and how long to wait', async () => {
    await run({ limit: 2 });
    await ask('system/info');
    simulator.time += 20_000;
    await ask('system/info');
    const { status, headers: answered, body } = await ask('system/info');
    expect([status, answered.get('retry-after')]).toEqual([429, '40']);
    expect(body).toEqual({ error: 'ConnectWiseAPI', message: 'Too many requests. Please try again in 40 seconds.' });
    simulator.time += 41_000;
    expect((await ask('system/info')).status).toBe(200);
  });

  it('refuses undocumented parameters and headers in strict mode', async () => {
    await run({ strict: true });
    expect((await list('service/tickets', { pagesize: '5' })).body.message).toContain('query parameter "pagesize"');
    expect((await list('service/tickets', {}, { 'x-own': '1' })).body.message).toContain('header "x-own"');
    expect((await send('POST', 'service/tickets', { summary: 'x', wrong: 1 })).body.message).toContain(
      'body field "wrong"',
    );
  });
});

describe('its own data', () => {
  it('is the same for the same seed, and holds the rows that careless readers stumble over', async () => {
    await run();
    const all = async (path: string) => (await list(path, { pageSize: '1000' })).body as Json[];
    const companies = await all('company/companies');
    expect(companies.some((row) => row.deletedFlag)).toBe(true);
    expect(companies.every((row) => row.name.length <= 50 && row.identifier.length <= 30)).toBe(true);
    expect(new Set(companies.map((row) => row.identifier)).size).toBe(companies.length);
    const contacts = await all('company/contacts');
    expect(contacts.some((row) => row.company === undefined && row.lastName === undefined)).toBe(true);
    expect(
      contacts.some(
        (row) => row.communicationItems.filter((item: Json) => item.communicationType === 'Email').length > 1,
      ),
    ).toBe(true);
    const members = await all('system/members');
    expect(new Set(members.map((row) => row.licenseClass))).toEqual(new Set(['A', 'X', 'C', 'F']));
    const tickets = await all('service/tickets');
    expect(tickets.some((row) => row.status.name === 'Completed' && !row.closedFlag)).toBe(true);
    expect(tickets.some((row) => row.mergedParentTicket)).toBe(true);
    expect(tickets.some((row) => row.owner?.identifier === 'former')).toBe(true);
    expect(tickets.some((row) => row.contact === undefined && row.contactEmailAddress)).toBe(true);
    const before = JSON.stringify([companies, tickets]).replaceAll(simulator.url, '');
    await simulator.close();
    await run();
    expect(
      JSON.stringify([await all('company/companies'), await all('service/tickets')]).replaceAll(simulator.url, ''),
    ).toBe(before);
  });
});
