/** NinjaOne's error bodies. Its support asks for the incident id and the request id. */
import type { Answer } from '../../../src/simulator/exchange.ts';

const incidentId = 'WEB_MGMT_SERVICE-00000000000000000000000000000000-1772600000-FAKE';
const headers = { 'x-nj-request-id': 'fake-request-0001' };

export function failure(status: number, errorMessage: string, resultCode = 'FAILURE'): Answer {
  return { status, headers, body: { resultCode, errorMessage, incidentId } };
}

/** The application layer's other form: a sentence or a code alone. */
export function result(status: number, resultCode: string): Answer {
  return { status, headers, body: { resultCode, incidentId } };
}

export function authFailure(status: number, error: string, description: string, code?: number): Answer {
  return {
    status,
    headers,
    body: { error, error_description: description, ...(code === undefined ? {} : { error_code: code }) },
  };
}

export const clientUnknown = (): Answer => result(404, 'Client app not exist');
export const notAuthenticated = (): Answer => authFailure(401, 'not_authenticated', 'Invalid credentials', 10);
export const methodNotAllowed = (): Answer => failure(405, 'HTTP 405 Method Not Allowed');
export const pathNotFound = (): Answer => failure(404, 'HTTP 404 Not Found');

export const page = (title: string, text: string): Answer => ({
  status: 200,
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body>${text}</body></html>`,
});
