/** Opens the tenants named in the credentials as one connection. */
import type { Connection, ConnectorEnvironment, Page, PagePart, ReadRequest } from '../../src/connector/contract.ts';
import { ConnectorError } from '../../src/connector/errors.ts';
import { acrossTenants } from './across.ts';
import { checks } from './checks.ts';
import { placesOf } from './clouds.ts';
import { tenantList } from './credentials.ts';
import { SignInRefused } from './failures.ts';
import { toBrokenTenant } from './mapping/tenants.ts';
import {
  customersOf,
  readCompany,
  readDelegatedAdmins,
  readLicenses,
  readScoreControls,
  readSecureScore,
  readTenant,
} from './reading.ts';
import { Tenant } from './tenant.ts';

export function openMicrosoft365(environment: ConnectorEnvironment): Connection {
  const tenants = new Tenants(environment);
  return {
    checks: (types) => checks(environment, tenants.named, types),
    read: (request) => read(environment, tenants, request),
  };
}

async function* read(environment: ConnectorEnvironment, tenants: Tenants, request: ReadRequest): AsyncGenerator<Page> {
  const { type, position, signal } = request;
  const readers = {
    companies: readCompany,
    tenants: readTenant,
    licenses: readLicenses,
    secureScores: readSecureScore,
    scoreControls: readScoreControls,
  };
  if (placesOf(environment.credentials).lacks.includes(type)) {
    const parts = tenants.named.map(({ part }): PagePart => ({ ...part, status: 'unavailable' }));
    yield { items: [], parts, next: null };
  } else if (type === 'delegatedAdmins') {
    yield* fromProvider(tenants.named[0]!, signal);
  } else if (type in readers) {
    const reader = readers[type as keyof typeof readers];
    const { all, parts } = await tenants.all(signal);
    yield* acrossTenants({
      tenants: all,
      parts,
      position,
      signal,
      read: (tenant) => reader(tenant, signal),
      ...(type === 'tenants' ? { readBroken: brokenTenant } : {}),
    });
  } else throw new Error(`Microsoft 365 has no ${type}.`);
}

/** Most providers are partners, not all are: a tenant that may not list its relationships simply has none to show. */
async function* fromProvider(provider: Tenant, signal: AbortSignal): AsyncGenerator<Page> {
  let part: PagePart = { ...provider.part, status: 'unavailable' };
  const pages = acrossTenants({
    tenants: [provider],
    position: null,
    signal,
    read: (tenant) => readDelegatedAdmins(tenant, signal),
  });
  try {
    yield* pages;
  } catch (error) {
    if (!(error instanceof ConnectorError) || provider.stopsRun(error)) throw error;
    const whole = provider.broken !== null;
    if (error.code !== 'forbidden') part = { ...provider.part, status: 'failed', error, whole };
    yield { items: [], parts: [part], next: null };
  }
}

function brokenTenant(tenant: Tenant, error: ConnectorError) {
  const state = error instanceof SignInRefused ? error.state : 'failed';
  return [toBrokenTenant(tenant.id ?? tenant.key, state, `${error.reason} ${error.fix}`, tenant.consentUrl)];
}

/** The tenants that were named, the provider's own first, and where the operator wants it the customers that it lists. */
class Tenants {
  readonly named: readonly Tenant[];
  readonly #environment: ConnectorEnvironment;
  #discovered: Promise<{ all: readonly Tenant[]; parts: readonly PagePart[] }> | null = null;

  constructor(environment: ConnectorEnvironment) {
    this.#environment = environment;
    this.named = tenantList(environment.credentials.tenants ?? '').map((key) => new Tenant(environment, key));
  }

  /** Asked once per run. */
  all(signal: AbortSignal): Promise<{ all: readonly Tenant[]; parts: readonly PagePart[] }> {
    this.#discovered ??= this.#discover(signal);
    return this.#discovered;
  }

  async #discover(signal: AbortSignal): Promise<{ all: readonly Tenant[]; parts: readonly PagePart[] }> {
    const { options } = this.#environment;
    const [provider] = this.named;
    if (options.listedCustomers !== true || provider === undefined) return { all: this.named, parts: [] };
    try {
      const customers = await customersOf(provider, signal);
      const known = new Set(this.named.flatMap(({ key, id }) => [key, id]));
      const more = customers.filter((id) => !known.has(id)).map((id) => new Tenant(this.#environment, id));
      return { all: [...this.named, ...more], parts: [] };
    } catch (error) {
      if (!(error instanceof ConnectorError) || provider.stopsRun(error)) throw error;
      // Which tenants are missing is not known, so nothing may be taken for gone.
      const label = `Customers of ${provider.label}`;
      return {
        all: this.named,
        parts: [{ key: 'customers', label, prefix: '', status: 'failed', error, whole: true }],
      };
    }
  }
}
