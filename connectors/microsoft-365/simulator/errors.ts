/** How the two sides of Microsoft word a refusal. */
import type { Answer } from '../../../src/simulator/exchange.ts';

/** `date` has no zone there. */
export function graphError(status: number, code: string, message: string): Answer {
  const id = '0c0c0c0c-0000-4000-8000-000000000003';
  const innerError = { date: '2026-08-03T09:15:01', 'request-id': id, 'client-request-id': id };
  return { status, body: { error: { code, message, innerError } } };
}

export const badRequest = (message: string): Answer => graphError(400, 'Request_BadRequest', message);

const failures = {
  'bad-secret': [
    401,
    'invalid_client',
    7000215,
    'Invalid client secret provided. Ensure the secret being sent is the value and not the ID.',
  ],
  'secret-expired': [401, 'invalid_client', 7000222, 'The provided client secret keys are expired.'],
  'missing-secret': [
    401,
    'invalid_client',
    7000218,
    "The request body must contain 'client_assertion' or 'client_secret'.",
  ],
  'certificate-unknown': [
    401,
    'invalid_client',
    700027,
    'The certificate used to sign the client assertion is not registered.',
  ],
  'wrong-scope': [
    400,
    'invalid_scope',
    1002012,
    'The provided value for scope is not valid. Client credential flows need /.default.',
  ],
  'token-throttled': [429, 'temporarily_unavailable', 90055, 'Too many requests.'],
  'no-consent': [400, 'unauthorized_client', 700016, 'Application was not found in the directory.'],
  'no-service-principal': [
    401,
    'invalid_client',
    7000229,
    'The client application is missing a service principal in the tenant.',
  ],
  'partner-not-authorised': [
    400,
    'unauthorized_client',
    90099,
    'The application has not been authorized in the tenant.',
  ],
  'tenant-not-found': [
    400,
    'invalid_request',
    90002,
    'Tenant not found. Check that the tenant ID is correct and the cloud is right.',
  ],
  'not-a-tenant': [
    400,
    'invalid_request',
    900023,
    'Specified tenant identifier is neither a valid DNS name nor a valid external domain.',
  ],
  'tenant-deleted': [400, 'invalid_request', 5000224, 'The resource is not available.'],
  'other-cloud': [400, 'invalid_request', 900382, 'Confidential client is not supported in cross cloud requests.'],
  'app-disabled': [400, 'unauthorized_client', 7000112, 'Application is disabled.'],
  'conditional-access': [400, 'invalid_grant', 53003, 'Access has been blocked by Conditional Access policies.'],
  'unknown-code': [
    400,
    'invalid_request',
    999999991,
    'Something that nobody has seen before happened. Try to find out.',
  ],
  'any-tenant': [
    400,
    'invalid_request',
    9001023,
    'The grant type is not supported over the /common or /consumers endpoints.',
  ],
  malformed: [400, 'invalid_request', 900144, 'The request body must contain a parameter that is missing.'],
  'grant-type': [400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.'],
} as const satisfies Record<string, readonly [status: number, error: string, code: number, text: string]>;

export type TokenFailure = keyof typeof failures;

export const isTokenFailure = (name: string): name is TokenFailure => Object.hasOwn(failures, name);

export function tokenError(name: TokenFailure): Answer {
  const [status, error, code, text] = failures[name];
  const [trace, correlation] = ['0a0a0a0a-0000-4000-8000-000000000001', '0b0b0b0b-0000-4000-8000-000000000002'];
  const timestamp = '2026-08-03 09:14:22Z';
  const description = [
    `AADSTS${code}: ${text}`,
    `Trace ID: ${trace}`,
    `Correlation ID: ${correlation}`,
    `Timestamp: ${timestamp}`,
  ].join('\r\n');
  return {
    status,
    body: {
      error,
      error_description: description,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}
