import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';
import type { CredentialField, Manifest } from '../../src/connector/manifest.ts';
import { openMicrosoft365 } from './api.ts';
import { clouds, placesOf } from './clouds.ts';
import * as forms from './credentials.ts';
import guide from './guide.md';

const application = 'Entra admin center > App registrations > your application';
const hour = 60 * 60_000;

const credentials: readonly CredentialField[] = [
  {
    key: 'tenants',
    label: 'Tenants',
    secret: false,
    required: true,
    schema: forms.tenants,
    example: '11111111-2222-3333-4444-555555555555, larkfield.example',
    where: 'Entra admin center > Overview > Tenant ID, in each tenant. Your own first, then those of your clients',
    separator: ', ',
  },
  {
    key: 'clientId',
    label: 'Application (client) ID',
    secret: false,
    required: true,
    schema: forms.clientId,
    example: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    where: `${application} > Overview`,
  },
  {
    key: 'signInWith',
    label: 'Sign in with',
    secret: false,
    required: false,
    schema: z.string().trim().toLowerCase(),
    example: 'secret',
    where: `${application} > Certificates & secrets: which of the two you made there`,
    choices: [
      { value: 'secret', label: 'a client secret' },
      { value: 'certificate', label: 'a certificate' },
    ],
    fallback: 'secret',
  },
  {
    key: 'clientSecret',
    label: 'Client secret (Value)',
    secret: true,
    required: true,
    schema: forms.clientSecret,
    example: 'FAKE~not.a.real.secret_000000000000000',
    where: `${application} > Certificates & secrets > Client secrets, column Value; shown once`,
    when: { key: 'signInWith', is: ['secret'] },
  },
  {
    key: 'secretEnds',
    label: 'Secret ends on',
    secret: false,
    required: false,
    schema: forms.day,
    example: '2027-03-31',
    where: `${application} > Certificates & secrets > Client secrets, column Expires`,
    advanced: true,
    when: { key: 'signInWith', is: ['secret'] },
  },
  {
    key: 'certificate',
    label: 'Certificate',
    secret: false,
    required: true,
    schema: forms.certificate,
    example: '-----BEGIN CERTIFICATE----- ...',
    where: `The file you uploaded at ${application} > Certificates & secrets > Certificates, in PEM form`,
    when: { key: 'signInWith', is: ['certificate'] },
  },
  {
    key: 'privateKey',
    label: 'Private key',
    secret: true,
    required: true,
    schema: forms.privateKey,
    example: '-----BEGIN PRIVATE KEY----- ...',
    where: 'The key that the certificate was made with, in PEM form, without password',
    when: { key: 'signInWith', is: ['certificate'] },
  },
  {
    key: 'cloud',
    label: 'Microsoft cloud',
    secret: false,
    required: false,
    schema: z.string().trim().toLowerCase(),
    example: 'global',
    where: 'Most use the first. You know it if you use another',
    choices: Object.entries(clouds).map(([value, { label }]) => ({ value, label })),
    fallback: 'global',
    advanced: true,
  },
  {
    key: 'redirectUri',
    label: 'Redirect URI',
    secret: false,
    required: false,
    schema: forms.redirectUri,
    example: 'https://portal.acme.example/consented',
    where: `${application} > Authentication. Only for the consent links`,
    advanced: true,
  },
  {
    key: 'simulator',
    label: 'Simulator',
    secret: false,
    required: false,
    schema: forms.simulator,
    example: 'http://127.0.0.1:4010',
    where: 'For trying things out without Microsoft: what `msportal simulate microsoft-365` prints',
    advanced: true,
  },
];

export const manifest: Manifest = {
  id: 'microsoft-365',
  name: 'Microsoft 365',
  summary: 'Secure Score and tenant management',
  family: 'cloud',
  credentials,
  options: [
    {
      kind: 'boolean',
      key: 'listedCustomers',
      label: 'Also read listed customers',
      help: 'Reads every customer with a delegated admin relationship, not only the tenants you named. Each needs its own consent.',
      fallback: false,
      rereads: ['companies', 'tenants', 'licenses', 'secureScores', 'scoreControls'],
    },
  ],
  recordTypes: [
    {
      type: 'companies',
      direction: 'link',
      vendorName: 'Tenants',
      changes: 'compare',
      compareEveryMs: 15 * 60_000,
      permission: 'Organization.Read.All',
      note: 'Ties each client tenant to the company with its name or domain; makes none.',
    },
    {
      type: 'tenants',
      direction: 'pull',
      vendorName: 'Tenants',
      changes: 'compare',
      compareEveryMs: 15 * 60_000,
      permission: 'Organization.Read.All, Domain.Read.All, User.Read.All',
    },
    {
      type: 'licenses',
      direction: 'pull',
      vendorName: 'Subscribed SKUs',
      changes: 'compare',
      compareEveryMs: hour,
      permission: 'Organization.Read.All',
    },
    {
      type: 'secureScores',
      direction: 'pull',
      vendorName: 'Secure Score',
      changes: 'compare',
      // A score is made once a day; asking more often than this gains nothing.
      compareEveryMs: hour,
      permission: 'SecurityEvents.Read.All',
    },
    {
      type: 'scoreControls',
      direction: 'pull',
      vendorName: 'Secure Score controls',
      changes: 'compare',
      compareEveryMs: 6 * hour,
      permission: 'SecurityEvents.Read.All',
    },
    {
      type: 'delegatedAdmins',
      direction: 'pull',
      vendorName: 'Delegated admin relationships',
      changes: 'compare',
      compareEveryMs: hour,
      permission: 'DelegatedAdminRelationship.Read.All, in your own tenant',
      note: 'Only from a partner tenant; empty elsewhere.',
    },
  ],
  // Microsoft counts per application and tenant; these hold for all tenants together, which keeps to it with room to spare.
  budgets: [
    { name: 'graph', concurrency: 4, intervalCap: 1500, intervalMs: 60_000 },
    { name: 'security', concurrency: 4, intervalCap: 150, intervalMs: 60_000 },
    { name: 'sign-in', concurrency: 4, intervalCap: 600, intervalMs: 60_000 },
  ],
};

export default {
  manifest,
  guide,
  origins: (given) => {
    const { graph, login } = placesOf(given);
    return { baseUrl: `${graph}/v1.0/`, allowed: [login] };
  },
  open: openMicrosoft365,
} satisfies Connector;
