/** Syncro through the real engine: every row of its failure table, and what makes its reading its own. */
import { afterEach, describe, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';
import { expectFailure, type FailureRow } from '../failure-table.ts';

const id = 'syncro';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const tick = /Edit the token .* and tick/;
const checkAddress = /first part of your Syncro address/;
const rows: FailureRow[] = [
  { fault: 'bad-token', check: 'account', cause: /refused the API token/, fix: /Create a new one/ },
  { fault: 'bad-token-page', check: 'account', cause: /refused the API token/, fix: /expiry date/ },
  {
    fault: null,
    credentials: { api_token: 'not-a-token' },
    check: 'account',
    cause: /does not look like/,
    fix: /Create a new one/,
  },
  { fault: 'no-account-404', check: 'account', cause: /no Syncro account/, fix: checkAddress },
  { fault: 'no-account-page', check: 'account', cause: /no Syncro account/, fix: checkAddress },
  { fault: 'no-account-redirect', check: 'account', cause: /no Syncro account/, fix: checkAddress },
  {
    fault: 'no-customers-list-search',
    check: 'companies',
    cause: /valid but lacks "Customers - List\/Search"/,
    fix: tick,
  },
  {
    fault: 'no-customers-view-detail',
    check: 'contacts',
    cause: /valid but lacks "Customers - View Detail"/,
    fix: tick,
  },
  { fault: 'no-tickets-list-search', check: 'tickets', cause: /valid but lacks "Tickets - List\/Search"/, fix: tick },
  { fault: 'forbidden-403', check: 'tickets', cause: /valid but lacks "Tickets - List\/Search"/, fix: tick },
  { fault: 'no-tickets-view-details', check: 'ticket-details', cause: /lacks "Tickets - View Details"/, fix: tick },
  { fault: 'own-tickets-only', check: 'ticket-details', cause: /lacks "Tickets - View Details"/, fix: tick },
  {
    fault: 'single-customer-user',
    check: 'companies',
    status: 'untested',
    cause: /single-customer user/,
    fix: /Global Admin/,
  },
  { fault: 'sign-in-page', check: 'companies', cause: /"Syncro \| Sign in"/, fix: /proxy/ },
  { fault: 'feature-off', check: 'lookups', cause: /not .*JSON/, fix: /./ },
  { fault: 'blocked-address', check: 'account', cause: /firewall or proxy/, fix: /allowed/ },
  { fault: 'server-error', check: 'account', cause: /failed while answering/, fix: /status page/ },
  { fault: 'gateway-html', check: 'account', cause: /gateway/i, fix: /tried again/ },
  { fault: 'maintenance', check: 'account', cause: /gateway/i, fix: /tried again|later/ },
];

test.each(rows)('$fault $credentials: $check', async (row) => {
  house = await connectedHouse(id, { fault: row.fault });
  await expectFailure(house, row);
});

test('writing is not tried, and said to be inferred', async () => {
  house = await connectedHouse(id, { strict: true });
  const { checks } = await house.engine.test({ id });
  expect(checks.find((each) => each.id === 'write-tickets')).toMatchObject({
    status: 'untested',
    cause: expect.stringMatching(/Not tried.*this user may write them; the token may still not/),
    fix: expect.stringContaining('"Tickets - Create"'),
  });
  expect(await house.control('stats')).toMatchObject({ writes: 0 });
});

const view = () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
interface Stats {
  readonly requests: number;
  readonly byPath: Record<string, number>;
}
const stats = () => house.control<Stats>('stats');

describe('a 401', () => {
  test('for want of a permission stops its type, after one probe, and no other', async () => {
    house = await connectedHouse(id, { fault: 'no-tickets-list-search' });
    await house.control('stats/reset', {});
    const { failure } = await house.engine.sync(id);
    expect(failure).toMatchObject({ code: 'forbidden' });
    expect(view()).toMatchObject({ status: 'error', issues: 1 });
    const { tickets: _, ...others } = house.sim.totals();
    expect(view().records).toEqual(others);
    const { records: people } = await house.engine.records({ type: 'users', integration: id, limit: 100 });
    expect(people.every(({ email }) => email !== null)).toBe(true);
    // One for the technicians' tickets, one for the tickets themselves.
    expect((await stats()).byPath['GET /api/v1/me']).toBe(2);

    await house.control('fault', { name: null });
    await house.engine.sync(id);
    expect(view()).toMatchObject({ status: 'connected', issues: 0, records: house.sim.totals() });
  });

  test('of a token that was deleted in mid-run disconnects, and it is not tried again', async () => {
    house = await connectedHouse(id);
    await house.control('fault', { name: 'revoked-mid-run', count: 5 });
    await house.control('stats/reset', {});
    expect(await house.engine.sync(id)).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
    expect(view()).toMatchObject({ status: 'disconnected', nextSync: null });
    expect(await stats()).toMatchObject({ requests: 7, byPath: { 'GET /api/v1/me': 1 } });
  });
});

describe('an import', () => {
  test.each([null, 'all-comments', 'documented-page-size', 'account-zone', 'disabled-users-listed'])(
    'holds what Syncro holds: %s',
    async (fault) => {
      house = await connectedHouse(id, { scale: 260, fault, strict: true });
      expect((await house.engine.sync(id)).status).toBe('succeeded');
      expect(view().records).toEqual(house.sim.totals());
      expect(view().issues).toBe(0);
      const { records } = await house.engine.records({ type: 'tickets', integration: id, limit: 500 });
      expect(records.every((ticket) => /Reported by telephone/.test(String(ticket.description)))).toBe(true);
      const wrote = Object.values((await house.engine.sync(id)).types).map(({ updated, created }) => updated + created);
      expect(wrote).toEqual([0, 0, 0, 0]);
    },
  );

  test('asks for pages, for the technicians and hardly more; a quiet sync for the comparisons only', async () => {
    house = await connectedHouse(id, { scale: 2000 });
    await house.control('stats/reset', {});
    await house.engine.sync(id);
    const pages = { customers: 1, contacts: 11, tickets: 40 };
    const first = await stats();
    expect(first.byPath['GET /api/v1/customers']).toBe(pages.customers);
    expect(first.byPath['GET /api/v1/contacts']).toBe(pages.contacts);
    expect(first.requests).toBeLessThan(1 + 11 + 40 + 10);
    const { records: people } = await house.engine.records({ type: 'users', integration: id, limit: 100 });
    expect(people.length).toBe(house.sim.totals().users);
    expect(people.every(({ email }) => String(email).endsWith('.example'))).toBe(true);

    await house.control('stats/reset', {});
    await house.engine.sync(id);
    expect((await stats()).requests).toBe(1 + 11 + 1 + 1);
  });

  test('keeps to the limit that Syncro documents', async () => {
    house = await connectedHouse(id, { scale: 20, limit: 180 });
    await house.engine.sync(id);
    expect(view().records).toEqual(house.sim.totals());
    expect(await house.control('stats')).toMatchObject({ throttled: 0 });
  });

  test('finds changed tickets by time alone, and a renamed technician', async () => {
    house = await connectedHouse(id);
    await house.engine.sync(id);
    house.clock.pass(20 * 60_000);
    await house.control('change', { type: 'tickets', count: 7 });
    await house.control('change', { type: 'users', count: 1 });
    await house.control('stats/reset', {});
    const { types } = await house.engine.sync(id);
    expect(types.tickets).toMatchObject({ read: 7, updated: 7 });
    expect(types.users).toMatchObject({ updated: 1 });
    expect((await stats()).byPath).toMatchObject({ 'GET /api/v1/tickets': 1, 'GET /api/v1/users/{id}': 1 });
  });

  test('is right though Syncro ignores the filter on the time of change', async () => {
    house = await connectedHouse(id, { fault: 'since-ignored' });
    await house.engine.sync(id);
    await house.control('change', { type: 'tickets', count: 5 });
    expect((await house.engine.sync(id)).types.tickets).toMatchObject({ updated: 5, created: 0 });
  });

  test('holds back what was not wanted, with what belongs to it, and deletes none of it', async () => {
    house = await connectedHouse(id, { scale: 300 });
    await house.engine.sync(id);
    await house.engine.configure(id, { options: { includeInactive: false, closedStatuses: 'Resolved' } });
    const { types } = await house.engine.sync(id);
    expect(types.companies?.held).toBeGreaterThan(0);
    expect(Object.values(types).every(({ gone }) => gone === 0)).toBe(true);
    await house.engine.configure(id, { options: { includeInactive: true, closedStatuses: 'Resolved, Invoiced' } });
    await house.engine.sync(id);
    expect(view()).toMatchObject({ records: house.sim.totals(), issues: 0 });
  });
});
