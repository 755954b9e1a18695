/** One record type over all tenants, several at a time: whatever one of them answers, the others are read. */
import type { Page, PagePart, Position } from '../../src/connector/contract.ts';
import { ConnectorError } from '../../src/connector/errors.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { NotOffered } from './failures.ts';
import type { Tenant } from './tenant.ts';

/** Each has one request under way at a time, so this is also how many requests there are at once. */
const tenantsAtOnce = 4;

export interface TenantRows {
  readonly items: readonly SourceItem[];
  /** Something of this type could not be read although the rest was. */
  readonly problem?: ConnectorError;
  /** Called once the rows are stored. */
  readonly stored?: () => void;
}

export interface AcrossOptions {
  readonly tenants: readonly Tenant[];
  readonly position: Position | null;
  readonly signal: AbortSignal;
  readonly read: (tenant: Tenant) => Promise<TenantRows>;
  /** What to say of a tenant that cannot be read. */
  readonly readBroken?: (tenant: Tenant, error: ConnectorError) => readonly SourceItem[];
  /** Parts that are known to be missing before anything is read. */
  readonly parts?: readonly PagePart[];
}

type Outcome =
  | { readonly rows: TenantRows; readonly part: PagePart; readonly error?: ConnectorError }
  | { readonly fatal: unknown };

/**
 * Pages of some tenants each, then an empty one with those that failed. When none could be read it is not a matter of
 * tenants: then the first failure is thrown, and also as soon as the vendor fails for all of the first few.
 */
export async function* acrossTenants(options: AcrossOptions): AsyncGenerator<Page> {
  const { tenants, position } = options;
  const from = position === null ? 0 : tenants.findIndex(({ key }) => key === position.after) + 1;
  const failed: PagePart[] = [...(options.parts ?? [])];
  const errors: ConnectorError[] = [];
  let readAny = from > 0;
  for (let at = from; at < tenants.length; at += tenantsAtOnce) {
    const some = tenants.slice(at, at + tenantsAtOnce);
    // None of these is rejected, so none is left running when another one ends everything.
    const outcomes = await Promise.all(some.map((tenant) => readOne(tenant, options)));
    const items: SourceItem[] = [];
    const read: PagePart[] = [];
    for (const outcome of outcomes) {
      if ('fatal' in outcome) throw outcome.fatal;
      items.push(...outcome.rows.items);
      (outcome.part.status === 'failed' ? failed : read).push(outcome.part);
      if (outcome.error !== undefined) errors.push(outcome.error);
      else readAny = true;
    }
    if (!readAny && errors.every(({ transient }) => transient)) throw errors[0];
    // As long as none was read there is nothing to go on from: whoever takes this up begins with the first again.
    const next = { after: readAny ? some.at(-1)!.key : '' };
    if (readAny || items.length > 0) yield { items, parts: read, next };
    for (const outcome of outcomes) if ('rows' in outcome) outcome.rows.stored?.();
  }
  if (!readAny && errors[0] !== undefined) throw errors[0];
  yield { items: [], parts: failed, next: null };
}

async function readOne(tenant: Tenant, { signal, read, readBroken }: AcrossOptions): Promise<Outcome> {
  try {
    await tenant.signIn(signal);
    const rows = await read(tenant);
    const { problem } = rows;
    if (problem === undefined) return { rows, part: { ...tenant.part, status: 'read' } };
    return { rows, part: { ...tenant.part, status: 'failed', error: problem, whole: false } };
  } catch (error) {
    if (!(error instanceof ConnectorError) || tenant.stopsRun(error)) return { fatal: error };
    if (error instanceof NotOffered) return { rows: { items: [] }, part: { ...tenant.part, status: 'unavailable' } };
    const whole = tenant.broken !== null;
    const items = whole ? (readBroken?.(tenant, error) ?? []) : [];
    return { rows: { items }, part: { ...tenant.part, status: 'failed', error, whole }, error };
  }
}
