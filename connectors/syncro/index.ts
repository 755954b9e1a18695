import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';
import type { Manifest } from '../../src/connector/manifest.ts';
import { psaOptions } from '../../src/connector/psa/selection.ts';
import { accountAddress, subdomainOf } from './address.ts';
import { openSyncro } from './connection.ts';
import guide from './guide.md';
import { technicianWrites, ticketLists, ticketWrites, writingOptions } from './writes.ts';

const minute = 60_000;

export const manifest: Manifest = {
  id: 'syncro',
  name: 'Syncro',
  summary: 'customer and ticket integration',
  family: 'psa',
  credentials: [
    {
      key: 'subdomain',
      label: 'Syncro subdomain',
      secret: false,
      required: true,
      schema: z.string().transform((typed, context) => {
        const subdomain = subdomainOf(typed);
        if (subdomain === null)
          context.addIssue({
            code: 'custom',
            message: 'Enter the first part of the address you log in at: ACME of https://ACME.syncromsp.com',
          });
        return subdomain ?? typed;
      }),
      example: 'acme-it',
      where: 'The address bar; also Admin > Account Profile > Subdomain',
    },
    {
      key: 'api_token',
      label: 'API token',
      secret: true,
      required: true,
      schema: z
        .string()
        .trim()
        .min(8, 'An API token is longer than this')
        .regex(/^[\x21-\x7e]+$/, 'An API token has no spaces, and only plain letters and digits'),
      example: 'T00000000000000000-00000000000000000000000000000000',
      where: 'Admin > API > API Tokens > New Token > Custom Permissions; shown once',
    },
  ],
  options: [
    ...psaOptions('Syncro', null),
    {
      kind: 'text',
      key: 'closedStatuses',
      label: 'Statuses that mean closed',
      help: 'Names of your ticket statuses, separated by commas. A ticket with a resolution time is closed in any status.',
      fallback: 'Resolved, Invoiced',
      rereads: ['tickets'],
    },
    ...writingOptions,
  ],
  recordTypes: [
    {
      type: 'companies',
      direction: 'pull',
      vendorName: 'Customers',
      changes: 'compare',
      permission: 'Customers - List/Search, Customers - View Detail',
      note: 'Syncro cannot list what changed; a hundred come with each request.',
    },
    {
      type: 'contacts',
      direction: 'pull',
      vendorName: 'Contacts',
      changes: 'compare',
      // Fifty a request: 5,000 contacts are 100 requests, most of a minute's allowance.
      compareEveryMs: 30 * minute,
      permission: 'Customers - View Detail',
      note: 'Syncro cannot list what changed. Scheduled syncs read them every half hour, others always.',
    },
    {
      type: 'users',
      direction: 'pull',
      vendorName: 'Users',
      changes: 'compare',
      permission: 'none of its own',
      note: 'Syncro has no way to write technicians.',
      writes: technicianWrites,
    },
    {
      type: 'tickets',
      direction: 'two-way',
      vendorName: 'Tickets',
      changes: 'modified-since',
      // Whether the filter is inclusive, and how exact, is not documented.
      overlapMs: 10 * minute,
      // Pages of fixed size without a number of rows: one that is deleted moves all after it, and nothing tells.
      rowsMove: true,
      permission:
        'Tickets - List/Search, Tickets - View Details; to write them Tickets - Create, Tickets - Edit, Ticket Comments - New',
      named: ticketLists,
      writes: ticketWrites,
    },
  ],
  // Syncro allows 180 a minute to one public address, and does not say when they run out: the rest is for others behind it.
  budgets: [{ name: 'api', concurrency: 3, intervalCap: 150, intervalMs: minute }],
};

export default {
  manifest,
  guide,
  origins: ({ subdomain = '' }) => ({ baseUrl: `${accountAddress(subdomain)}/api/v1/`, allowed: [] }),
  open: openSyncro,
} satisfies Connector;
