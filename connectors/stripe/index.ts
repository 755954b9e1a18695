import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';
import type { Manifest, RecordTypeSpec } from '../../src/connector/manifest.ts';
import { openStripe } from './connection.ts';
import { errorOf } from './failures.ts';
import guide from './guide.md';
import { apiKey } from './key.ts';

const vendorAddress = 'https://api.stripe.com';

/** A simulator on this machine may stand in; nothing else may. */
const address = z
  .string()
  .trim()
  .transform((typed) => typed.replace(/\/(v1\/?)?$/, ''))
  .refine(
    (typed) => typed === vendorAddress || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{2,5}$/.test(typed),
    `The address is ${vendorAddress}, or a simulator on this machine such as http://127.0.0.1:4242`,
  );

const pulled = (type: RecordTypeSpec['type'], vendorName: string, permission: string): RecordTypeSpec => ({
  type,
  direction: 'pull',
  vendorName,
  changes: 'feed',
  permission,
});

export const manifest: Manifest = {
  id: 'stripe',
  name: 'Stripe',
  summary: 'billing and payment processing',
  family: 'billing',
  credentials: [
    {
      key: 'apiKey',
      label: 'Restricted key',
      secret: true,
      required: true,
      schema: apiKey,
      example: 'rk_test_FAKEKEY000',
      where: 'Dashboard > Developers > API keys > Create restricted key',
    },
    {
      key: 'accountId',
      label: 'Connected account',
      secret: false,
      required: false,
      schema: z
        .string()
        .trim()
        .regex(/^acct_[A-Za-z0-9]+$/, 'A connected account begins with acct_; leave it empty for your own'),
      example: 'acct_FAKE0001',
      where: 'Dashboard > Connect. Only for platforms that read an account connected to them',
      advanced: true,
    },
    {
      key: 'baseUrl',
      label: 'API address',
      secret: false,
      required: false,
      schema: address,
      example: vendorAddress,
      where: 'Leave it empty: there is one address for everybody. For trying things against a simulator',
      advanced: true,
      fallback: vendorAddress,
    },
  ],
  options: [
    {
      kind: 'boolean',
      key: 'includeDrafts',
      label: 'Draft invoices',
      help: 'Imports invoices that are not finalised yet; they may still change or be deleted.',
      fallback: false,
      rereads: ['invoices'],
    },
  ],
  recordTypes: [
    {
      ...pulled('companies', 'Customers', 'rak_customer_read'),
      direction: 'link',
      note: 'Customers are tied to companies of the portal by name or e-mail domain; none is created',
    },
    pulled('customers', 'Customers', 'rak_customer_read'),
    pulled('products', 'Products', 'rak_product_read'),
    { ...pulled('prices', 'Prices', 'rak_plan_read'), note: 'Stripe guards prices by the permission of plans' },
    pulled('subscriptions', 'Subscriptions', 'rak_subscription_read'),
    pulled('invoices', 'Invoices', 'rak_invoice_read'),
    pulled('payments', 'Charges', 'rak_charge_read'),
    pulled('refunds', 'Refunds', 'rak_charge_read'),
  ],
  // Each endpoint, and in test mode the whole account, allows 25 a second; live accounts 100 over all endpoints.
  budgets: [{ name: 'api', concurrency: 4, intervalCap: 25, intervalMs: 1000 }],
};

/** Stripe names no time after "too many requests"; its own clients begin with half a second. */
const pauseMs = 2000;

export default {
  manifest,
  guide,
  origins: ({ baseUrl }) => ({ baseUrl: `${baseUrl || vendorAddress}/v1/`, allowed: [] }),
  budgetFeedback(_headers, now, body) {
    const { code } = errorOf(body);
    if (code !== 'rate_limit' && code !== 'lock_timeout') return undefined;
    return { remaining: 0, limit: 25, resetAt: now + pauseMs };
  },
  open: openStripe,
} satisfies Connector;
