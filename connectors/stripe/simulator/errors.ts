/** Stripe's refusals. */
import type { Answer } from '../../../src/simulator/exchange.ts';
import { Refusal } from '../../../src/simulator/exchange.ts';
import type { Wording } from '../../../src/simulator/faults.ts';

export interface StripeError {
  readonly type?: string;
  readonly code?: string;
  readonly message: string;
  readonly param?: string;
}

export function error(status: number, { type = 'invalid_request_error', ...rest }: StripeError): Answer {
  const docs = rest.code === undefined ? {} : { doc_url: `https://stripe.com/docs/error-codes/${rest.code}` };
  return { status, body: { error: { ...rest, ...docs, type } } };
}

export const refuse = (status: number, told: StripeError): Refusal => new Refusal(error(status, told));

export const mask = (key: string): string => `${key.slice(0, 8)}****${key.slice(-4)}`;

export const invalidKey = (key: string): Answer => error(401, { message: `Invalid API Key provided: ${mask(key)}` });

export const unrecognised = (method: string, path: string): Answer =>
  error(404, { message: `Unrecognized request URL (${method}: ${path}). Please see the documentation.` });

export const missing = (noun: string, id: string, param = 'id', status = 404) =>
  refuse(status, { code: 'resource_missing', message: `No such ${noun}: '${id}'`, param });

/** No Retry-After: Stripe documents none. */
const throttled: Answer = {
  ...error(429, { code: 'rate_limit', message: 'Request rate limit exceeded.' }),
  headers: { 'stripe-rate-limited-reason': 'endpoint-rate' },
};

export const wording: Wording = {
  throttled: () => throttled,
  serverError: () => error(500, { type: 'api_error', message: 'An error occurred on our side.' }),
  unauthorised: () => invalidKey('rk_test_SimRestricted0001'),
};
