/**
 * The integrations, in the product's order. A new vendor is a folder beside this file and a line here.
 * An entry without `load` is listed as "coming". Names stand here so that a list can be shown before any connector is loaded.
 */
import type { CatalogueEntry } from '../src/connector/catalogue.ts';
import type { SimulatorDefinition } from '../src/simulator/simulator.ts';

export interface Integration extends CatalogueEntry {
  readonly simulator?: () => Promise<SimulatorDefinition>;
}

export const catalogue: readonly Integration[] = [
  {
    id: 'halo-psa',
    name: 'Halo PSA',
    summary: 'full ticketing, company and user sync',
    family: 'psa',
    load: async () => (await import('./halo-psa/index.ts')).default,
    simulator: async () => (await import('./halo-psa/simulator.ts')).default,
  },
  {
    id: 'connectwise-manage',
    name: 'ConnectWise Manage',
    summary: 'tickets, companies, service boards',
    family: 'psa',
    load: async () => (await import('./connectwise-manage/index.ts')).default,
    simulator: async () => (await import('./connectwise-manage/simulator.ts')).default,
  },
  {
    id: 'autotask',
    name: 'Autotask',
    summary: 'account and ticket synchronization',
    family: 'psa',
    load: async () => (await import('./autotask/index.ts')).default,
    simulator: async () => (await import('./autotask/simulator.ts')).default,
  },
  {
    id: 'syncro',
    name: 'Syncro',
    summary: 'customer and ticket integration',
    family: 'psa',
    load: async () => (await import('./syncro/index.ts')).default,
    simulator: async () => (await import('./syncro/simulator.ts')).default,
  },
  {
    id: 'ninjarmm',
    name: 'NinjaRMM',
    summary: 'device and monitoring data',
    family: 'rmm',
    load: async () => (await import('./ninjarmm/index.ts')).default,
    simulator: async () => (await import('./ninjarmm/simulator.ts')).default,
  },
  {
    id: 'microsoft-365',
    name: 'Microsoft 365',
    summary: 'Secure Score and tenant management',
    family: 'cloud',
    load: async () => (await import('./microsoft-365/index.ts')).default,
    simulator: async () => (await import('./microsoft-365/simulator.ts')).default,
  },
  {
    id: 'stripe',
    name: 'Stripe',
    summary: 'billing and payment processing',
    family: 'billing',
    load: async () => (await import('./stripe/index.ts')).default,
    simulator: async () => (await import('./stripe/simulator.ts')).default,
  },
  {
    id: 'bigger-brains',
    name: 'Bigger Brains',
    summary: 'training content and courses',
    family: 'training',
    load: async () => (await import('./bigger-brains/index.ts')).default,
    simulator: async () => (await import('./bigger-brains/simulator.ts')).default,
  },
];
