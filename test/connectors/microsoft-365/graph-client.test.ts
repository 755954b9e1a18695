/** Microsoft's own client library, unmodified, against our simulator. It speaks https only, so a front stands between. */
import {
  AuthenticationHandler,
  BatchRequestContent,
  BatchResponseContent,
  Client,
  type Context,
  GraphError,
  type Middleware,
  PageIterator,
  RedirectHandler,
  RetryHandler,
  TelemetryHandler,
} from '@microsoft/microsoft-graph-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import definition from '../../../connectors/microsoft-365/simulator.ts';
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

const graph = 'https://graph.microsoft.com';
let simulator: RunningSimulator;
beforeEach(async () => {
  simulator = await definition.start({ scale: 400, strict: true });
});
afterEach(() => simulator.close());

/** What a reverse proxy with Microsoft's certificate would do. */
class Front implements Middleware {
  async execute(context: Context): Promise<void> {
    const { request, options } = context;
    const sent = request instanceof Request ? request : new Request(request, options as RequestInit);
    const headers = new Headers(sent.headers);
    headers.set('x-forwarded-proto', 'https');
    headers.set('x-forwarded-host', new URL(sent.url).host);
    const body = sent.method === 'GET' ? null : await sent.text();
    context.response = await fetch(sent.url.replace(graph, simulator.url), { method: sent.method, headers, body });
  }
}

function client(tenant = simulator.credentials.tenants?.split(', ')[0] ?? ''): Client {
  const chain = [
    new AuthenticationHandler({ getAccessToken: () => token(tenant) }),
    new RetryHandler(),
    new RedirectHandler(),
    new TelemetryHandler(),
    new Front(),
  ];
  chain.forEach((each, index) => {
    const next = chain[index + 1];
    if (next !== undefined && 'setNext' in each) each.setNext(next);
  });
  return Client.initWithMiddleware({ middleware: chain[0]! });
}

async function token(tenant: string): Promise<string> {
  const { clientId = '', clientSecret = '' } = simulator.credentials;
  const answer = await fetch(`${simulator.url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${graph}/.default`,
      grant_type: 'client_credentials',
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

test('single answers, selected fields, raw text', async () => {
  const { value } = await client().api('/organization').select(['id', 'displayName']).get();
  expect(value).toEqual([{ id: simulator.credentials.tenants?.split(', ')[0], displayName: 'Acme IT' }]);
  expect(Number(await client().api('/users/$count').header('ConsistencyLevel', 'eventual').get())).toBeGreaterThan(0);
});

test('pages of users, to the last', async () => {
  const tenant = simulator.credentials.tenants?.split(', ')[1];
  const graphClient = client(tenant);
  const first = await graphClient
    .api('/users')
    .header('ConsistencyLevel', 'eventual')
    .filter('assignedLicenses/$count ne 0')
    .count(true)
    .top(2)
    .select('id')
    .get();
  const ids = new Set<string>();
  const pages = new PageIterator(
    graphClient,
    first,
    ({ id }: { id: string }) => {
      ids.add(id);
      return true;
    },
    { headers: { ConsistencyLevel: 'eventual' } },
  );
  await pages.iterate();
  expect(ids.size).toBeGreaterThan(2);
  expect(ids.size).toBe(first['@odata.count']);
});

test('a batch: answers by id, each with its own status', async () => {
  const content = new BatchRequestContent([
    { id: 'skus', request: new Request(`${graph}/subscribedSkus`) },
    { id: 'score', request: new Request(`${graph}/security/secureScores?$top=1`) },
    { id: 'wrong', request: new Request(`${graph}/subscribedSkus?$top=1`) },
  ]);
  const responses = new BatchResponseContent(
    await client()
      .api('/$batch')
      .post(await content.getContent()),
  );
  const list = async (id: string) =>
    ((await responses.getResponseById(id).json()) as { value: { maxScore?: number }[] }).value;
  expect(await list('skus')).toHaveLength(4);
  expect((await list('score'))[0]?.maxScore).toBeGreaterThan(0);
  expect(responses.getResponseById('wrong').status).toBe(400);
});

test('refusals arrive as errors with status, code and message', async () => {
  const refused = client(simulator.credentials.tenants?.split(', ')[1])
    .api('/tenantRelationships/delegatedAdminRelationships')
    .get();
  await expect(refused).rejects.toThrowError(GraphError);
  await expect(refused).rejects.toMatchObject({ statusCode: 403, code: 'accessDenied' });
  const unindexed = client().api('/users').count(true).get();
  await expect(unindexed).rejects.toMatchObject({ statusCode: 400, code: 'Request_UnsupportedQuery' });
});
