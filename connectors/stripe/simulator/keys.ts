/** Who asks, and what the key may see. */
import type { Answer, Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { accountId } from './account.ts';
import { error, invalidKey, mask } from './errors.ts';
import { defaultVersion } from './shapes.ts';

/** The four kinds, for one account. Live keys see the same invented objects, marked as live. */
export const keys = {
  restrictedTest: 'rk_test_SimRestricted0001',
  secretTest: 'sk_test_SimSecret0001',
  restrictedLive: 'rk_live_SimRestricted0001',
  secretLive: 'sk_live_SimSecret0001',
} as const;
export const connectedAccount = 'acct_1SimConnected0';

const permissionOf: readonly (readonly [path: RegExp, fault: string, permission: string])[] = [
  [/^\/v1\/customers/, 'customers', 'rak_customer_read'],
  [/^\/v1\/products/, 'products', 'rak_product_read'],
  [/^\/v1\/prices/, 'prices', 'rak_plan_read'],
  [/^\/v1\/subscription/, 'subscriptions', 'rak_subscription_read'],
  [/^\/v1\/invoice/, 'invoices', 'rak_invoice_read'],
  [/^\/v1\/(charges|refunds)/, 'charges', 'rak_charge_read'],
  [/^\/v1\/payment_intents/, 'charges', 'rak_payment_intent_read'],
  [/^\/v1\/events/, 'events', 'rak_event_read'],
];

/** Bearer, or Basic with the key as the user and no password. */
export function keyOf(request: SimulatorRequest): string | null {
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  return Buffer.from(value, 'base64').toString().replace(/:.*$/s, '') || null;
}

export const isLive = (request: SimulatorRequest): boolean => /^[a-z]+_live_/.test(keyOf(request) ?? '');

export function versionOf(request: SimulatorRequest): string {
  const header = request.headers['stripe-version'];
  return typeof header === 'string' && header !== '' ? header : defaultVersion;
}

export function authorise(faults: Faults, request: SimulatorRequest, route: Route): Answer | undefined {
  const key = faults.isOn('key-lost') ? null : keyOf(request);
  if (key === null) {
    return error(401, {
      message: 'You did not provide an API key. You need to provide your API key in the Authorization header.',
    });
  }
  if (key.startsWith('pk_') || faults.isOn('publishable-key')) {
    return error(401, {
      code: 'secret_key_required',
      message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
    });
  }
  if (faults.isOn('key-expired')) {
    return error(401, { code: 'api_key_expired', message: `Expired API Key provided: ${mask(key)}` });
  }
  if (faults.isOn('wrong-key') || !Object.values<string>(keys).includes(key)) return invalidKey(key);
  if (faults.isOn('address-restricted')) {
    return error(403, { message: `The API key '${mask(key)}' does not allow requests from your IP address.` });
  }
  if (faults.isOn('app-key')) {
    return error(403, { code: 'oauth_not_supported', message: 'This key of an app is not supported here.' });
  }
  const account = request.headers['stripe-account'];
  if (
    faults.isOn('account-withdrawn') ||
    (account !== undefined && account !== connectedAccount && account !== accountId)
  ) {
    return error(403, {
      code: 'account_invalid',
      message: `The provided key '${mask(key)}' does not have access to account '${account ?? accountId}'.`,
    });
  }
  if (!/^20\d\d-\d\d-\d\d(\.[a-z]+)?$/.test(versionOf(request))) {
    return error(400, { message: `Invalid Stripe API version: ${versionOf(request)}` });
  }
  return key.startsWith('rk_') ? restricted(faults, key, route) : undefined;
}

function restricted(faults: Faults, key: string, route: Route): Answer | undefined {
  const closed =
    route.path === '/v1/account' || (faults.isOn('closed-to-restricted-keys') && /refunds/.test(route.path));
  if (closed) {
    return error(403, {
      message: `The provided key '${mask(key)}' does not have the required permissions for this endpoint, which are not available for use by restricted keys.`,
    });
  }
  const [, fault, permission] = permissionOf.find(([path]) => path.test(route.path)) ?? [];
  if (fault === undefined || !faults.isOn(`missing-permission-${fault}`)) return undefined;
  return error(403, {
    message: `The provided key '${mask(key)}' lacks the permission for this endpoint on account '${accountId}'. Having '${permission}' would let the request continue.`,
  });
}
