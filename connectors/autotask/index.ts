import { z } from 'zod';
import type {
  Choice,
  Connection,
  Connector,
  ConnectorEnvironment,
  Lookups,
  Manifest,
} from '../../src/connector/contract.ts';
import { psaOptions, psaSelection } from '../../src/connector/psa/selection.ts';
import { AutotaskApi } from './api.ts';
import { checks } from './checks.ts';
import guide from './guide.md';
import { completeStatus, grouping } from './mapping.ts';
import { budgetFeedback } from './quota.ts';
import { entityOf, read } from './reading.ts';
import { anyZone, knownZones, zoneAddressOf } from './zone.ts';

const apiUserPage = 'Admin > Organization Settings & Users > Resources/Users (HR) > Resources/Users > your API user';

export const manifest: Manifest = {
  id: 'autotask',
  name: 'Autotask',
  summary: 'account and ticket synchronization',
  family: 'psa',
  credentials: [
    {
      key: 'username',
      label: 'Username (Key)',
      secret: false,
      required: true,
      schema: z
        .string()
        .trim()
        .regex(/^[\x21-\x3f\x41-\x7e]+@[^@\s]+\.[^@\s]+$/, 'An API username looks like an e-mail address'),
      example: 'k3exampl3apikey0@EXAMPLEMSP.COM',
      where: `${apiUserPage} > Generate Key`,
    },
    {
      key: 'secret',
      label: 'Password (Secret)',
      secret: true,
      required: true,
      // Any sign may be in it. Only white space around it is taken off, which no HTTP header carries.
      schema: z
        .string()
        .trim()
        .min(6, 'An API secret is longer than this')
        .regex(/^[\x20-\x7e]+$/, 'An API secret has only plain letters, digits and signs; copy it again'),
      example: 'fAk3#Secret~0000',
      where: `${apiUserPage} > Generate Secret; shown once`,
    },
    {
      key: 'integrationCode',
      label: 'API Tracking Identifier',
      secret: true,
      required: true,
      schema: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{8,128}$/, 'A tracking identifier is one word of letters and digits'),
      example: 'FAKE0CODE0EXAMPLE0000000000',
      where: `${apiUserPage} > API Tracking Identifier > Custom (Internal Integration)`,
    },
    {
      key: 'zoneUrl',
      label: 'Zone',
      secret: false,
      required: false,
      schema: z
        .string()
        .trim()
        .transform((typed, context) => {
          const zone = zoneAddressOf(typed);
          if (zone === null) {
            context.addIssue({
              code: 'custom',
              message: 'A zone is a number such as 14, or https://webservices14.autotask.net',
            });
          }
          return zone ?? typed;
        }),
      example: 'https://webservices14.autotask.net/ATServicesRest/',
      where: 'Leave it empty: Autotask tells it. It is the number in the address of your Autotask (ww14.autotask.net)',
      advanced: true,
    },
  ],
  options: psaOptions('Autotask', grouping),
  recordTypes: [
    {
      type: 'companies',
      direction: 'pull',
      vendorName: 'Companies',
      changes: 'modified-since',
      permission: 'CRM: view companies = All',
    },
    {
      type: 'contacts',
      direction: 'pull',
      vendorName: 'Contacts',
      changes: 'modified-since',
      permission: 'CRM: view contacts = All',
    },
    {
      type: 'users',
      direction: 'pull',
      vendorName: 'Resources',
      changes: 'compare',
      permission: 'none of its own; a cut-down security level may need Resources/Users (HR)',
    },
    {
      type: 'tickets',
      direction: 'pull',
      vendorName: 'Tickets',
      changes: 'modified-since',
      permission: 'Service Desk: view tickets = All (all queues, all lines of business)',
    },
  ],
  // Autotask allows 3 calls at once per kind of record and tracking identifier, and frees a slot only after its answer: 2 in all.
  // The hour's 10,000 are the tenant's, for all integrations; half is the most that we take of them (see quota.ts).
  budgets: [{ name: 'api', concurrency: 2, intervalCap: 5_000, intervalMs: 60 * 60_000 }],
};

function open(environment: ConnectorEnvironment): Connection {
  const api = new AutotaskApi(environment);
  const selection = psaSelection(environment.options, grouping);
  return {
    checks: (types) => checks(environment, api, types),
    read: (request) => read(api, selection, request),
    choices: (optionKey, signal) => (optionKey === grouping.key ? queueChoices(api, signal) : Promise.resolve([])),
    lookups: (signal) => lookups(api, signal),
  };
}

/** There is no list of queues: they are values of a field of tickets. */
async function queueChoices(api: AutotaskApi, signal: AbortSignal): Promise<Choice[]> {
  const queues = (await api.picklists(entityOf.tickets, signal)).values('queueID');
  return queues.map(({ id, name, inactive }) => ({
    value: id,
    label: inactive === true ? `${name} (inactive)` : name,
  }));
}

async function lookups(api: AutotaskApi, signal: AbortSignal): Promise<Lookups> {
  const ofTickets = await api.picklists(entityOf.tickets, signal);
  const ofCompanies = await api.picklists(entityOf.companies, signal);
  return {
    statuses: ofTickets.values('status').map((each) => ({ ...each, closed: each.id === String(completeStatus) })),
    priorities: ofTickets.values('priority'),
    queues: ofTickets.values('queueID'),
    ticketTypes: ofTickets.values('ticketType'),
    ticketCategories: ofTickets.values('ticketCategory'),
    issueTypes: ofTickets.values('issueType'),
    subIssueTypes: ofTickets.values('subIssueType'),
    sources: ofTickets.values('source'),
    companyTypes: ofCompanies.values('companyType'),
  };
}

export default {
  manifest,
  guide,
  origins: ({ zoneUrl }) => ({ baseUrl: zoneUrl ?? anyZone, allowed: zoneUrl === undefined ? knownZones : [] }),
  budgetFeedback,
  open,
} satisfies Connector;
