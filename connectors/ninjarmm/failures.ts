/** NinjaOne's ways to say no, in the operator's terms. Its answers come in several shapes, also within one instance. */
import { z } from 'zod';
import { looksLikeHtml } from '../../src/connector/answer-failures.ts';
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

export const appsPath = 'Administration > Apps > API > Client App IDs';

type Answer = Pick<HttpFailure, 'status' | 'headers' | 'body'>;

/** For every answer that is not the JSON asked for; what is not NinjaOne's own is left to the general wording. */
export function explain(failure: HttpFailure): ConnectorError | undefined {
  const { status, body, signedIn } = failure;
  if (status === 200) return looksLikeHtml(body) ? webPage(body as string) : undefined;
  if (looksLikeHtml(body)) return undefined;
  const { code } = said(body);
  const more = detailOf(failure);
  if (status === 400 && (code === 'missing_header' || code === 'invalid_header')) {
    return new Rejected(
      {},
      {
        reason: 'NinjaOne did not get our sign-in, or not as it was sent.',
        fix: 'A proxy in between may change or drop the Authorization header: let it pass. Else report it with a recording: msportal sync ninjarmm --har FILE',
        ...more,
      },
      { status },
    );
  }
  if (status === 401 && signedIn) {
    return new Unauthorized(
      {
        reason: 'NinjaOne no longer accepts the sign-in of this API app, not even with a new token.',
        fix: `The app was removed or its secret made anew: check it in ${appsPath}, enter the credentials again and test the connection.`,
        ...more,
      },
      { status },
    );
  }
  if (status === 403 && code === 'user_context_required') {
    return new Forbidden(
      'what needs a person',
      {
        reason: 'NinjaOne does this only for a person who is signed in, not for an API app.',
        fix: 'Nothing to set up. Please report which record type it was.',
        ...more,
      },
      { status },
    );
  }
  // Parts of the API tell a missing permission with 500.
  const denied = code === 'permission_denied' || code === 'organization_access_violation';
  if ((status === 403 && signedIn) || (status === 500 && denied)) return noMonitoring({ status, ...more });
  if (status === 404 && signedIn) return notOnThisInstance(failure);
  if (status === 405) return notNinja(new URL(failure.url).host, detailOf(failure).detail);
  return undefined;
}

/** A page with status 200: the most common form of throttling here; or somebody's sign-in form. */
function webPage(page: string): ConnectorError {
  if (/too many requests|rate[ -]?limit|throttl/i.test(page)) {
    return new RateLimited(
      0,
      {
        reason: 'NinjaOne is limiting requests: it answered with a web page that says so.',
        fix: 'Nothing to do: it goes on by itself. If it happens often, choose a longer interval.',
      },
      { status: 200 },
    );
  }
  if (/type=["']?password|log ?in\b|sign ?in\b/i.test(page)) {
    return new Malformed(
      {
        reason: 'A sign-in page was answered where data belongs.',
        fix: 'Check the region or Custom URL. If it is right, something in between (a proxy, a portal with single sign-on) asks for a sign-in: let this machine pass.',
      },
      { status: 200 },
    );
  }
  return new VendorFault(
    {
      reason: 'NinjaOne answered with a web page where data belongs, as it does when it is busy.',
      fix: 'It is tried again. If it stays so, check the region or Custom URL, and any proxy in between.',
    },
    { status: 200 },
  );
}

export function noMonitoring(options: { status?: number; detail?: string } = {}): Forbidden {
  const { status, detail } = options;
  return new Forbidden(
    'monitoring data',
    {
      reason: 'The API app lacks the Monitoring scope.',
      fix: `Tick Monitoring under Scopes of the app in ${appsPath}, save, and test the connection.`,
      ...(detail === undefined ? {} : { detail }),
    },
    status === undefined ? {} : { status },
  );
}

function notOnThisInstance(failure: HttpFailure): NotFound {
  const { pathname } = new URL(failure.url);
  return new NotFound(
    {
      reason: `This NinjaOne instance has nothing at ${pathname}.`,
      fix: 'Government and older instances lack parts of the API: leave that record type out. The others go on.',
      ...detailOf(failure),
    },
    { status: 404 },
  );
}

export function notNinja(host: string, detail?: string): Malformed {
  return new Malformed({
    reason: `${host} answers, but not as NinjaOne does.`,
    fix: 'Choose the region that the address bar of NinjaOne shows, or check the Custom URL.',
    ...(detail === undefined ? {} : { detail }),
  });
}

export const oddAnswer = oddAnswerOf('NinjaOne', 'ninjarmm', '/v2/');

/** Why the token endpoint refused. Which status goes with a wrong secret is not documented: the words decide, where there are any. */
export function signInRefused(answer: Answer, host: string): ConnectorError {
  const { status, body } = answer;
  const { code, text } = said(body);
  const more = detailOf(answer);
  const otherServer = status === 404 && (text === '' || /^HTTP 404/.test(text));
  if (status === 405 || otherServer) return notNinja(host, more.detail);
  if (/client app not exist/i.test(text)) {
    return new Unauthorized(
      {
        reason: `NinjaOne does not know this Client ID on ${host}.`,
        fix: 'Choose the region that the address bar of NinjaOne shows, and check the Client ID. A key of the old API (Access Key ID) does not work here.',
        ...more,
      },
      { status },
    );
  }
  if (code === 'unauthorized_client' || code === 'unsupported_grant_type') {
    return new Unauthorized(
      {
        reason: 'The API app may not sign in by itself.',
        fix: `In ${appsPath} tick Client Credentials under Allowed Grant Types; its platform must be API Services (machine-to-machine).`,
        ...more,
      },
      { status },
    );
  }
  if (code === 'invalid_scope') return noMonitoring({ status, ...more });
  return new Unauthorized(
    {
      reason: 'NinjaOne does not accept this Client Secret.',
      fix: `It is shown only once, when the app is saved: make a new one in ${appsPath} and enter it.`,
      ...more,
    },
    { status },
  );
}

const words = z.looseObject({
  error: z.string().optional(),
  error_description: z.string().optional(),
  resultCode: z.string().optional(),
  errorMessage: z.union([z.string(), z.object({ code: z.string() }).transform(({ code }) => code)]).optional(),
  errorCode: z.string().optional(),
  message: z.string().optional(),
  incidentId: z.string().optional(),
});

/** The vendor's own code and words, from any of its shapes; '' where it says none. */
function said(body: unknown): { code: string; text: string; incident: string } {
  if (typeof body === 'string') return { code: '', text: looksLikeHtml(body) ? '' : body.trim(), incident: '' };
  const told = words.safeParse(body).data ?? {};
  const code = told.error ?? told.resultCode ?? told.errorMessage ?? told.errorCode ?? '';
  const sentence = told.error_description ?? told.errorMessage ?? told.message;
  return { code, text: sentence ?? code, incident: told.incidentId ?? '' };
}

/** The vendor's words, and the two numbers that its support asks for. */
function detailOf({ headers, body }: Pick<Answer, 'headers' | 'body'>): { detail?: string } {
  const { text, incident } = said(body);
  const request = headers['x-nj-request-id'] ?? '';
  const parts = [text.slice(0, 200), incident && `incident ${incident}`, request && `request ${request}`];
  const detail = parts.filter(Boolean).join(', ');
  return detail === '' ? {} : { detail };
}
