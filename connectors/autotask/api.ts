/** Autotask's wire: the calls, the two ways of paging, and going slowly when the tenant's hour is nearly used up. */
import { z } from 'zod';
import type { ConnectorEnvironment, Position } from '../../src/connector/contract.ts';
import { NotFound, RateLimited, Unauthorized, UntrustedHost } from '../../src/connector/errors.ts';
import type { Http, HttpRequest } from '../../src/connector/http.ts';
import { afterKey, byLink, type RowPage } from '../../src/connector/paging.ts';
import { errorsIn, explain, hourUsedUp, oddAnswer, refusal } from './failures.ts';
import { fieldsAnswer, Picklists } from './picklists.ts';
import { mustPause, pauseMs, type Usage, usageIn } from './quota.ts';
import { sameOrigin, zoneInUse, zoneMovedTo } from './zone.ts';

/** The largest `MaxRecords`; a larger one is refused. */
const pageSize = 500;
/** The tenant's count is read again after so many queries, or so long. */
const queriesPerReading = 50;
const readingMs = 60_000;
/** How often a paused reading looks whether the hour has room again, before it is left to the next run. */
const mostPauses = 5;

/** Every query needs a filter; this one fits all rows. From 0, not from 1: company 0 is the MSP itself. */
const everything = { op: 'gte', field: 'id', value: 0 } as const;

const anyRow = z.looseObject({ id: z.number().int() });
export type Row = z.infer<typeof anyRow>;

const queryAnswer = z.object({
  items: z.array(anyRow),
  pageDetails: z.object({ nextPageUrl: z.string().nullish() }).nullish(),
});
const itemAnswer = z.object({ item: anyRow.nullable() });
const writeAnswer = z.object({ itemId: z.number().int() });
const countAnswer = z.object({ queryCount: z.number() });
const infoAnswer = z.object({
  info: z.looseObject({ canCreate: z.boolean().nullish(), canUpdate: z.boolean().nullish() }),
});
export type EntityInfo = z.infer<typeof infoAnswer>['info'];

/** One condition of a query. `udf`: the field is one that the tenant made. */
export interface Condition {
  readonly op: 'eq' | 'gte';
  readonly field: string;
  readonly value: string | number | boolean;
  readonly udf?: true;
}

export interface PagesRequest {
  readonly entity: string;
  readonly fields: readonly string[];
  /** For what changed only: rows of which any of `stamps` is at or after `since` (ISO UTC). */
  readonly stamps: readonly string[];
  readonly since: string | null;
  readonly position: Position | null;
  readonly signal: AbortSignal;
}

export class AutotaskApi {
  readonly #environment: ConnectorEnvironment;
  readonly #http: Http;
  #zone: string | null = null;
  /** After a refusal nothing more is sent: repeated ones lock the API user. */
  #refused: Unauthorized | null = null;
  readonly #picklists = new Map<string, Promise<Picklists>>();
  #reading = { at: Number.NEGATIVE_INFINITY, queries: 0 };

  constructor(environment: ConnectorEnvironment) {
    const { username = '', secret = '', integrationCode = '' } = environment.credentials;
    this.#environment = environment;
    this.#http = environment.http.withExplain(explain).withAuth({
      kind: 'headers',
      headers: { UserName: username, Secret: secret, ApiIntegrationCode: integrationCode },
    });
  }

  /** The vendor's clock where it is known, epoch milliseconds. */
  now(): number {
    return (this.#http.vendorNow() ?? new Date()).getTime();
  }

  /** How much of the tenant's hour is used. Reading it also sets our own pace (see quota.ts). */
  async usage(signal: AbortSignal): Promise<Usage> {
    const usage = usageIn(await this.#call({ url: 'ThresholdInformation', signal }));
    if (usage === null) throw oddAnswer('ThresholdInformation');
    return usage;
  }

  async count(entity: string, signal: AbortSignal): Promise<number> {
    return (await this.#post(countAnswer, `${entity}/query/count`, { filter: [everything] }, signal)).queryCount;
  }

  async info(entity: string, signal: AbortSignal): Promise<EntityInfo> {
    const path = `${entity}/entityInformation`;
    return checked(infoAnswer, path, await this.#call({ url: path, signal })).info;
  }

  /** Asked for once per connection, so once per run, unless they are to be `fresh`. */
  picklists(entity: string, signal: AbortSignal, { fresh = false } = {}): Promise<Picklists> {
    const path = `${entity}/entityInformation/fields`;
    const known = fresh ? undefined : this.#picklists.get(entity);
    if (known !== undefined) return known;
    const asked = this.#call({ url: path, signal }).then((body) => new Picklists(checked(fieldsAnswer, path, body)));
    this.#picklists.set(entity, asked);
    asked.catch(() => this.#picklists.delete(entity));
    return asked;
  }

  /**
   * Pages by id, ascending, as Autotask always sorts: "after this id" can be taken up again at any time, while the
   * server forgets the links of a long walk.
   */
  async *pages({ entity, fields, stamps, since, position, signal }: PagesRequest): AsyncGenerator<RowPage<Row>> {
    const news = stamps.map((field) => ({ op: 'gte', field, value: since }));
    const changed = since === null ? [] : [{ op: 'or', items: news }];
    let total: number | undefined;
    const pages = afterKey<Row, number>({
      order: 'ascending',
      key: ({ id }) => id,
      position,
      fetch: async (after) => {
        const from = after === null ? everything : { op: 'gt', field: 'id', value: after };
        const filter = [from, ...changed];
        const { rows, next } = await this.#query({
          ...this.#queryRequest(entity, filter, fields),
          signal,
        });
        const more = rows.length >= pageSize || next !== null;
        // For the progress of a long import; a list of one page is its own count.
        if (more && since === null && position === null) total ??= await this.count(entity, signal);
        return { rows, more, ...(total === undefined ? {} : { total }) };
      },
    });
    yield* pages;
  }

  /** A small list, or the few rows for which all `conditions` hold, read in one go along the links that Autotask gives. */
  async list(
    entity: string,
    fields: readonly string[],
    signal: AbortSignal,
    conditions: readonly Condition[] = [everything],
  ): Promise<Row[]> {
    const rows: Row[] = [];
    const pages = byLink({
      // A link answers only to the verb and the body of the query it came from.
      first: { ...this.#queryRequest(entity, conditions, fields), signal },
      position: null,
      fetch: (request) => this.#query(request),
    });
    for await (const page of pages) rows.push(...page.rows);
    return rows;
  }

  /** Null when there is no such row, which Autotask tells with an empty answer, or with 404. */
  async one(entity: string, id: number, signal: AbortSignal): Promise<Row | null> {
    const path = `${entity}/${id}`;
    const body = await this.#call({ url: path, signal }).catch((error: unknown) => {
      if (error instanceof NotFound) return { item: null };
      throw error;
    });
    return checked(itemAnswer, path, body).item;
  }

  /**
   * Sent once: Autotask has no key against doubles. PATCH changes the fields given and needs the `id` among them.
   * @returns the id of what was written, which is all that Autotask tells of it
   */
  async write(method: 'POST' | 'PATCH', path: string, fields: object, signal: AbortSignal): Promise<number> {
    await this.#goSlowly(signal);
    return checked(writeAnswer, path, await this.#call({ method, url: path, json: fields, signal })).itemId;
  }

  #queryRequest(entity: string, filter: readonly object[], fields: readonly string[]): HttpRequest {
    // Querying changes nothing: it may be sent again, although it is a POST. As a GET its address would be too long.
    return {
      method: 'POST',
      url: `${entity}/query`,
      json: { filter, MaxRecords: pageSize, IncludeFields: fields },
      idempotent: true,
    };
  }

  async #query(request: HttpRequest): Promise<{ rows: readonly Row[]; next: string | null }> {
    await this.#goSlowly(request.signal ?? new AbortController().signal);
    const { items, pageDetails } = checked(queryAnswer, request.url, await this.#call(request));
    return { rows: items, next: pageDetails?.nextPageUrl ?? null };
  }

  async #post<S extends z.ZodType>(schema: S, path: string, json: object, signal: AbortSignal): Promise<z.infer<S>> {
    return checked(schema, path, await this.#call({ method: 'POST', url: path, json, idempotent: true, signal }));
  }

  /**
   * Reads the tenant's count now and then; the answer slows the budget down, and while it says "pause" the next
   * reading waits as long.
   */
  async #goSlowly(signal: AbortSignal): Promise<void> {
    this.#reading.queries += 1;
    if (this.#reading.queries <= queriesPerReading && this.now() - this.#reading.at < readingMs) return;
    for (let pauses = 0; pauses <= mostPauses; pauses += 1) {
      if (!mustPause(await this.usage(signal))) {
        this.#reading = { at: this.now(), queries: 0 };
        return;
      }
    }
    throw new RateLimited(this.now() + pauseMs, hourUsedUp);
  }

  /** @param request its address is relative to the zone, or a next link of this zone */
  async #call(request: HttpRequest): Promise<unknown> {
    if (this.#refused !== null) throw this.#refused;
    const signal = request.signal ?? new AbortController().signal;
    this.#zone ??= await zoneInUse(this.#environment, signal);
    try {
      return await this.#send(this.#zone, request);
    } catch (error) {
      if (!(error instanceof Unauthorized)) throw error;
      const moved = await this.#movedFrom(this.#zone, error, signal);
      // The one repetition: the secret has not been tried there yet.
      this.#zone = moved;
      return await this.#send(moved, request).catch((second: unknown) => {
        throw this.#remember(second);
      });
    }
  }

  async #movedFrom(zone: string, refused: Unauthorized, signal: AbortSignal): Promise<string> {
    const moved = await zoneMovedTo(this.#environment, zone, signal).catch((error: unknown) => {
      throw this.#remember(error instanceof Unauthorized || error instanceof UntrustedHost ? error : refused);
    });
    if (moved === null) throw this.#remember(refused);
    return moved;
  }

  #remember(error: unknown): unknown {
    if (error instanceof Unauthorized) this.#refused = error;
    return error;
  }

  async #send(zone: string, request: HttpRequest): Promise<unknown> {
    const url = URL.canParse(request.url) ? request.url : `${zone}V1.0/${request.url}`;
    if (!sameOrigin(url, zone)) throw foreignLink(url);
    const { body, status } = await this.#http.request({ ...request, url });
    const errors = errorsIn(body);
    if (errors !== null) {
      throw refusal(errors, { path: new URL(url).pathname, method: request.method ?? 'GET', status });
    }
    return body;
  }
}

function checked<S extends z.ZodType>(schema: S, path: string, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  // An empty or different answer is a failure, never "no rows".
  if (!parsed.success) throw oddAnswer(path, z.prettifyError(parsed.error));
  return parsed.data;
}

function foreignLink(url: string): UntrustedHost {
  const { host } = new URL(url);
  return new UntrustedHost(host, {
    reason: `Autotask's link to the next page leads to ${host}, which is not the zone of this account. Nothing was sent there.`,
    fix: 'Nothing was lost; reading was stopped. Please report it with a recording: msportal sync autotask --har FILE',
  });
}
