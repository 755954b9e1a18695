/** Syncro's wire: one token on every request, numbered pages, and 401 for two different things. */
import { z } from 'zod';
import type { ConnectorEnvironment, Lookups, ReadRequest } from '../../src/connector/contract.ts';
import { Unauthorized } from '../../src/connector/errors.ts';
import type { Http, HttpRequest } from '../../src/connector/http.ts';
import { byPageCount, type RowPage } from '../../src/connector/paging.ts';
import { explain, noPermission, oddAnswer } from './failures.ts';
import { type TicketRow, ticketRow, type UserDetail, userDetail } from './mapping.ts';

type Query = NonNullable<HttpRequest['query']>;

/** What of `/me` is used. Its `user_token` is a secret and is never taken out of the answer. */
const meAnswer = z.object({
  user_id: z.number().nullish(),
  user_name: z.string().nullish(),
  user_email: z.string().nullish(),
  subdomain: z.string().nullish(),
  permissions: z
    .object({ ticket: z.object({ write: z.boolean() }).optional() })
    .optional()
    .catch(undefined),
});
export type Me = z.infer<typeof meAnswer>;

const anyRow = z.looseObject({ id: z.number().int() });
/** A row as it came; mapping says what must be in it. */
export type Row = z.infer<typeof anyRow>;

const meta = z.object({ total_pages: z.coerce.number().int(), total_entries: z.coerce.number().int().optional() });

const usersAnswer = z.object({ users: z.array(z.tuple([z.number().int(), z.string().nullable()]).rest(z.unknown())) });
const texts = z.array(z.string().nullable()).nullish();
const ticketSettings = z.object({
  ticket_status_list: texts,
  ticket_types: z.array(z.object({ id: z.number(), name: z.string() })).nullish(),
});
const settings = z.object({ ticket: z.object({ problem_types: texts, priorities: texts }).nullish() });

export interface ListPage {
  readonly rows: readonly Row[];
  readonly totalPages?: number;
  /** Not every list tells it. */
  readonly total?: number;
}

export class SyncroApi {
  readonly #http: Http;

  constructor({ http, credentials }: ConnectorEnvironment) {
    const headers = { authorization: `Bearer ${credentials.api_token}` };
    this.#http = http.withExplain(explain).withAuth({ kind: 'headers', headers });
  }

  /** Syncro's clock where it is known. */
  now(): number {
    return (this.#http.vendorNow() ?? new Date()).getTime();
  }

  /** Who the token belongs to. Needs no permission, so that a 401 here is the token's fault. @throws Unauthorized */
  async me(signal: AbortSignal): Promise<Me> {
    const { body } = await this.#http.request({ url: 'me', signal });
    return valid(meAnswer, 'me', body);
  }

  /** All pages of a list, each row once. */
  list(
    path: string,
    query: Query,
    { position, signal }: Pick<ReadRequest, 'position' | 'signal'>,
  ): AsyncGenerator<RowPage<Row>> {
    return byPageCount({
      position,
      id: ({ id }: Row) => id,
      fetch: (page) => this.page(path, { ...query, page }, signal),
    });
  }

  /** The page size is the vendor's, is not what its documentation says, and cannot be chosen (but for comments). */
  async page(path: string, query: Query, signal: AbortSignal): Promise<ListPage> {
    const key = path.slice(path.lastIndexOf('/') + 1);
    const body = await this.#get(path, signal, query);
    const answer = valid(z.object({ [key]: z.array(anyRow), meta: meta.optional() }), path, body);
    const { total_pages, total_entries } = (answer.meta as z.infer<typeof meta> | undefined) ?? {};
    return {
      rows: answer[key] as Row[],
      ...(total_pages === undefined ? {} : { totalPages: total_pages }),
      ...(total_entries === undefined ? {} : { total: total_entries }),
    };
  }

  /** @throws NotFound */
  async ticket(id: number, signal: AbortSignal): Promise<TicketRow> {
    const path = `tickets/${id}`;
    return valid(z.object({ ticket: ticketRow }), path, await this.#get(path, signal)).ticket;
  }

  /** Sends it once. @param id null: a new one. @returns the ticket as Syncro has it then */
  async writeTicket(id: number | null, body: object, signal: AbortSignal): Promise<TicketRow> {
    const path = id === null ? 'tickets' : `tickets/${id}`;
    const answer = await this.#send({ method: id === null ? 'POST' : 'PUT', url: path, json: body, signal });
    return valid(z.object({ ticket: ticketRow }), path, answer).ticket;
  }

  /** Sends it once. @returns the comment's id, which no other ticket's comment has */
  async comment(ticket: number, body: object, signal: AbortSignal): Promise<number> {
    const path = `tickets/${ticket}/comment`;
    const answer = await this.#send({ method: 'POST', url: path, json: body, signal });
    return valid(z.object({ comment: anyRow }), path, answer).comment.id;
  }

  /** The technicians, as pairs of id and name: the list has nothing else, and no pages. */
  async users(signal: AbortSignal): Promise<{ id: number; name: string | null }[]> {
    const { users } = valid(usersAnswer, 'users', await this.#get('users', signal));
    return users.map(([id, name]) => ({ id, name }));
  }

  async user(id: number, signal: AbortSignal): Promise<UserDetail> {
    return valid(z.object({ user: userDetail }), 'users', await this.#get(`users/${id}`, signal)).user;
  }

  /** Statuses, priorities and problem types are texts: id and name are the same. */
  async lookups(closedStatuses: ReadonlySet<string>, signal: AbortSignal): Promise<Lookups> {
    const [ofTickets, ofAccount] = await Promise.all([
      this.#get('tickets/settings', signal).then((body) => valid(ticketSettings, 'tickets/settings', body)),
      this.#get('settings', signal).then((body) => valid(settings, 'settings', body)),
    ]);
    return {
      statuses: named(ofTickets.ticket_status_list).map((status) => ({
        ...status,
        closed: closedStatuses.has(status.name.toLowerCase()),
      })),
      priorities: named(ofAccount.ticket?.priorities),
      problemTypes: named(ofAccount.ticket?.problem_types),
      ticketTypes: (ofTickets.ticket_types ?? []).map(({ id, name }) => ({ id: String(id), name })),
    };
  }

  #get(path: string, signal: AbortSignal, query: Query = {}): Promise<unknown> {
    return this.#send({ url: path, query, signal });
  }

  /**
   * A 401 says either that the token is no good or that it lacks a permission, in words that are not documented well
   * enough to tell which. Whether the token still opens `/me` does.
   */
  async #send(request: HttpRequest & { readonly signal: AbortSignal }): Promise<unknown> {
    try {
      return (await this.#http.request(request)).body;
    } catch (error) {
      if (!(error instanceof Unauthorized)) throw error;
      await this.me(request.signal);
      const { method = 'GET', url } = request;
      throw noPermission(method, `/${url}`, {
        status: 401,
        ...(error.detail === undefined ? {} : { detail: error.detail }),
      });
    }
  }
}

/** The account's lists hold an empty entry for "none". */
function named(list: z.infer<typeof texts>): { id: string; name: string }[] {
  return (list ?? [])
    .filter((name) => name !== null && name.trim() !== '')
    .map((name) => ({ id: name as string, name: name as string }));
}

function valid<S extends z.ZodType>(schema: S, path: string, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw oddAnswer(path, z.prettifyError(parsed.error));
  return parsed.data;
}
