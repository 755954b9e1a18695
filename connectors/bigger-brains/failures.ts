/** How record stores, SCORM Cloud and the REST endpoint say no, in the operator's terms. */
import { type ConnectorError, Forbidden, NotFound, Rejected, Unauthorized } from '../../src/connector/errors.ts';
import type { HttpFailure } from '../../src/connector/http.ts';
import { oddAnswerOf } from '../../src/connector/odd-answer.ts';

interface Words {
  readonly unauthorized: readonly [reason: string, fix: string];
  readonly forbidden: readonly [what: string, reason: string, fix: string];
  readonly notFound: readonly [reason: string, fix: string];
  readonly rejected: readonly [reason: string, fix: string];
}

const lrs: Words = {
  unauthorized: [
    'The record store does not accept this key and secret, or they were revoked.',
    "Make a new key in the record store's administration and enter both parts.",
  ],
  forbidden: [
    'statements',
    'This key may not read statements.',
    'Give it the right to read all statements; read-only is enough.',
  ],
  notFound: ['The record store has nothing at this address.', basePathFix()],
  rejected: [
    'The record store refused the request; mostly it takes another version of the standard.',
    'Choose a version that it takes. The connection test lists them.',
  ],
};

const scormCloud: Words = {
  unauthorized: [
    'SCORM Cloud does not accept this Application ID and secret.',
    'Copy both again from the application in SCORM Cloud, under Apps / API.',
  ],
  forbidden: [
    'courses and registrations',
    'SCORM Cloud knows the application, but it may not read this.',
    "Check the secret's rights, and that the plan of the account includes the API.",
  ],
  notFound: ['SCORM Cloud has nothing at this address.', 'Clear the SCORM Cloud address, or correct it.'],
  rejected: ['SCORM Cloud refused the request.', 'Clear the SCORM Cloud address and test again; check the tags.'],
};

const rest: Words = {
  unauthorized: ['The endpoint does not accept this key.', 'Ask whoever gave you the endpoint for a new key.'],
  forbidden: [
    'training records',
    'This key may not read them.',
    'Ask whoever gave you the endpoint for the right to read.',
  ],
  notFound: [
    'The endpoint has nothing at this address.',
    'Check the base URL: /courses, /learners, /enrollments and /completions are expected below it.',
  ],
  rejected: ['The endpoint refused the request.', 'It may work differently from what this experiment assumes.'],
};

export const explainLrs = (failure: HttpFailure) => explain(lrs, failure);
export const explainScormCloud = (failure: HttpFailure) => explain(scormCloud, failure);
export const explainRest = (failure: HttpFailure) => explain(rest, failure);

/** Undefined: what anybody can answer (429, 5xx, web pages) is put in general words. */
function explain(words: Words, { status, body }: HttpFailure): ConnectorError | undefined {
  const detail = said(body);
  const more = detail === '' ? {} : { detail };
  const web = typeof body === 'string' && /^\s*</.test(body);
  if (status === 401) {
    const [reason, fix] = words.unauthorized;
    return new Unauthorized({ reason, fix, ...more }, { status });
  }
  if (status === 403 && !web) {
    const [what, reason, fix] = words.forbidden;
    return new Forbidden(what, { reason, fix, ...more }, { status });
  }
  if (status === 404) {
    const [reason, fix] = words.notFound;
    return new NotFound({ reason, fix, ...more }, { status });
  }
  if (status === 400) {
    const [reason, fix] = words.rejected;
    return new Rejected({}, { reason: detail === '' ? reason : `${reason} It says: ${detail}`, fix }, { status });
  }
  return undefined;
}

export function wrongBasePath(): NotFound {
  return new NotFound({
    reason: 'There is no record store at this address: it has neither /about nor /statements.',
    fix: basePathFix(),
  });
}

export const oddAnswer = oddAnswerOf('The source', 'bigger-brains');

function basePathFix(): string {
  return 'Add or remove what some stores have at the end, such as /xapi or /data/xAPI. The endpoint is what stands before /statements.';
}

/** `message`, `error` (a text, or an object with a message), or plain text. */
function said(body: unknown): string {
  if (typeof body === 'string') return /^\s*</.test(body) ? '' : body.trim().slice(0, 200);
  if (typeof body !== 'object' || body === null) return '';
  const { message, error } = body as { message?: unknown; error?: unknown };
  const inner = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
  const text = [message, inner].find((each) => typeof each === 'string' && each !== '');
  return typeof text === 'string' ? text.slice(0, 200) : '';
}
