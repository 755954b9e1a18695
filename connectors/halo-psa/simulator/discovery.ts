/** What an instance tells without a token. */
import type { Answer, Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { HaloContext } from './context.ts';
import { application } from './sign-in.ts';

export function discoveryRoutes({ faults, instance }: HaloContext): Route[] {
  const open = (path: string, body: (urls: SimulatorRequest['urls']) => unknown): Route => ({
    method: 'GET',
    path,
    kind: 'open',
    query: [],
    handle: ({ urls }): Answer => ({ status: 200, body: body(urls) }),
  });
  const authUrl = (urls: SimulatorRequest['urls']) =>
    faults.isOn('shared-auth-host') ? urls.auth : `${urls.main}/auth`;
  return [
    open('/api/authinfo', (urls) => ({
      auth_url: authUrl(urls),
      tenant_id: faults.isOn('missing-tenant') ? undefined : application.tenant,
    })),
    open('/api/InstanceInfo', (urls) => ({
      dbid: '5d0c0000-0000-4000-8000-000000000001',
      app_version: '2.180.12',
      app_name: 'Halo PSA',
      agent_count: instance.agents.size,
      agent_url: urls.main,
      portal_url: `${urls.main}/portal`,
      auth_url: authUrl(urls),
    })),
  ];
}
