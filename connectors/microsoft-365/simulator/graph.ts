/** The API host: every list with its permissions, options, pages and limits, alone or in a batch. */
import { type Answer, jsonBody, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { badRequest, graphError } from './errors.ts';
import type { Instance } from './instance.ts';
import type { Tenant } from './model.ts';
import { type Resource, resourcesOf } from './resources.ts';
import type { Access, SignIn } from './sign-in.ts';

const version = '/v1.0';
const eventual = (headers: Headers): boolean => headers.get('consistencylevel')?.toLowerCase() === 'eventual';

export class Graph {
  readonly #instance: Instance;
  readonly #signIn: SignIn;
  readonly #faults: () => Faults;
  readonly #resources: readonly Resource[];
  /** Security calls in work. */
  #security = 0;
  #throttledInBatch = 0;

  constructor(instance: Instance, signIn: SignIn, faults: () => Faults) {
    this.#instance = instance;
    this.#signIn = signIn;
    this.#faults = faults;
    this.#resources = resourcesOf(instance, faults);
  }

  routes(): Route[] {
    const lists = this.#resources.map(
      (resource): Route => ({
        method: 'GET',
        path: `${version}${resource.path}`,
        kind: 'read',
        query: resource.options,
        handle: (request) =>
          this.#limited(resource, () =>
            this.#list(resource, this.#access(request), request.query, headersOf(request), originOf(request)),
          ),
      }),
    );
    return [
      ...lists,
      {
        method: 'GET',
        path: `${version}/users/$count`,
        kind: 'read',
        query: ['$filter'],
        handle: (request) => this.#countUsers(this.#access(request), request.query, headersOf(request)),
      },
      {
        method: 'POST',
        path: `${version}/$batch`,
        // Reads nothing else but what the requests in it read.
        kind: 'read',
        query: [],
        body: ['requests'],
        handle: (request) => this.#batch(request),
      },
    ];
  }

  #access(request: SimulatorRequest): Access {
    // The server has refused those without.
    return this.#signIn.accessOf(request)!;
  }

  #list(
    resource: Resource,
    { tenant, roles }: Access,
    query: URLSearchParams,
    headers: Headers,
    origin: string,
  ): Answer {
    const refused = this.#refusal(resource, tenant, roles);
    if (refused !== null) return refused;
    const faults = this.#faults();
    const unknown = [...query.keys()].find((name) => name.startsWith('$') && !resource.options.includes(name));
    if (unknown !== undefined) return badRequest(`The query option '${unknown}' is not supported here.`);
    const counted = query.get('$count') === 'true';
    const filter = query.get('$filter');
    if (resource.indexed && (counted || (filter?.includes('/$count') ?? false))) {
      if (!eventual(headers) || faults.isOn('no-count-at-all')) return unsupported();
    }
    const all =
      faults.isOn('no-score') && this.#isFirstClient(tenant) && resource.path.endsWith('secureScores')
        ? []
        : resource.rows(tenant, filter);
    if (all === null) return unsupported();
    const selected = query.get('$select')?.split(',') ?? resource.usualFields;
    const present = (row: object) => (selected === undefined ? row : only(row, selected));
    const context = `${origin}${version}/$metadata#${resource.path.slice(1)}`;
    const count =
      counted && !query.has('$skiptoken') && !faults.isOn('no-count-index') ? { '@odata.count': all.length } : {};
    if (resource.paging === null) {
      return { status: 200, body: { '@odata.context': context, ...count, value: all.map(present) } };
    }

    const { by, usual, most, strict } = resource.paging;
    const asked = query.has('$top') ? Number(query.get('$top')) : usual;
    if (!Number.isInteger(asked) || asked < 1 || (strict && asked > most))
      return badRequest('Invalid page size specified.');
    const size = faults.isOn('no-count-index') ? Math.min(5, asked, most) : Math.min(asked, most);
    const from = Number(by === '$skip' ? (query.get('$skip') ?? 0) : unsealed(query.get('$skiptoken')));
    if (!Number.isInteger(from) || from < 0) return badRequest('The skip token is not valid.');
    const value = all.slice(from, from + size).map(present);
    const next = this.#next(resource, query, origin, from + size, from + size < all.length);
    const warned = resource.family === 'security' && faults.isOn('provider-warning');
    return {
      status: warned ? 206 : 200,
      ...(warned ? { headers: { warning: '199 - "Microsoft/WDATP/503/25"' } } : {}),
      body: { '@odata.context': context, ...count, ...(next === null ? {} : { '@odata.nextLink': next }), value },
    };
  }

  #next({ path, paging }: Resource, query: URLSearchParams, origin: string, to: number, more: boolean): string | null {
    const faults = this.#faults();
    const endless = faults.isOn('endless-links') || faults.isOn('foreign-links');
    const circular = faults.isOn('circular-links');
    if (paging === null || (!more && !endless && !circular)) return null;
    const link = new URL(
      `${faults.isOn('foreign-links') ? 'https://graph.elsewhere.example' : origin}${version}${path}`,
    );
    for (const [name, value] of query) if (name !== paging.by) link.searchParams.set(name, value);
    const place = circular ? 0 : to;
    link.searchParams.set(paging.by, paging.by === '$skip' ? String(place) : sealed(place));
    return link.href.replaceAll('%24', '$');
  }

  #countUsers({ tenant, roles }: Access, query: URLSearchParams, headers: Headers): Answer {
    const users = this.#resources.find(({ path }) => path === '/users')!;
    const refused = this.#refusal(users, tenant, roles);
    if (refused !== null) return refused;
    const rows = users.rows(tenant, query.get('$filter'));
    if (!eventual(headers) || rows === null || this.#faults().isOn('no-count-at-all')) return unsupported();
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(rows.length) };
  }

  #refusal({ family, roles: needed, deniedBy }: Resource, tenant: Tenant, roles: readonly string[]): Answer | null {
    const faults = this.#faults();
    const security = family === 'security';
    const active = faults.active ?? '';
    if (security && active === 'not-applicable' && this.#isFirstClient(tenant)) {
      return graphError(400, 'BadRequest', 'Request not applicable to target tenant.');
    }
    const closed =
      active === deniedBy ||
      (security && active === 'missing-security-blank') ||
      (security && active === 'missing-security-one' && this.#isFirstClient(tenant));
    if (!closed && needed.some((role) => roles.includes(role))) {
      // A client's tenant has no relationships of its own to list.
      return family === 'partner' && !tenant.partner
        ? graphError(403, 'accessDenied', 'The tenant is not a partner.')
        : null;
    }
    if (family === 'partner') return graphError(403, 'accessDenied', 'Access denied.');
    if (!security)
      return graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
    return graphError(
      403,
      active === 'missing-security-blank' ? '' : 'UnknownError',
      'Auth token does not contain valid permissions or user does not have valid roles.',
    );
  }

  /** At most four security calls at once. Each takes a moment, or there would never be two. */
  async #limited(resource: Resource, answer: () => Answer): Promise<Answer> {
    if (resource.family !== 'security') return answer();
    if (this.#security >= 4) return tooMany();
    this.#security += 1;
    try {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return answer();
    } finally {
      this.#security -= 1;
    }
  }

  /** Answers come in any order, and each may fail by itself. */
  async #batch(request: SimulatorRequest): Promise<Answer> {
    const { requests } = (jsonBody(request) ?? {}) as { requests?: readonly Inner[] };
    const ids = new Set(requests?.map(({ id }) => id));
    if (!Array.isArray(requests) || requests.length < 1 || requests.length > 20 || ids.size < requests.length) {
      return graphError(400, 'BadRequest', 'A batch holds 1 to 20 requests, each with an id of its own.');
    }
    const access = this.#access(request);
    const responses = [];
    for (const inner of requests as readonly Inner[]) {
      const { status, body, headers } = await this.#inner(inner, access, originOf(request));
      responses.unshift({ id: inner.id, status, headers: { 'Content-Type': 'application/json', ...headers }, body });
    }
    return { status: 200, body: { responses } };
  }

  async #inner(inner: Inner, access: Access, origin: string): Promise<Answer> {
    if (typeof inner.url !== 'string' || !inner.url.startsWith('/') || inner.method !== 'GET') {
      return graphError(400, 'BadRequest', 'A request in a batch has a relative address and a method.');
    }
    if (this.#faults().isOn('batch-throttled')) {
      this.#throttledInBatch += 1;
      if (this.#throttledInBatch >= 3) {
        this.#throttledInBatch = 0;
        this.#faults().set(null);
      }
      return tooMany();
    }
    const url = new URL(inner.url, 'http://batch.example');
    const headers = new Headers(inner.headers);
    if (url.pathname === '/users/$count') return this.#countUsers(access, url.searchParams, headers);
    const resource = this.#resources.find(({ path }) => path === url.pathname);
    if (resource === undefined) return notFound();
    return await this.#limited(resource, () => this.#list(resource, access, url.searchParams, headers, origin));
  }

  #isFirstClient(tenant: Tenant): boolean {
    return tenant === this.#instance.tenants[1];
  }
}

interface Inner {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
}

const headersOf = (request: SimulatorRequest): Headers => new Headers(request.headers as Record<string, string>);

/** As whoever asked has it: a front that speaks https says so. */
const originOf = ({ headers }: Pick<SimulatorRequest, 'headers'>): string =>
  `${headers['x-forwarded-proto'] ?? 'http'}://${headers['x-forwarded-host'] ?? headers.host}`;

const only = (row: object, fields: readonly string[]): object =>
  Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)));

/** A skip token says nothing to whoever holds it. */
const sealed = (place: number): string => Buffer.from(`FAKE:${place}`).toString('base64url');
const unsealed = (token: string | null): string =>
  token === null
    ? '0'
    : Buffer.from(token, 'base64url')
        .toString()
        .replace(/^FAKE:/, '');

const tooMany = (): Answer => ({
  ...graphError(429, 'TooManyRequests', 'Too many requests'),
  headers: { 'retry-after': '1' },
});
const unsupported = (): Answer =>
  graphError(
    400,
    'Request_UnsupportedQuery',
    'The specified filter or count needs ConsistencyLevel: eventual, or is not supported.',
  );
export const notFound = (): Answer => graphError(404, 'ResourceNotFound', 'Resource not found for the segment.');
