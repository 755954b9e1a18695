/** The connection test: `/me` proves account and token, one request per list proves its permission. */
import type { CheckOutcome, CheckStep, ConnectorEnvironment } from '../../src/connector/contract.ts';
import {
  type ConnectorError,
  Malformed,
  NotFound,
  Unauthorized,
  Unreachable,
  UntrustedHost,
} from '../../src/connector/errors.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import { accountAddress, isLocal } from './address.ts';
import type { ListPage, Me, Row, SyncroApi } from './api.ts';
import { noAccount, tokensPath } from './failures.ts';

/** Tokens seen so far look like this. It is not promised, so another form is only remarked upon. */
const usualToken = /^T[0-9a-f]{17}-[0-9a-f]{32}$/i;

export function checks(
  { credentials }: ConnectorEnvironment,
  api: SyncroApi,
  types: readonly RecordType[],
): CheckStep[] {
  const { subdomain = '', api_token: token = '' } = credentials;
  let me: Me = {};
  let tickets: readonly Row[] = [];
  const account: CheckStep = {
    id: 'account',
    label: 'Syncro account and API token',
    hard: true,
    run: async (signal) => {
      me = await whoAmI(api, { subdomain, token }, signal);
      return { status: 'passed', detail: [me.user_name, me.user_email].filter(Boolean).join(', ') };
    },
  };
  const of: Partial<Record<RecordType, readonly CheckStep[]>> = {
    companies: [step('companies', 'Read companies', (signal) => companies(api, signal))],
    contacts: [
      step('contacts', 'Read contacts', async (signal) =>
        counted('contacts', await api.page('contacts', { page: 1 }, signal)),
      ),
    ],
    users: [step('users', 'Read users', (signal) => technicians(api, signal))],
    tickets: [
      step('tickets', 'Read tickets', async (signal) => {
        const page = await api.page('tickets', { page: 1 }, signal);
        tickets = page.rows;
        return counted('tickets', page);
      }),
      step('ticket-details', 'Open a ticket', (signal) => anyTicket(api, tickets, me, signal)),
      step('lookups', 'Read statuses and priorities', (signal) => lists(api, signal)),
      step('write-tickets', 'Write tickets', async () => writable(me)),
    ],
  };
  return [
    account,
    step('subdomain', 'The account is the one named', async () => sameAccount(subdomain, me.subdomain)),
    ...types.flatMap((type) => of[type] ?? []),
  ];
}

const step = (id: string, label: string, run: CheckStep['run']): CheckStep => ({ id, label, run });

async function whoAmI(
  api: SyncroApi,
  { subdomain, token }: { subdomain: string; token: string },
  signal: AbortSignal,
): Promise<Me> {
  try {
    return await api.me(signal);
  } catch (error) {
    if (error instanceof Unauthorized && !usualToken.test(token)) throw withHint(error);
    throw isNoAccount(error) ? noAccount(accountAddress(subdomain), error.detail) : error;
  }
}

/** How Syncro answers for a name that nobody has is not documented: any of these means it. */
function isNoAccount(error: unknown): error is ConnectorError {
  if (error instanceof Unreachable) return error.kind === 'dns';
  return error instanceof NotFound || error instanceof Malformed || error instanceof UntrustedHost;
}

function withHint({ reason, fix, detail, status }: Unauthorized): Unauthorized {
  return new Unauthorized(
    {
      reason: `${reason} It does not look like the tokens seen so far (a T, 17 characters, a dash, 32 characters).`,
      fix,
      ...(detail === undefined ? {} : { detail }),
    },
    status === undefined ? {} : { status },
  );
}

/** @param told by `/me`; nothing to compare with on loopback */
export function sameAccount(named: string, told: string | null | undefined): CheckOutcome {
  if (!told || isLocal(named) || told.toLowerCase() === named) {
    return { status: 'passed', ...(told ? { detail: told } : {}) };
  }
  return {
    status: 'failed',
    cause: `The token belongs to the Syncro account "${told}", not to "${named}".`,
    fix: `If "${told}" is the account you mean, enter it as the subdomain; if not, create a token in "${named}".`,
    suggest: { field: 'subdomain', value: told.toLowerCase() },
  };
}

async function companies(api: SyncroApi, signal: AbortSignal): Promise<CheckOutcome> {
  const { rows, total = rows.length } = await api.page('customers', { page: 1, include_disabled: true }, signal);
  if (total > 1) return { status: 'passed', detail: `${total} companies` };
  return {
    status: 'untested',
    cause:
      total === 1
        ? 'Syncro shows this token one customer only. It may have been made by a single-customer user.'
        : 'Syncro answered, but shows this token no customers at all.',
    fix: `If the account has more, have a Global Admin who sees all customers create the token under ${tokensPath}.`,
  };
}

function counted(what: string, { rows, total, totalPages = 1 }: ListPage): CheckOutcome {
  if (rows.length === 0) {
    return {
      status: 'untested',
      cause: `Syncro answered, but shows no ${what}.`,
      fix: 'Nothing to do if there are none yet.',
    };
  }
  const seen = totalPages > 1 ? `more than ${rows.length} ${what}` : `${rows.length} ${what}`;
  return { status: 'passed', detail: total === undefined ? seen : `${total} ${what}` };
}

/** One of somebody else's: with the permission for one's own tickets only, one's own opens too. */
async function anyTicket(api: SyncroApi, tickets: readonly Row[], me: Me, signal: AbortSignal): Promise<CheckOutcome> {
  const ticket = tickets.find(({ user_id }) => user_id !== me.user_id) ?? tickets[0];
  if (ticket === undefined) {
    return { status: 'untested', cause: 'No ticket was listed to try it with.', fix: 'Test again when one is.' };
  }
  await api.ticket(ticket.id, signal);
  return { status: 'passed' };
}

async function technicians(api: SyncroApi, signal: AbortSignal): Promise<CheckOutcome> {
  return { status: 'passed', detail: `${(await api.users(signal)).length} users` };
}

async function lists(api: SyncroApi, signal: AbortSignal): Promise<CheckOutcome> {
  const { statuses = [], priorities = [] } = await api.lookups(new Set(), signal);
  return { status: 'passed', detail: `${statuses.length} statuses, ${priorities.length} priorities` };
}

/** Cannot be tried without making a ticket. What `/me` tells may be the user's rights rather than the token's. */
function writable(me: Me): CheckOutcome {
  const told = me.permissions?.ticket?.write;
  const tick = 'To write tickets, tick "Tickets - Create", "Tickets - Edit" and "Ticket Comments - New" on the token.';
  if (told === false) {
    return {
      status: 'untested',
      cause: 'Not tried. Syncro says that this user may not write tickets, so they could only be read.',
      fix: tick,
    };
  }
  return {
    status: 'untested',
    cause: `Not tried, because it would make a ticket.${told === true ? ' Syncro says that this user may write them; the token may still not.' : ''}`,
    fix: tick,
  };
}
