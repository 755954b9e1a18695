/** The connection test: the cheapest sequence that proves each thing by itself. */
import { z } from 'zod';
import type { CheckOutcome, CheckStep, ConnectorEnvironment } from '../../src/connector/contract.ts';
import { NotFound, Unauthorized, UntrustedHost } from '../../src/connector/errors.ts';
import type { Http } from '../../src/connector/http.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import { noPermission, oddAnswer, permissionFor } from './failures.ts';
import { findSignInServer } from './sign-in.ts';

const onePage = { pageinate: true, page_no: 1, page_size: 1 };
const withInactive = { includeactive: true, includeinactive: true };

/** How each record type is tried, and under which scopes it may be read. */
const lists: Readonly<
  Partial<
    Record<RecordType, { path: string; query: Record<string, string | number | boolean>; scopes: readonly string[] }>
  >
> = {
  companies: { path: 'Client', query: { ...onePage, ...withInactive }, scopes: ['read:customers', 'edit:customers'] },
  contacts: { path: 'Users', query: { ...onePage, ...withInactive }, scopes: ['read:customers', 'edit:customers'] },
  users: { path: 'Agent', query: { includeenabled: true }, scopes: [] },
  tickets: { path: 'Tickets', query: { ...onePage, domain: 'reqs' }, scopes: ['read:tickets', 'edit:tickets'] },
};

const instance = z.object({ app_name: z.string().optional(), app_version: z.string().optional() });
const counted = z.object({ record_count: z.number() });
const agent = z.object({ name: z.string().optional(), email: z.string().optional() });

export function checks(environment: ConnectorEnvironment, http: Http, types: readonly RecordType[]): CheckStep[] {
  return [
    { id: 'host', label: 'Address is a Halo instance', hard: true, run: () => host(environment) },
    { id: 'sign-in', label: 'Sign-in with Client ID and Secret', hard: true, run: () => signIn(http) },
    { id: 'permissions', label: 'Permissions granted', run: () => permissions(http, types) },
    { id: 'instance', label: 'Product and version', run: (signal) => product(http, signal) },
    { id: 'account', label: 'Agent we act as', hard: true, run: (signal) => account(http, signal) },
    ...types.map((type) => ({
      id: type,
      label: `Read ${type}`,
      run: (signal: AbortSignal) => readable(http, type, signal),
    })),
    ...(types.includes('tickets')
      ? [
          { id: 'lookups', label: 'Read statuses', run: (signal: AbortSignal) => statuses(http, signal) },
          { id: 'write-tickets', label: 'Write tickets', run: () => writable(http) },
        ]
      : []),
  ];
}

async function host(environment: ConnectorEnvironment): Promise<CheckOutcome> {
  try {
    const server = await findSignInServer(environment);
    if (server.told) return { status: 'passed', detail: `Signs in at ${server.url}` };
    return {
      status: 'untested',
      cause: `It does not tell its sign-in server, as older builds do; ${server.url} is used.`,
      fix: 'Nothing to do if the sign-in passes. If not, copy Authorisation Server from API Details.',
    };
  } catch (error) {
    if (!(error instanceof UntrustedHost)) throw error;
    return { status: 'failed', cause: error.reason, fix: error.fix, suggest: { field: 'authUrl', value: error.host } };
  }
}

async function signIn(http: Http): Promise<CheckOutcome> {
  const { about = {} } = await http.token();
  if (about.scope !== '') return { status: 'passed', detail: `Asked for: ${about.askedFor}` };
  return {
    status: 'failed',
    cause: 'Halo let us in, but the application has no permissions at all.',
    fix: 'Tick its permissions on the Permissions tab in Configuration > Integrations > Halo API > View Applications, and save.',
  };
}

async function permissions(http: Http, types: readonly RecordType[]): Promise<CheckOutcome> {
  const scope = (await http.token()).about?.scope ?? '';
  const granted = new Set(scope.split(/\s+/));
  const lacking = granted.has('all')
    ? []
    : types.filter((type) => {
        const scopes = lists[type]?.scopes ?? [];
        return scopes.length > 0 && !scopes.some((name) => granted.has(name));
      });
  if (lacking.length === 0) return { status: 'passed', detail: scope };
  const wanted = [...new Set(lacking.map((type) => lists[type]?.scopes[0]))].join(', ');
  return {
    status: 'failed',
    cause: `The permissions granted do not cover ${lacking.join(', ')}: ${wanted} is missing.`,
    fix: `Tick ${wanted} on the Permissions tab of the application, or do not sync ${lacking.join(', ')}.`,
    detail: scope,
  };
}

async function product(http: Http, signal: AbortSignal): Promise<CheckOutcome> {
  try {
    const { body } = await http.request({ url: 'InstanceInfo', signal });
    const { app_name = 'Halo', app_version = 'version not told' } = valid(instance, 'InstanceInfo', body);
    return { status: 'passed', detail: `${app_name} ${app_version}` };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return { status: 'untested', cause: 'This build does not tell its product and version.', fix: 'Nothing to do.' };
  }
}

async function account(http: Http, signal: AbortSignal): Promise<CheckOutcome> {
  const { body } = await scopeProblem('Agent/me', http.request({ url: 'Agent/me', signal }));
  const { name = 'an agent without a name', email } = valid(agent, 'Agent/me', body);
  return { status: 'passed', detail: email === undefined ? name : `${name} <${email}>` };
}

async function readable(http: Http, type: RecordType, signal: AbortSignal): Promise<CheckOutcome> {
  const list = lists[type];
  if (list === undefined) return { status: 'untested', cause: `Halo has no ${type}.`, fix: 'Leave them out.' };
  const { body } = await scopeProblem(list.path, http.request({ url: list.path, query: list.query, signal }));
  const count = Array.isArray(body) ? body.length : valid(counted, list.path, body).record_count;
  if (count > 0) return { status: 'passed', detail: `${count} ${type}` };
  // Every instance has clients (at least its placeholder) and agents; having no tickets or contacts yet is possible.
  const always = type === 'companies' || type === 'users';
  return {
    status: always ? 'failed' : 'untested',
    cause: `Halo answered, but with no ${type} at all: the agent of this application may not see any, or there are none.`,
    fix: `Sign in to Halo as that agent and look. If they are missing there, add it to the teams and departments, and lift restrictions on ${permissionFor(list.path).role}.`,
  };
}

async function statuses(http: Http, signal: AbortSignal): Promise<CheckOutcome> {
  const { body } = await scopeProblem('Status', http.request({ url: 'Status', query: { type: 'ticket' }, signal }));
  return { status: 'passed', detail: `${Array.isArray(body) ? body.length : 0} statuses` };
}

/** Cannot be tried without making a ticket, so it is inferred and said to be. */
async function writable(http: Http): Promise<CheckOutcome> {
  const granted = (await http.token()).about?.scope ?? '';
  const may = /(^|\s)(all|edit:tickets)(\s|$)/.test(granted);
  return {
    status: 'untested',
    cause: may
      ? 'Not tried, because it would make a ticket. The permissions granted include writing.'
      : 'Not tried. The permissions granted do not include edit:tickets, so tickets could only be read.',
    fix: may ? 'Nothing to do.' : 'Tick edit:tickets on the Permissions tab if tickets are to be written later.',
  };
}

/** Right after a fresh token, 401 is no wrong secret: it is a permission or scope that is missing. */
async function scopeProblem<T>(path: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof Unauthorized ? noPermission(`/${path}`, { status: 401 }) : error;
  }
}

function valid<S extends z.ZodType>(schema: S, path: string, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw oddAnswer(path, z.prettifyError(parsed.error));
  return parsed.data;
}
