import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';
import type { Manifest } from '../../src/connector/manifest.ts';
import { psaOptions } from '../../src/connector/psa/selection.ts';
import { openHalo } from './connection.ts';
import guide from './guide.md';
import { grouping } from './mapping.ts';
import { addressOf, signInAddressOf } from './sign-in.ts';
import { agentWrites, ticketLists, ticketWrites } from './writes.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const address = (parse: (typed: string) => string | null, message: string) =>
  z
    .string()
    .trim()
    .transform((typed, context) => {
      const normal = parse(typed);
      if (normal === null) context.addIssue({ code: 'custom', message });
      return normal ?? typed;
    });

export const manifest: Manifest = {
  id: 'halo-psa',
  name: 'Halo PSA',
  summary: 'full ticketing, company and user sync',
  family: 'psa',
  credentials: [
    {
      key: 'baseUrl',
      label: 'Resource Server',
      secret: false,
      required: true,
      schema: address(addressOf, 'Enter the address you use to open Halo, such as https://acme-demo.halopsa.com'),
      example: 'https://acme-demo.halopsa.com',
      where: 'Configuration > Integrations > Halo API > API Details',
    },
    {
      key: 'clientId',
      label: 'Client ID',
      secret: false,
      required: true,
      schema: z.string().trim().regex(guid, 'A Client ID has the form 00000000-1111-4222-8333-444444444444'),
      example: '00000000-1111-4222-8333-444444444444',
      where: 'Configuration > Integrations > Halo API > View Applications > your application (copy it after saving)',
    },
    {
      key: 'clientSecret',
      label: 'Client Secret',
      secret: true,
      required: true,
      // Two GUIDs joined by a dash on the instances seen, but not promised: the form is not enforced.
      schema: z
        .string()
        .trim()
        .min(8, 'A Client Secret is longer than this')
        .regex(/^\S+$/, 'A Client Secret has no spaces'),
      example: 'aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa-bbbbbbbb-0000-4000-8000-bbbbbbbbbbbb',
      where: 'Shown once, when the application is saved',
    },
    {
      key: 'tenant',
      label: 'Tenant',
      secret: false,
      required: false,
      schema: z
        .string()
        .trim()
        .transform((typed) => (/^(none|not set)$/i.test(typed) ? '' : typed))
        .refine(
          (typed) => /^[A-Za-z0-9_.-]*$/.test(typed),
          'A tenant has only letters, digits, dots, dashes and underscores',
        ),
      example: 'acme-demo',
      where: 'Configuration > Integrations > Halo API > API Details',
      advanced: true,
    },
    {
      key: 'authUrl',
      label: 'Authorisation Server',
      secret: false,
      required: false,
      schema: address(
        signInAddressOf,
        'Enter the Authorisation Server of API Details, such as https://auth.example.com',
      ),
      example: 'https://acme-demo.halopsa.com/auth',
      where: 'Configuration > Integrations > Halo API > API Details. Asked of Halo itself when left empty',
      advanced: true,
    },
    {
      key: 'scope',
      label: 'Permissions',
      secret: false,
      required: false,
      schema: z
        .string()
        .trim()
        .regex(/^[a-zA-Z:]+( +[a-zA-Z:]+)*$/, 'Names such as read:tickets, separated by spaces'),
      example: 'read:tickets edit:tickets read:customers',
      where: 'The Permissions tab of the application',
      advanced: true,
      fallback: 'read:tickets edit:tickets read:customers',
    },
  ],
  options: [
    ...psaOptions('Halo', grouping),
    {
      kind: 'choice',
      key: 'cityLine',
      label: 'Address line with the city',
      help: 'Halo has free address lines; the one after the city is taken as the state.',
      fallback: '3',
      choices: [
        { value: '2', label: 'line 2' },
        { value: '3', label: 'line 3' },
        { value: '4', label: 'line 4' },
      ],
      rereads: ['companies'],
    },
    {
      kind: 'integer',
      key: 'noteOutcome',
      label: 'Outcome of notes',
      help: 'Halo wants an outcome with every note, one that the agent of the application may use; 7 is its own internal note.',
      fallback: 7,
      min: 1,
      max: 1_000_000,
    },
    {
      kind: 'boolean',
      key: 'writeTechnicians',
      label: 'Change technicians',
      help: 'Lets the name and title of agents be changed from here. The application then needs the permission all:teams and an administrator for its agent.',
      fallback: false,
    },
  ],
  recordTypes: [
    {
      type: 'companies',
      direction: 'pull',
      vendorName: 'Clients',
      changes: 'modified-since',
      permission: 'read:customers',
    },
    {
      type: 'contacts',
      direction: 'pull',
      vendorName: 'Users',
      changes: 'modified-since',
      permission: 'read:customers',
    },
    {
      type: 'users',
      direction: 'two-way',
      vendorName: 'Agents',
      changes: 'compare',
      permission: 'none of its own on most instances; else all:teams',
      writes: agentWrites,
    },
    {
      type: 'tickets',
      direction: 'two-way',
      vendorName: 'Tickets',
      changes: 'modified-since',
      permission: 'read:tickets, and edit:tickets to write them',
      named: ticketLists,
      writes: ticketWrites,
    },
  ],
  // The limit of hosted instances as their own error text states it; config.json raises it per integration.
  budgets: [{ name: 'api', concurrency: 2, intervalCap: 300, intervalMs: 5 * 60_000 }],
};

export default {
  manifest,
  guide,
  origins: ({ baseUrl = '', authUrl }) => ({ baseUrl: `${baseUrl}/api/`, allowed: authUrl ? [authUrl] : [] }),
  open: openHalo,
} satisfies Connector;
