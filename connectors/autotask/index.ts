import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';
import type { Manifest } from '../../src/connector/manifest.ts';
import { psaOptions } from '../../src/connector/psa/selection.ts';
import { openAutotask } from './connection.ts';
import guide from './guide.md';
import { grouping } from './mapping.ts';
import { budgetFeedback } from './quota.ts';
import { resourceWrites, ticketLists, ticketWrites, writingOptions } from './writes.ts';
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
  options: [...psaOptions('Autotask', grouping), ...writingOptions],
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
      direction: 'two-way',
      vendorName: 'Resources',
      changes: 'compare',
      permission:
        'none of its own to read, though a cut-down security level may need Resources/Users (HR); admin access to that to write',
      writes: resourceWrites,
    },
    {
      type: 'tickets',
      direction: 'two-way',
      vendorName: 'Tickets',
      changes: 'modified-since',
      permission:
        'Service Desk: view tickets = All (all queues, all lines of business), and add and edit tickets to write them',
      named: ticketLists,
      writes: ticketWrites,
    },
  ],
  // Autotask allows 3 calls at once per kind of record and tracking identifier, and frees a slot only after its answer: 2 in all.
  // The hour's 10,000 are the tenant's, for all integrations; half is the most that we take of them (see quota.ts).
  budgets: [{ name: 'api', concurrency: 2, intervalCap: 5_000, intervalMs: 60 * 60_000 }],
};

export default {
  manifest,
  guide,
  origins: ({ zoneUrl }) => ({ baseUrl: zoneUrl ?? anyZone, allowed: zoneUrl === undefined ? knownZones : [] }),
  budgetFeedback,
  open: openAutotask,
} satisfies Connector;
