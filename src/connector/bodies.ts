/** Request bodies on their way out, answers on their way in. */
import { type FailureContext, notJson } from './answer-failures.ts';
import type { Malformed } from './errors.ts';
import type { HttpRequest } from './http.ts';
import type { WireAnswer } from './transport.ts';

export function encodeBody(request: HttpRequest): { type: string; text: string } | undefined {
  if (request.json !== undefined) return { type: 'application/json', text: JSON.stringify(request.json) };
  if (request.form !== undefined) {
    return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(request.form).toString() };
  }
  return undefined;
}

/** `raw` is what an `explain` sees; `body` is what the caller gets, or a Malformed that says why it cannot be given. */
export function parseBody(
  request: HttpRequest,
  answer: WireAnswer,
  context: FailureContext,
): { raw: unknown; body: unknown | Malformed } {
  const { method = 'GET', expect = 'json' } = request;
  const { text, status } = answer;
  const type = answer.headers['content-type'] ?? '';
  if (expect === 'text') return { raw: text, body: text };
  // Writes and deletions may answer with nothing.
  if (text === '' && (method !== 'GET' || status === 204 || status >= 300)) return { raw: null, body: null };
  if (expect === 'either' && !type.includes('json')) return { raw: text, body: text };
  try {
    // Some vendors send JSON under a wrong type; no web page begins so.
    if (type.includes('html') && !/^\s*[[{]/.test(text)) throw new SyntaxError('a web page');
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return { raw: json, body: json };
  } catch {
    return { raw: text, body: notJson(text, status, context) };
  }
}
