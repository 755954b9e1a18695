/**
 * The connection test. There is no call that every key may make: GET /v1/account is refused to most restricted keys
 * although they read all data, so each type is tried by itself. A refusal proves the key as well as an answer does.
 */
import type { CheckOutcome, CheckStep } from '../../src/connector/contract.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import { apiVersion, type ResourceName, type StripeApi } from './api.ts';
import { NotPermitted } from './failures.ts';
import type { Raw } from './mapping.ts';
import { sourceOf } from './sources.ts';

export function checks(api: StripeApi, types: readonly RecordType[]): CheckStep[] {
  const tries = new Map<ResourceName, Promise<Raw | null>>();
  const probe = (name: ResourceName, signal: AbortSignal): Promise<Raw | null> => {
    const tried = tries.get(name) ?? api.probe(name, signal);
    tries.set(name, tried);
    return tried;
  };
  const first = sourceOf(types[0] ?? 'customers').resource;
  return [
    { id: 'key', label: 'Key is accepted', hard: true, run: (signal) => keyAccepted(() => probe(first, signal)) },
    { id: 'mode', label: 'Live or test mode', run: (signal) => mode(api, () => probe(first, signal)) },
    { id: 'account', label: 'Account', run: (signal) => account(api, signal) },
    ...types.map((type) => ({
      id: type,
      label: type === 'companies' ? 'Read customers, to tie them to companies' : `Read ${type}`,
      run: (signal: AbortSignal) => readable(type, (name) => probe(name, signal)),
    })),
    ...(types.includes('payments')
      ? [
          {
            id: 'invoice-payments',
            label: 'Read which invoice a payment pays',
            run: (signal: AbortSignal) =>
              optional(() => probe('invoicePayments', signal), 'Payments come without their invoice.'),
          },
        ]
      : []),
    {
      id: 'events',
      label: 'Read events, to find changes',
      run: (signal) =>
        optional(
          () => probe('events', signal),
          'Everything is read and compared instead, at most every half an hour. It works, but takes longer and uses up your read allowance.',
        ),
    },
  ];
}

async function keyAccepted(probe: () => Promise<Raw | null>): Promise<CheckOutcome> {
  await probe().catch((error: unknown) => {
    if (!(error instanceof NotPermitted)) throw error;
  });
  return { status: 'passed', detail: `API version ${apiVersion}` };
}

/** A row of the other mode has ended the probe with its own error. */
async function mode(api: StripeApi, probe: () => Promise<Raw | null>): Promise<CheckOutcome> {
  const row = await probe().catch((error: unknown) => {
    if (error instanceof NotPermitted) return null;
    throw error;
  });
  const data =
    api.mode === 'live' ? 'Live mode: real customers and money' : 'Test mode: test data or a sandbox, no money';
  return { status: 'passed', detail: typeof row?.livemode === 'boolean' ? data : `${data} (by the key)` };
}

async function account(api: StripeApi, signal: AbortSignal): Promise<CheckOutcome> {
  try {
    const { id, settings } = await api.account(signal);
    const name = settings?.dashboard?.display_name;
    return { status: 'passed', detail: name ? `${name} (${id})` : id };
  } catch (error) {
    if (!(error instanceof NotPermitted)) throw error;
    return {
      status: 'untested',
      cause: 'Stripe does not tell this key the name of its account, as with most restricted keys.',
      fix: 'Nothing to do: no data depends on it.',
    };
  }
}

async function readable(type: RecordType, probe: (name: ResourceName) => Promise<Raw | null>): Promise<CheckOutcome> {
  const row = await probe(sourceOf(type).resource);
  return { status: 'passed', detail: row === null ? 'Allowed; there are none yet' : 'Allowed' };
}

/** What can be done without, at a price. */
async function optional(probe: () => Promise<Raw | null>, without: string): Promise<CheckOutcome> {
  try {
    await probe();
    return { status: 'passed' };
  } catch (error) {
    if (!(error instanceof NotPermitted)) throw error;
    return { status: 'untested', cause: `${error.reason} ${without}`, fix: error.fix };
  }
}
