import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';
import type { Manifest } from '../../src/connector/manifest.ts';
import { psaOptions } from '../../src/connector/psa/selection.ts';
import { apiOrigin, siteOf } from './address.ts';
import { openConnectWise } from './connection.ts';
import guide from './guide.md';
import { grouping, licences } from './mapping.ts';
import { memberWrites, ticketLists, ticketWrites } from './writes.ts';

/** Filter times are whole seconds and a change may show late; unchanged rows cost nothing. */
const overlapMs = 10 * 60_000;

/** The user name on the wire is `company+key`, so neither may hold what separates them. */
const part = (label: string, shortest: number, longest: number) =>
  z
    .string()
    .trim()
    .regex(
      new RegExp(`^[^\\s+:]{${shortest},${longest}}$`),
      `${label} has no spaces, "+" or ":"${shortest > 1 ? `, and at least ${shortest} characters` : ''}`,
    );

const keysTab = 'System > Members > API Members > the member > API Keys';

export const manifest: Manifest = {
  id: 'connectwise-manage',
  name: 'ConnectWise Manage',
  summary: 'tickets, companies, service boards',
  family: 'psa',
  credentials: [
    {
      key: 'site',
      label: 'ConnectWise site',
      secret: false,
      required: true,
      schema: z.string().transform((typed, context) => {
        const site = siteOf(typed);
        if (site === null)
          context.addIssue({
            code: 'custom',
            message: 'Enter the host of your sign-in page, such as na.myconnectwise.net',
          });
        return site ?? typed;
      }),
      example: 'na.myconnectwise.net',
      where: 'The address bar of the sign-in page; also System > My Company',
    },
    {
      key: 'companyId',
      label: 'Login company ID',
      secret: false,
      required: true,
      schema: part('A login company ID', 1, 64),
      example: 'examplemsp',
      where: 'The Company box of the sign-in page; not the display name',
    },
    {
      key: 'publicKey',
      label: 'API public key',
      secret: true,
      required: true,
      schema: part('A public key', 8, 128),
      example: 'aB3dE5fG7hI9jK1m',
      where: keysTab,
    },
    {
      key: 'privateKey',
      label: 'API private key',
      secret: true,
      required: true,
      schema: z
        .string()
        .trim()
        .regex(/^\S{8,128}$/, 'A private key has no spaces, and at least 8 characters'),
      example: 'zZ9yX8wV7uT6sR5q',
      where: `${keysTab}; shown once, when the key is saved`,
    },
    {
      key: 'clientId',
      label: 'Client ID',
      secret: true,
      required: true,
      schema: z
        .string()
        .trim()
        .regex(
          /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
          'A Client ID has the form 00000000-aaaa-4bbb-8ccc-000000000001',
        ),
      example: '00000000-aaaa-4bbb-8ccc-000000000001',
      where: 'developer.connectwise.com/ClientID, one for each integration',
    },
    {
      key: 'apiVersion',
      label: 'API version',
      secret: false,
      required: false,
      schema: z
        .string()
        .trim()
        .regex(/^(20\d\d\.\d{1,2})?$/, 'A version has the form 2025.1; empty for the newest'),
      example: '2025.1',
      where: 'Leave empty, unless ConnectWise support tells you otherwise',
      advanced: true,
    },
  ],
  options: [
    ...psaOptions('ConnectWise', grouping),
    {
      kind: 'choices',
      key: 'licences',
      label: 'Members by licence',
      help: 'Only members with these licences are imported. None chosen: all. API members never are.',
      fallback: ['F'],
      choices: Object.entries(licences).map(([value, label]) => ({ value, label })),
      rereads: ['users'],
    },
    {
      kind: 'boolean',
      key: 'ownCompany',
      label: 'Your own organisation',
      help: 'ConnectWise lists it as a company like any other. Without it, its tickets are held back.',
      fallback: true,
      rereads: ['companies', 'contacts', 'tickets'],
    },
    {
      kind: 'boolean',
      key: 'descriptions',
      label: 'Ticket descriptions',
      help: 'Reads the first note of each ticket, which is one request more per ticket: an import takes hours instead of minutes.',
      fallback: false,
      rereads: ['tickets'],
    },
    {
      kind: 'boolean',
      key: 'notifications',
      label: 'Notify of what is written',
      help: 'New tickets and notes from here send the e-mails that ConnectWise sends for them, to contacts too.',
      fallback: false,
    },
    {
      kind: 'boolean',
      key: 'writeTechnicians',
      label: 'Change technicians',
      help: 'Lets the name, title and e-mail of members be changed from here. The role then needs Member Maintenance: Edit = All.',
      fallback: false,
    },
  ],
  recordTypes: [
    {
      type: 'companies',
      direction: 'pull',
      vendorName: 'Companies',
      changes: 'modified-since',
      overlapMs,
      permission: 'Companies > Company Maintenance: Inquire = All',
    },
    {
      type: 'contacts',
      direction: 'pull',
      vendorName: 'Contacts',
      changes: 'modified-since',
      overlapMs,
      permission: 'Companies > Contacts: Inquire = All',
    },
    {
      type: 'users',
      direction: 'two-way',
      vendorName: 'Members',
      changes: 'modified-since',
      overlapMs,
      permission: 'System > Member Maintenance: Inquire = All, and Edit = All to write them',
      note: 'New members are made in ConnectWise: each takes a licence, and needs a role and a password.',
      writes: memberWrites,
    },
    {
      type: 'tickets',
      direction: 'two-way',
      vendorName: 'Service tickets',
      changes: 'modified-since',
      overlapMs,
      permission: 'Service Desk > Service Tickets: Inquire = All, and Add, Edit = All to write them',
      named: ticketLists,
      writes: ticketWrites,
      note: 'Closed is what ConnectWise flags as closed, whatever the status is called.',
    },
  ],
  // The vendor throttles from about 1,000 a minute, and asks for little parallelism; others use the tenant too.
  budgets: [{ name: 'api', concurrency: 4, intervalCap: 600, intervalMs: 60_000 }],
};

export default {
  manifest,
  guide,
  origins: ({ site = '' }) => ({ baseUrl: `${apiOrigin(site)}/`, allowed: [] }),
  open: openConnectWise,
} satisfies Connector;
