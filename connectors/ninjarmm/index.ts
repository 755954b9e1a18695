import { z } from 'zod';
import type { Connection, Connector, ConnectorEnvironment } from '../../src/connector/contract.ts';
import type { Manifest } from '../../src/connector/manifest.ts';
import { addressOf, customRegion, originOf, regions } from './address.ts';
import { NinjaApi } from './api.ts';
import { checks } from './checks.ts';
import { explain } from './failures.ts';
import guide from './guide.md';
import { feedPosition } from './news.ts';
import { Reader } from './reading.ts';
import { tokenSource } from './sign-in.ts';

const secretLike = (name: string, least: number) =>
  z.string().trim().min(least, `A ${name} is longer than this`).regex(/^\S+$/, `A ${name} has no spaces`);

export const manifest: Manifest = {
  id: 'ninjarmm',
  name: 'NinjaRMM',
  summary: 'device and monitoring data',
  family: 'rmm',
  credentials: [
    {
      key: 'region',
      label: 'Region',
      secret: false,
      required: true,
      schema: z.string().trim().toLowerCase(),
      example: 'eu',
      where: 'The address bar of NinjaOne: app, us2, eu, oc, ca or fed before .ninjarmm.com',
      choices: [
        ...regions.map(({ value, label, host }) => ({ value, label: `${label} (${host})` })),
        { value: customRegion, label: 'Custom URL' },
      ],
    },
    {
      key: 'baseUrl',
      label: 'Custom URL',
      secret: false,
      required: true,
      when: { key: 'region', is: [customRegion] },
      schema: z
        .string()
        .trim()
        .transform((typed, context) => {
          const origin = addressOf(typed);
          const message = 'Enter the https address with which you open NinjaOne, such as https://acme.rmmservice.com';
          if (origin === null) context.addIssue({ code: 'custom', message });
          return origin ?? typed;
        }),
      example: 'https://acme.rmmservice.com',
      where: 'The address bar of NinjaOne',
    },
    {
      key: 'clientId',
      label: 'Client ID',
      secret: false,
      required: true,
      schema: secretLike('Client ID', 8),
      example: 'FAKEfakeFAKE-fakeFAKEfake-00',
      where: 'Administration > Apps > API > Client App IDs',
    },
    {
      key: 'clientSecret',
      label: 'Client Secret',
      secret: true,
      required: true,
      schema: secretLike('Client Secret', 8),
      example: 'FAKEfakeFAKE_not-a-real-secret_0000000000000000000000',
      where: 'Shown once, when the app is saved',
    },
    {
      key: 'brandedHost',
      label: 'Branded host',
      secret: false,
      required: false,
      when: { key: 'region', is: [customRegion] },
      schema: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'A host name only, such as rmm.acme.example'),
      example: 'rmm.acme.example',
      where: 'The connection test asks for it when the Custom URL is not under a domain of NinjaOne',
      advanced: true,
    },
  ],
  options: [],
  recordTypes: [
    {
      type: 'companies',
      direction: 'link',
      vendorName: 'Organizations',
      changes: 'compare',
      permission: 'Monitoring',
      note: 'Tied to companies that are there already, by name. None is created.',
    },
    {
      type: 'locations',
      direction: 'pull',
      vendorName: 'Locations',
      changes: 'compare',
      permission: 'Monitoring',
    },
    {
      type: 'devices',
      direction: 'pull',
      vendorName: 'Devices',
      changes: 'feed',
      permission: 'Monitoring',
      note: 'With health, patches and antivirus. Devices of an organization without a company wait.',
    },
    {
      type: 'alerts',
      direction: 'pull',
      vendorName: 'Alerts',
      changes: 'compare',
      transient: true,
      permission: 'Monitoring',
      note: 'Those in force now.',
    },
  ],
  // NinjaOne publishes no limit. Five a second on average, three at once, is what long-lived clients get by with.
  budgets: [{ name: 'api', concurrency: 3, intervalCap: 300, intervalMs: 60_000 }],
};

function open(environment: ConnectorEnvironment): Connection {
  const http = environment.http.withExplain(explain).withAuth({ kind: 'bearer', source: tokenSource(environment) });
  const api = new NinjaApi(http);
  const reader = new Reader(api);
  return {
    checks: (types) => checks(environment, http, api, types),
    read: (request) => reader.read(request),
    feedPosition: (_type, signal) => feedPosition(api, signal),
  };
}

export default {
  manifest,
  guide,
  origins: (credentials) => {
    const origin = originOf(credentials);
    return origin === null ? null : { baseUrl: `${origin}/v2/`, allowed: [] };
  },
  open,
} satisfies Connector;
