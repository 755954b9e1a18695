/** HTTP answers that are not what was asked for, as typed errors in general words; a connector's `explain` goes first. */

import type { Redactor } from '../text/redact.ts';
import {
  type ConnectorError,
  Forbidden,
  Malformed,
  NotFound,
  RateLimited,
  Rejected,
  Unauthorized,
  VendorFault,
} from './errors.ts';
import { excerpt } from './excerpt.ts';
import type { HttpFailure } from './http.ts';

export interface FailureContext {
  readonly vendorName: string;
  readonly redactor: Redactor;
}

/** The general error for an answer of 3xx, 4xx or 5xx. */
export function answerFailure(failure: HttpFailure, context: FailureContext): ConnectorError {
  const { vendorName, redactor } = context;
  const { status } = failure;
  const { message, fields } = complaints(failure.body);
  const safeMessage = excerpt(message, redactor);
  const detail = safeMessage === '' ? {} : { detail: safeMessage };
  const path = new URL(failure.url).pathname;
  const page = looksLikeHtml(failure.body);

  if (status === 401) {
    return new Unauthorized(
      {
        reason: failure.signedIn
          ? `${vendorName} no longer accepts these credentials.`
          : `${vendorName} does not accept these credentials.`,
        fix: 'Check that they are complete and still valid there, then enter them again. They are not tried again until then.',
        ...detail,
      },
      { status },
    );
  }
  if (status === 403) {
    return new Forbidden(
      path,
      page
        ? {
            reason: `Something in front of ${vendorName} (a firewall or proxy) refused the request with a web page.`,
            fix: `Check that this machine's address is allowed at ${vendorName} and by your own proxy.`,
            ...detail,
          }
        : {
            reason: `${vendorName} signed us in but does not allow ${failure.method} ${path}.`,
            fix: 'Give the API user the permission for it, or leave that record type out.',
            ...detail,
          },
      { status },
    );
  }
  if (status === 404 || status === 410) {
    return new NotFound(
      {
        reason: `${vendorName} knows nothing at ${path}.`,
        fix: page
          ? 'Check the address in the credentials: it may not be the one of the API.'
          : 'It may have been deleted there.',
        ...detail,
      },
      { status },
    );
  }
  if (status === 429) return new RateLimited(0, throttleExplanation(vendorName, safeMessage), { status });
  if (status >= 500 || status === 408) {
    return new VendorFault(
      {
        reason: page
          ? `A gateway in front of ${vendorName} answered with an error page (HTTP ${status}).`
          : `${vendorName} failed while answering (HTTP ${status}).`,
        fix: `This is on ${vendorName}'s side. It is tried again; if it stays so, look at their status page.`,
        ...detail,
      },
      { status },
    );
  }
  if (status >= 300 && status < 400) {
    return new Malformed(
      {
        reason: `${vendorName} sent ${failure.method} ${path} elsewhere (HTTP ${status}), which an API does not do.`,
        fix: 'Check the address in the credentials: the scheme, the host, and no path too many.',
      },
      { status },
    );
  }
  return new Rejected(
    Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, excerpt(text, redactor)])),
    {
      reason: `${vendorName} refused ${failure.method} ${path} (HTTP ${status})${safeMessage === '' ? '.' : `: ${safeMessage}`}`,
      fix: 'Correct what it complains about and try again.',
      ...detail,
    },
    { status },
  );
}

export function throttleExplanation(vendorName: string, detail = '') {
  return {
    reason: `${vendorName} asks us to send fewer requests.`,
    fix: 'Nothing to do: it goes on by itself. If it happens often, choose a longer interval or a smaller request budget.',
    ...(detail === '' ? {} : { detail }),
  };
}

/** A body that should have been JSON. */
export function notJson(text: string, status: number, context: FailureContext): Malformed {
  const { vendorName, redactor } = context;
  const what =
    text.trim() === '' ? 'nothing' : looksLikeHtml(text) ? 'a web page' : 'something that is not (or not all of) JSON';
  return new Malformed(
    {
      reason: `${vendorName} answered with ${what} where JSON belongs.`,
      fix: 'Check that the address is the one of the API; a proxy or sign-in page in between does this too.',
      ...(text.trim() === '' ? {} : { detail: excerpt(text, redactor) }),
    },
    { status },
  );
}

export function looksLikeHtml(body: unknown): boolean {
  return typeof body === 'string' && /^\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b/is.test(body);
}

interface Complaints {
  message: string;
  fields: Record<string, string>;
}

const messageKeys = ['message', 'Message', 'error_description', 'detail', 'title', 'error', 'error_message'] as const;

/** The shapes in common use: one text, a list of texts, a list of {field, message}, an object of lists per field. */
function complaints(body: unknown): Complaints {
  if (typeof body === 'string') {
    const text = looksLikeHtml(body) ? (/<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? '') : body;
    return { message: text, fields: {} };
  }
  if (!isObject(body)) return { message: '', fields: {} };
  const inner = isObject(body.error) ? body.error : body;
  const fields: Record<string, string> = {};
  const texts: string[] = [];
  if (typeof inner.param === 'string') fields[inner.param] = String(inner.message ?? 'refused');
  const errors = body.errors ?? inner.errors;
  if (Array.isArray(errors)) {
    for (const each of errors) {
      if (typeof each === 'string') texts.push(each);
      else if (isObject(each)) {
        const text = firstText(each);
        const field = [each.field, each.name, each.path].find((name) => typeof name === 'string');
        if (typeof field === 'string' && field !== '') fields[field] = text;
        else if (text !== '') texts.push(text);
      }
    }
  } else if (isObject(errors)) {
    for (const [field, text] of Object.entries(errors)) fields[field] = [text].flat().map(String).join('; ');
  }
  const message =
    firstText(inner) ||
    texts.join('; ') ||
    Object.entries(fields)
      .map((pair) => pair.join(': '))
      .join('; ');
  return { message, fields };
}

function firstText(object: Record<string, unknown>): string {
  for (const key of messageKeys) {
    const value = object[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
