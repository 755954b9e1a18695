/** Stripe's ways to say no, in the operator's terms: decided by status, then code, then words. */
import { z } from 'zod';
import { throttleExplanation } from '../../src/connector/answer-failures.ts';
import {
  type ConnectorError,
  Forbidden,
  Malformed,
  NotFound,
  RateLimited,
  Rejected,
  Unauthorized,
  VendorFault,
} from '../../src/connector/errors.ts';
import type { HttpFailure } from '../../src/connector/http.ts';
import { oddAnswerOf } from '../../src/connector/odd-answer.ts';

const keys = 'Developers > API keys in the Stripe Dashboard';

const body = z.object({
  error: z.object({ type: z.string(), code: z.string(), message: z.string(), param: z.string() }).partial(),
});

export function errorOf(answer: unknown) {
  return body.safeParse(answer).data?.error ?? {};
}

/** The permission that reading a path needs, by the name that Stripe's own messages use. Prices go by the name of plans. */
const needs: readonly { path: RegExp; what: string; permission: string }[] = [
  { path: /\/customers\b/, what: 'customers', permission: 'rak_customer_read' },
  { path: /\/products\b/, what: 'products', permission: 'rak_product_read' },
  { path: /\/prices\b/, what: 'prices', permission: 'rak_plan_read' },
  { path: /\/subscription/, what: 'subscriptions', permission: 'rak_subscription_read' },
  { path: /\/invoice/, what: 'invoices', permission: 'rak_invoice_read' },
  { path: /\/(charges|refunds)\b/, what: 'charges and refunds', permission: 'rak_charge_read' },
  { path: /\/events\b/, what: 'events', permission: 'rak_event_read' },
];

export function explain({ status, body, headers, url }: HttpFailure): ConnectorError | undefined {
  const { code, message = '', param } = errorOf(body);
  const detail = message === '' ? {} : { detail: message.slice(0, 300) };
  // Also for requests that Stripe itself wants sent again (a lock, a dependency): its word goes before the status.
  if (code === 'rate_limit' || code === 'lock_timeout') {
    return new RateLimited(0, throttleExplanation('Stripe', message.slice(0, 300)), { status });
  }
  if (status === 409 || status === 424 || (status < 500 && headers['stripe-should-retry'] === 'true')) {
    const reason = 'Stripe could not answer just now.';
    return new VendorFault({ reason, fix: 'Nothing to do: it is tried again.', ...detail }, { status });
  }
  if (code === 'secret_key_required') {
    return new Unauthorized(
      {
        reason: 'Stripe says that this is a publishable key, which may not read anything.',
        fix: `Enter a restricted key (rk_...) from ${keys}.`,
        ...detail,
      },
      { status },
    );
  }
  if ((status === 401 || status === 403) && /\bIP\b|address/i.test(message)) {
    return new Unauthorized(
      {
        reason: 'Stripe does not take this key from this machine: the key is limited to certain IP addresses.',
        fix: `Add this machine's public address under Manage IP restrictions of the key, in ${keys}.`,
        ...detail,
      },
      { status },
    );
  }
  if (status === 401) return keyRefused(code, message, detail);
  if (status === 403 && message !== '') return forbidden(code, message, detail, new URL(url).pathname);
  if (code === 'resource_missing' || ((status === 400 || status === 404) && message.startsWith('No such'))) {
    return new Missing(
      {
        reason: 'Stripe does not have that object, or not in this mode and account.',
        fix: 'If the Dashboard shows it, the key may be of the other mode or of another account.',
        ...detail,
      },
      { status },
    );
  }
  if (status === 404 && /unrecognized request url/i.test(message)) {
    return new NotFound(
      {
        reason: `Stripe knows no ${new URL(url).pathname}: the address is wrong, or this program is.`,
        fix: 'Clear API address in the credentials. If it stays so, report it with a recording: msportal sync stripe --har FILE',
        ...detail,
      },
      { status },
    );
  }
  if (status === 400) {
    return new Rejected(
      param === undefined ? {} : { [param]: message },
      {
        reason: `Stripe did not accept a request of this program${code === undefined ? '' : ` (${code})`}.`,
        fix: 'You did nothing wrong. Report it with a recording: msportal sync stripe --har FILE',
        ...detail,
      },
      { status },
    );
  }
  return undefined;
}

/** Of the object that was asked for, or of the one that a list is to go on after. */
export class Missing extends NotFound {}

/** Stripe itself said so: unlike a firewall's 403, it proves that the key is good. */
export class NotPermitted extends Forbidden {}

type Detail = { readonly detail?: string };

function keyRefused(code: string | undefined, message: string, detail: Detail): Unauthorized {
  if (code === 'api_key_expired') {
    return new Unauthorized(
      { reason: 'This key has expired.', fix: `Create or roll the key in ${keys}, and enter the new one.`, ...detail },
      { status: 401 },
    );
  }
  if (/did not provide an api key/i.test(message)) {
    return new Unauthorized(
      {
        reason: 'The key did not reach Stripe: something on the way took it out of the request.',
        fix: 'Check the proxy between this machine and api.stripe.com. If there is none, report it.',
        ...detail,
      },
      { status: 401 },
    );
  }
  return new Unauthorized(
    {
      reason: 'Stripe does not know this key: it was rolled or deleted, or is not complete.',
      fix: `Copy the key again from ${keys}, or create a new one. A live key is shown only once.`,
      ...detail,
    },
    { status: 401 },
  );
}

function forbidden(code: string | undefined, message: string, detail: Detail, path: string): NotPermitted {
  const need = needs.find((each) => each.path.test(path));
  const what = need?.what ?? path;
  const as = (reason: string, fix: string) => new NotPermitted(what, { reason, fix, ...detail }, { status: 403 });
  if (code === 'account_invalid') {
    return as(
      'Stripe does not let this key act for the connected account.',
      'Check Connected account in the credentials; leave it empty unless you run a Connect platform. The account may also have withdrawn its consent.',
    );
  }
  if (code === 'oauth_not_supported') {
    return as(
      'This key belongs to an app, not to the account itself.',
      `Create a restricted key of your own in ${keys}, and enter that.`,
    );
  }
  if (/not available for use by restricted keys/i.test(message)) {
    return as(`Stripe keeps ${what} from every restricted key.`, `Nothing to mend: leave ${what} out.`);
  }
  const permission = /rak_[a-z_]+/.exec(message)?.[0] ?? need?.permission;
  return as(
    `This key may not read ${what}.`,
    permission === undefined
      ? `Edit the key in ${keys} and allow it, or leave that record type out.`
      : `Edit the key in ${keys} and set the permission ${permission} to Read, or leave ${what} out.`,
  );
}

export const oddAnswer = oddAnswerOf('Stripe', 'stripe');

/** Test and live data in one connection would make test invoices look like money. */
export function mixedModes(expected: string, got: string): Malformed {
  return new Malformed({
    reason: `This is a ${expected} mode key, but Stripe answered with ${got} mode data. Nothing was taken.`,
    fix: `Enter a ${got} mode key to sync ${got} data, or check API address and Connected account in the credentials.`,
  });
}
