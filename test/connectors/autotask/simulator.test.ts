/** The simulator as a stranger's client meets it: plain fetch, the vendor's documented ways and its quirks. */
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import definition from '../../../connectors/autotask/simulator.ts';
import type { RunningSimulator, SimulatorOptions } from '../../../src/simulator/simulator.ts';

type Json = Record<string, unknown>;
const start = Date.parse('2026-08-03T10:00:00Z');
let time = start;
let sim: RunningSimulator;
const open = async (options: SimulatorOptions = {}) => {
  await sim?.close();
  sim = await definition.start({ scale: 1600, now: () => time, ...options });
};
beforeEach(async () => {
  time = start;
  await open();
});
afterEach(() => sim.close());

const signIn = () => ({
  // As clients spell them; the names of headers ignore case.
  ApiIntegrationCode: sim.credentials.integrationCode!,
  username: sim.credentials.username!,
  SECRET: sim.credentials.secret!,
  'content-type': 'application/json',
});
async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = signIn()) {
  const url = path.startsWith('http') ? path : `${sim.url}/ATServicesRest/V1.0/${path}`;
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: (text ? JSON.parse(text) : null) as Json };
}
const query = async (entity: string, body: Json) =>
  (await call('POST', `${entity}/query`, body)).json as {
    items: (Json & { id: number })[];
    pageDetails: { count: number; requestCount: number; nextPageUrl: string | null };
  };
const all = { op: 'gte', field: 'id', value: 0 };
const control = async (path: string, body: Json) =>
  (await call('POST', `${sim.url}/__sim/${path}`, body)).json as Record<string, string[]>;
const fault = (name: string | null, count?: number) => control('fault', { name, ...(count ? { count } : {}) });
const errorOf = async (method: string, path: string, body?: unknown) => {
  const { status, json } = await call(method, path, body);
  return [status, (json.errors as string[] | undefined)?.[0] ?? json.Message];
};

describe('discovery and sign-in', () => {
  it('tells the zone of a username to anybody, and 500 for one it does not know', async () => {
    const user = encodeURIComponent(sim.credentials.username!);
    const known = await call('GET', `zoneInformation?user=${user}`, undefined, {});
    expect(known).toMatchObject({ status: 200, json: { url: `${sim.url}/ATServicesRest/`, ci: expect.any(Number) } });
    const unknown = await call('GET', 'zoneInformation?user=kim', undefined, {});
    expect(unknown).toMatchObject({ status: 500, json: { errors: ['Zone information could not be determined'] } });
    // Not even a wrong secret makes a difference.
    expect((await call('GET', `zoneInformation?user=${user}`, undefined, { Secret: 'x' })).status).toBe(200);
  });

  it.each([
    ['a wrong secret', { SECRET: 'wrong' }],
    ['a wrong code', { ApiIntegrationCode: 'WRONG' }],
    ['a wrong username', { username: 'kim@acme.example' }],
  ])('answers %s with 401 and nothing else', async (_, wrong) => {
    const { status, text, headers } = await call(
      'POST',
      'Companies/query',
      { filter: [all] },
      { ...signIn(), ...wrong },
    );
    expect([status, text, headers.get('content-length')]).toEqual([401, '', '0']);
    expect(headers.get('www-authenticate')).toMatch(/^Basic Realm="webservices\d+\.autotask\.net"/);
  });

  it('does not take the Basic sign-in that its challenge names', async () => {
    const { username, secret } = sim.credentials;
    const basic = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
    expect((await call('GET', 'ThresholdInformation', undefined, { authorization: basic })).status).toBe(401);
  });

  it('refuses a good secret in another zone', async () => {
    await fault('moved-zone');
    expect((await call('GET', 'ThresholdInformation')).status).toBe(401);
    const user = encodeURIComponent(sim.credentials.username!);
    const { json } = await call('GET', `zoneInformation?user=${user}`);
    expect(json.url).not.toBe(`${sim.url}/ATServicesRest/`);
    expect((await call('GET', `${json.url}V1.0/ThresholdInformation`)).status).toBe(200);
  });
});

describe('queries', () => {
  it('gives 500 rows by rising id from company 0 on, and a link that answers to POST with the same body only', async () => {
    const first = await query('Tickets', { filter: [all] });
    expect(first.items).toHaveLength(500);
    expect(first.pageDetails).toMatchObject({ count: 500, requestCount: 500 });
    const link = first.pageDetails.nextPageUrl!;
    expect(link).toMatch(/\/Tickets\/query\/next\?paging=%7B%22pageSize%22%3A500/);
    expect(await errorOf('GET', link)).toEqual([405, "The requested resource does not support http method 'GET'."]);
    const ids = first.items.map(({ id }) => id);
    for (let next: string | null = link; next !== null; ) {
      const { json } = await call('POST', next, { filter: [all] });
      const page = json as unknown as typeof first;
      ids.push(...page.items.map(({ id }) => id));
      next = page.pageDetails.nextPageUrl;
    }
    expect(ids).toHaveLength(1600);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const companies = await query('Companies', { filter: [all] });
    expect(companies.items[0]).toMatchObject({ id: 0, isActive: true });
    expect((await query('Companies', { filter: [{ op: 'gt', field: 'id', value: 0 }] })).items).toHaveLength(
      companies.items.length - 1,
    );
  });

  it('walks a GET with GET', async () => {
    const search = encodeURIComponent(JSON.stringify({ filter: [all], MaxRecords: 200, IncludeFields: ['id'] }));
    let url: string | null = `Contacts/query?search=${search}`;
    let rows = 0;
    while (url !== null) {
      const { json } = await call('GET', url);
      rows += (json.items as unknown[]).length;
      url = (json.pageDetails as { nextPageUrl: string | null }).nextPageUrl;
    }
    expect(rows).toBe(sim.totals().contacts);
  });

  it('ignores the case of names in requests, answers in its own, and gives the fields asked for only', async () => {
    const page = await query('tickets', {
      Filter: [{ Op: 'EQ', Field: 'COMPANYid', Value: 0 }],
      maxRecords: 2,
      includefields: ['ID', 'companyid'],
    });
    expect(page.items).toHaveLength(2);
    expect(page.items[0]).toEqual({ id: expect.any(Number), companyID: 0 });
  });

  const company = 29_683_600;
  it.each([
    ['in', { op: 'in', field: 'id', value: [0, company] }, 2],
    ['noteq', { op: 'noteq', field: 'id', value: company }, 40],
    [
      'a group',
      {
        op: 'or',
        items: [
          { op: 'eq', field: 'id', value: 0 },
          {
            op: 'and',
            items: [
              { op: 'gte', field: 'id', value: company },
              { op: 'lt', field: 'id', value: company + 2 },
            ],
          },
        ],
      },
      3,
    ],
    ['notExist', { op: 'notExist', field: 'parentCompanyID' }, 41],
    ['exist', { op: 'exist', field: 'fax' }, 0],
    ['text without case', { op: 'beginsWith', field: 'companyName', value: 'ACME' }, 1],
    ['a boolean as text', { op: 'eq', field: 'isActive', value: 'false' }, 3],
    ['a number as text', { op: 'eq', field: 'id', value: '0' }, 1],
    ['a date alone', { op: 'gt', field: 'createDate', value: '2030-01-01' }, 0],
    ['a date without zone', { op: 'lt', field: 'lastActivityDate', value: '2030-01-01T00:00:00.000000' }, 41],
  ])('understands %s', async (_, condition, expected) => {
    expect((await call('POST', 'Companies/query/count', { filter: [condition] })).json).toEqual({
      queryCount: expected,
    });
  });

  it.each([
    ['no filter', {}, /filter/],
    ['an empty filter', { filter: [] }, /filter/],
    ['501 rows', { filter: [all], MaxRecords: 501 }, /MaxRecords/],
    ['no rows', { filter: [all], MaxRecords: 0 }, /MaxRecords/],
    [
      'an unknown field',
      { filter: [{ op: 'eq', field: 'colour', value: 1 }] },
      /^Unable to find colour in the Contacts Entity\.$/,
    ],
    ['an unknown field to show', { filter: [all], IncludeFields: ['colour'] }, /Unable to find colour/],
    [
      'a field that cannot be queried',
      { filter: [{ op: 'eq', field: 'surveyOptOut', value: true }] },
      /cannot be queried/,
    ],
    [
      'a boolean where activity is a number',
      { filter: [{ op: 'eq', field: 'isActive', value: true }] },
      /^Conversion failed .* to data type int/,
    ],
    [
      'text for a number',
      { filter: [{ op: 'eq', field: 'companyID', value: 'x' }] },
      /Conversion failed when converting varchar 'x'/,
    ],
    ['null', { filter: [{ op: 'eq', field: 'title', value: null }] }, /null/],
    ['an invented operator', { filter: [{ op: 'startsWith', field: 'title', value: 'a' }] }, /startswith/],
    [
      '501 alternatives',
      { filter: [{ op: 'in', field: 'id', value: Array.from({ length: 501 }, (_, i) => i) }] },
      /limited to 500 or fewer 'OR' conditions$/,
    ],
    [
      'two user-defined fields',
      { filter: ['a', 'b'].map((field) => ({ op: 'eq', field, value: 'x', udf: true })) },
      /user-defined/,
    ],
  ])('refuses %s with 500 and an errors list', async (_, body, text) => {
    const [status, error] = await errorOf('POST', 'Contacts/query', body);
    expect(status).toBe(500);
    expect(error).toMatch(text);
  });

  it('answers an id that is not there with a null item, and lists children', async () => {
    expect((await call('GET', 'Tickets/999999999')).json).toEqual({ item: null });
    expect((await call('GET', 'Companies/0')).json).toMatchObject({ item: { id: 0 } });
    const { items } = (await call('GET', `Companies/${company}/Contacts`)).json as { items: Json[] };
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ companyID }) => companyID === company)).toBe(true);
    const places = (await call('GET', `Companies/${company}/Locations`)).json as { items: Json[] };
    expect(places.items[0]).toMatchObject({ companyID: company, isPrimary: true });
  });
});

describe('the data of the tenant', () => {
  it('has what careless clients fall over', async () => {
    const resources = (await query('Resources', { filter: [all] })).items;
    expect(resources[0]).toMatchObject({ id: 4, firstName: 'Autotask', lastName: 'Administrator' });
    expect(resources.filter(({ licenseType }) => licenseType === 7)).toHaveLength(1);
    expect(resources.some(({ isActive }) => isActive === false)).toBe(true);
    expect(sim.totals().users).toBe(resources.length - 2);
    const contacts = (await query('Contacts', { filter: [all] })).items;
    expect(new Set(contacts.map(({ isActive }) => isActive))).toEqual(new Set([0, 1]));
    expect(contacts[0]!.createDate).toMatch(/^[\d-]+T[\d:]+(\.\d{1,3})?$/);
    expect(contacts[0]!.lastActivityDate).toMatch(/Z$/);
    const tickets = (await query('Tickets', { filter: [{ op: 'eq', field: 'companyID', value: 0 }] })).items;
    expect(tickets.length).toBeGreaterThan(5);
    expect(
      new Set((await query('Tickets', { filter: [all] })).items.map(({ ticketNumber }) => ticketNumber)).size,
    ).toBe(500);
  });

  it('tells picklists as text values, inactive ones too, and what each field is', async () => {
    const { fields } = (await call('GET', 'Tickets/entityInformation/fields')).json as { fields: Json[] };
    const status = fields.find(({ name }) => name === 'status');
    expect(status).toMatchObject({ isPickList: true, isRequired: true, dataType: 'integer' });
    expect(status?.picklistValues).toContainEqual(
      expect.objectContaining({ value: '5', label: 'Complete', isActive: true }),
    );
    expect(status?.picklistValues).toContainEqual(expect.objectContaining({ value: '12', isActive: false }));
    const sub = fields.find(({ name }) => name === 'subIssueType');
    expect(sub).toMatchObject({ picklistParentValueField: 'issueType' });
    expect((await call('GET', 'Resources/entityInformation/userDefinedFields')).status).toBe(404);
  });
});

describe('writing tickets', () => {
  const minimal = { companyID: 0, title: 'New laptop', status: 1, priority: 3, queueID: 29_683_354 };
  const read = async (id: unknown) => (await call('GET', `Tickets/${id}`)).json.item as Json;
  const create = async (more: Json = {}) =>
    (await call('POST', 'Tickets', { ...minimal, ...more })).json.itemId as number;

  it('creates with 200 and the id alone, and finds it by its external id', async () => {
    const id = await create({ externalID: 'msp:1' });
    const found = await query('Tickets', { filter: [{ op: 'eq', field: 'externalID', value: 'msp:1' }] });
    expect(found.items.map((row) => row.id)).toEqual([id]);
    expect(found.items[0]).toMatchObject({
      ticketNumber: 'T20260803.0001',
      createDate: '2026-08-03T10:00:00Z',
      ticketCategory: 3,
    });
  });

  it.each([
    ['a null', { contactID: null }, /Object reference/],
    ['no title', { title: undefined }, /Missing Required Field: title/],
    ['an old picklist value', { priority: 9 }, /Picklist value \[9\] does not exist for priority/],
    ['a resource without its role', { assignedResourceID: 29_682_900 }, /you must assign both a assignedResourceID/],
    ['neither queue nor resource', { queueID: undefined }, /queueID/],
    ['a contact of another company', { contactID: 30_684_001 }, /Reference value on field: contactID of type: Contact/],
    ['a company that is not there', { companyID: 1 }, /field: companyID of type: Company/],
    ['a server-made field', { createDate: '2026-01-01' }, /read-only/],
    ['too long a title', { title: 'x'.repeat(256) }, /longer than 255/],
  ])('refuses %s', async (_, more, text) => {
    const [status, error] = await errorOf('POST', 'Tickets', { ...minimal, ...more });
    expect(status).toBe(500);
    expect(error).toMatch(text);
  });

  it('changes what is sent with PATCH on the collection, empties the rest with PUT, and keeps the dates of completion', async () => {
    const id = await create({ description: 'For a new starter' });
    time += 60_000;
    expect(await errorOf('PATCH', `Tickets/${id}`, { status: 5 })).toEqual([405, expect.stringContaining("'PATCH'")]);
    expect((await call('PATCH', 'Tickets', { id, status: 5 })).json).toEqual({ itemId: id });
    expect(await read(id)).toMatchObject({
      description: 'For a new starter',
      completedDate: '2026-08-03T10:01:00Z',
      lastActivityDate: '2026-08-03T10:01:00Z',
      lastTrackedModificationDateTime: '2026-08-03T10:01:00Z',
    });
    expect((await call('PUT', 'Tickets', { ...minimal, id })).status).toBe(200);
    expect(await read(id)).toMatchObject({ description: null, completedDate: null, title: 'New laptop' });
  });

  it("keeps the tenant's own fields apart, and finds by one of them", async () => {
    const field = (value: string) => ({ userDefinedFields: [{ name: 'portal REFERENCE', value }] });
    const id = await create(field('msp:2'));
    await call('PATCH', 'Tickets', { id, title: 'Renamed' });
    const filter = [{ op: 'eq', field: 'Portal reference', value: 'msp:2', udf: true }];
    expect((await query('Tickets', { filter })).items.map((row) => row.id)).toEqual([id]);
    const unknown = { ...minimal, userDefinedFields: [{ name: 'Other', value: 'x' }] };
    expect(await errorOf('POST', 'Tickets', unknown)).toEqual([500, 'Unable to find Other in the Tickets Entity.']);
  });

  it('fills in what the category gives, or demands it', async () => {
    expect(await read(await create())).toMatchObject({ ticketType: 1, dueDateTime: '2026-08-04T10:00:00Z' });
    await fault('category-demands');
    expect(await errorOf('POST', 'Tickets', minimal)).toEqual([500, 'Missing Required Field: dueDateTime']);
    const whole = { dueDateTime: '2026-08-05T10:00:00Z', source: 2 };
    expect(await read(await create(whole))).toMatchObject(whole);
  });

  it('shows a new ticket late, and lets a rule change it at once, when told to', async () => {
    await fault('shown-late');
    const late = await create({ title: 'Late' });
    const filter = [{ op: 'eq', field: 'title', value: 'Late' }];
    expect([await read(late), (await query('Tickets', { filter })).items]).toEqual([null, []]);
    time += 30_000;
    expect(await read(late)).toMatchObject({ title: 'Late' });
    await fault('workflow-rule');
    expect(await read(await create())).toMatchObject({ status: 8, lastActivityResourceID: 4 });
  });

  it('changes resources with PATCH only, none of their read-only fields, and makes none', async () => {
    const change = { id: 29_682_900, title: 'Lead' };
    expect((await call('PATCH', 'Resources', change)).json).toEqual({ itemId: 29_682_900 });
    expect((await call('GET', 'Resources/29682900')).json).toMatchObject({ item: { title: 'Lead' } });
    expect((await call('POST', 'Resources', change)).status).toBe(405);
    expect(await errorOf('PATCH', 'Resources', { ...change, licenseType: 1 })).toEqual([
      500,
      'The field licenseType is read-only.',
    ]);
    await fault('no-resource-admin');
    expect(await errorOf('PATCH', 'Resources', change)).toEqual([500, expect.stringContaining('permissions')]);
  });

  it('takes notes under their ticket only; a note is activity but no edit', async () => {
    const id = await create();
    time += 60_000;
    const note = { title: 'Update', description: 'Ordered a cable', noteType: 3, publish: 1 };
    expect((await call('POST', 'TicketNotes', { ...note, ticketID: id })).status).toBe(404);
    const { itemId } = (await call('POST', `Tickets/${id}/Notes`, { ...note, ticketID: id })).json;
    expect(await read(id)).toMatchObject({
      lastActivityDate: '2026-08-03T10:01:00Z',
      lastTrackedModificationDateTime: '2026-08-03T10:00:00Z',
    });
    const found = await query('TicketNotes', { filter: [{ op: 'in', field: 'ticketID', value: [id] }] });
    expect(found.items).toMatchObject([{ id: itemId, description: 'Ordered a cable' }]);
    expect(
      (await query('TicketNotes', { filter: [{ op: 'eq', field: 'noteType', value: 13 }] })).items.length,
    ).toBeGreaterThan(0);
  });

  it('refuses the posting of contacts at the root, and who may not write', async () => {
    expect((await call('POST', 'Contacts', {})).status).toBe(404);
    await fault('no-write-permission');
    expect(await errorOf('POST', 'Tickets', minimal)).toEqual([500, expect.stringContaining('adequate permissions')]);
  });
});

describe('limits', () => {
  it('refuses the fourth call at once on one entity, and lets another entity pass', async () => {
    await fault('held-threads', 300);
    const calls = [1, 2, 3, 4].map(() => call('POST', 'Tickets/query/count', { filter: [all] }));
    const other = await call('POST', 'Companies/query/count', { filter: [all] });
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
    expect(answers.find(({ status }) => status === 429)?.text).toContain('thread threshold of 3 threads');
    expect(other.status).toBe(200);
  });

  it('counts every signed-in call of the last hour, and refuses at the limit', async () => {
    await open({ limit: 3 });
    const used = async () => (await call('GET', 'ThresholdInformation')).json;
    expect(await used()).toEqual({
      externalRequestThreshold: 3,
      requestThresholdTimeframe: 60,
      currentTimeframeRequestCount: 1,
    });
    await call('GET', `zoneInformation?user=x`);
    await call('GET', 'Companies/0');
    expect(await used()).toMatchObject({ currentTimeframeRequestCount: 3 });
    expect((await call('GET', 'Companies/0')).status).toBe(429);
    time += 3_600_001;
    expect(await used()).toMatchObject({ currentTimeframeRequestCount: 1 });
  });
});

test('changes from outside move the stamps that the vendor would move', async () => {
  time += 3_600_000;
  const stampOf = (field: string) =>
    query('Tickets', { filter: [{ op: 'gte', field, value: '2026-08-03T11:00:00.000Z' }] }).then(({ items }) =>
      items.map(({ id }) => String(id)).sort(),
    );
  const { changed } = await control('change', { type: 'tickets', count: 5 });
  expect(await stampOf('lastActivityDate')).toEqual([...changed!].sort());
  expect(await stampOf('lastTrackedModificationDateTime')).toEqual([...changed!].sort());
  await fault('stuck-tracked-stamp');
  const later = await control('change', { type: 'tickets', count: 5 });
  expect(await stampOf('lastTrackedModificationDateTime')).toEqual([...changed!].sort());
  expect(await stampOf('lastActivityDate')).toEqual([...new Set([...changed!, ...later.changed!])].sort());

  const { deleted } = await control('delete', { type: 'tickets', count: 2 });
  const log = await query('DeletedTicketLogs', {
    filter: [{ op: 'gte', field: 'deletedDateTime', value: '2026-08-03T11:00:00Z' }],
  });
  expect(log.items.map(({ ticketID }) => String(ticketID)).sort()).toEqual([...deleted!].sort());
});

test('strict mode refuses what is not documented', async () => {
  await open({ strict: true });
  expect((await call('POST', 'Tickets/query', { filter: [all], page: 2 })).status).toBe(400);
  expect((await call('POST', 'Tickets/query?page=2', { filter: [all] })).status).toBe(400);
  expect((await call('POST', 'Tickets/query', { filter: [all] }, { ...signIn(), 'x-odd': '1' })).status).toBe(400);
  expect(
    (await call('POST', 'Tickets/query', { filter: [all] }, { ...signIn(), ImpersonationResourceId: '4' })).status,
  ).toBe(200);
});
