/** One tenant of many: its own token, its own failures, and the three ways to read it (one answer, a batch, pages). */
import { z } from 'zod';
import type { ConnectorEnvironment, PagePart } from '../../src/connector/contract.ts';
import { Cancelled, ConnectorError, Forbidden, Unreachable } from '../../src/connector/errors.ts';
import type { Http, HttpRequest } from '../../src/connector/http.ts';
import { byLink } from '../../src/connector/paging.ts';
import { isGuid } from './credentials.ts';
import { explainFor, oddAnswer, SignInRefused, type TenantState } from './failures.ts';
import { consentUrl, tokenSource } from './sign-in.ts';

/** For queries that Microsoft answers from an index. Links to further pages do not carry it: each page needs it again. */
const eventual = { ConsistencyLevel: 'eventual' };

/** So many empty pages in a row, or one of nothing but rows seen before, and a list is taken to be at its end. */
const emptyPagesInARow = 3;

export interface Query {
  /** Relative to the version: `/organization?$select=id`. */
  readonly url: string;
  readonly eventual?: boolean;
  readonly security?: boolean;
}

export type Answer = { readonly body: unknown } | { readonly error: ConnectorError };

/** Unknown as a whole: nothing is asked of this tenant any more in this run. */
interface Broken {
  readonly error: ConnectorError;
  readonly state: TenantState;
}

export class Tenant {
  /** As the operator named it. */
  readonly key: string;
  readonly consentUrl: string;
  readonly #http: Http;
  readonly #memory: ConnectorEnvironment['memory'];
  readonly #remembered = new Map<string, Promise<unknown>>();
  #broken: Broken | null = null;

  constructor(environment: ConnectorEnvironment, key: string) {
    this.key = key;
    this.consentUrl = consentUrl(environment.credentials, key);
    this.#memory = environment.memory;
    this.#http = environment.http
      .withExplain(explainFor({ tenant: key, consentUrl: this.consentUrl }))
      .withAuth({ kind: 'bearer', source: tokenSource(environment.credentials, key) });
  }

  /** The tenant's id, with which the ids of its rows begin; null as long as only a domain is known. Domains move, ids do not. */
  get id(): string | null {
    return isGuid(this.key) ? this.key : (this.#memory.get(`id:${this.key}`) ?? null);
  }

  get label(): string {
    return this.#memory.get(`name:${this.key}`) ?? this.key;
  }

  get broken(): Broken | null {
    return this.#broken;
  }

  get part(): Pick<PagePart, 'key' | 'label' | 'prefix'> {
    return { key: this.key, label: this.label, prefix: this.id ?? '' };
  }

  /** What is learned of it for good: said in messages from then on. */
  learn(id: string, name: string | null): void {
    if (!isGuid(this.key)) this.#memory.set(`id:${this.key}`, id);
    if (name !== null) this.#memory.set(`name:${this.key}`, name);
  }

  /** The day up to which this tenant's history of scores has been told. */
  get historyTold(): string | null {
    return this.#memory.get(`history:${this.key}`) ?? null;
  }
  set historyTold(day: string) {
    this.#memory.set(`history:${this.key}`, day);
  }

  /** Made once per run, however many record types need it. A failure is not kept. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#remembered.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#remembered.set(name, made);
    made.catch(() => this.#remembered.delete(name));
    return made;
  }

  /** Signs in, with a new token if asked for; the permissions in it, as far as it tells. Throws SignInRefused. */
  async signIn(signal: AbortSignal, fresh = false): Promise<string> {
    if (this.#broken !== null && !fresh) throw this.#broken.error;
    if (fresh) {
      this.#broken = null;
      this.#http.renewToken();
    }
    const { about = {} } = await this.#guarded(this.#http.token());
    signal.throwIfAborted();
    if (about.tid !== undefined && isGuid(about.tid)) this.learn(about.tid, null);
    return about.roles ?? '';
  }

  async json<S extends z.ZodType>(schema: S, what: string, query: Query, signal: AbortSignal): Promise<z.infer<S>> {
    const { body } = await this.#guarded(this.#http.request(requestFor(query, signal)));
    return valid(schema, what, body);
  }

  /**
   * Up to 20 questions in one request. One that is not answered well is asked again by itself, so that waiting, trying
   * again and explaining are the same as everywhere; what it then fails with is given back and not thrown.
   */
  async batch<K extends string>(queries: Readonly<Record<K, Query>>, signal: AbortSignal): Promise<Record<K, Answer>> {
    const names = Object.keys(queries) as K[];
    const requests = names.map((id) => ({
      id,
      method: 'GET',
      url: queries[id].url,
      ...(queries[id].eventual ? { headers: eventual } : {}),
    }));
    const { body } = await this.#guarded(
      this.#http.request({ method: 'POST', url: '$batch', json: { requests }, idempotent: true, signal }),
    );
    const { responses } = valid(batchAnswer, 'a batch', body);
    const told = new Map(responses.map((response) => [response.id, response]));
    const answers = {} as Record<K, Answer>;
    for (const name of names) {
      const response = told.get(name);
      const fine = response !== undefined && response.status >= 200 && response.status < 300;
      answers[name] = fine ? { body: response.body } : await this.#alone(queries[name], signal);
    }
    return answers;
  }

  /**
   * All pages of a list. Some lists of Microsoft's hand out links without end: a page that brings nothing new is taken for
   * the end, and so are several empty ones in a row (a single one is not).
   */
  async *pages<S extends z.ZodType>(
    row: S,
    what: string,
    query: Query,
    signal: AbortSignal,
  ): AsyncGenerator<z.infer<S>[]> {
    const schema = page(row);
    const seen = new Set<string>();
    let empty = 0;
    let circular = false;
    const answers = byLink<z.infer<S>>({
      first: requestFor(query, signal),
      position: null,
      fetch: async (request) => {
        const { body } = await this.#guarded(this.#http.request(request));
        const { value, '@odata.nextLink': next } = valid(schema, what, body);
        const rows = value as z.infer<S>[];
        const fresh = rows.filter((each) => !seen.has(idOf(each)));
        for (const each of fresh) seen.add(idOf(each));
        empty = rows.length === 0 ? empty + 1 : 0;
        circular = (rows.length > 0 && fresh.length === 0) || empty >= emptyPagesInARow;
        return { rows: fresh, next: circular ? null : next };
      },
    });
    for await (const { rows } of answers) yield [...rows];
  }

  async #alone(query: Query, signal: AbortSignal): Promise<Answer> {
    try {
      const { body } = await this.#guarded(this.#http.request(requestFor(query, signal)));
      return { body };
    } catch (error) {
      if (error instanceof ConnectorError && !this.stopsRun(error) && this.#broken === null) return { error };
      throw error;
    }
  }

  /** What no other tenant could do better: a stop, a dead network, a secret that is wrong for all. */
  stopsRun(error: ConnectorError): boolean {
    if (error instanceof SignInRefused) return error.concerns === 'application';
    return error instanceof Cancelled || error instanceof Unreachable;
  }

  async #guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof SignInRefused) this.#broken = { error, state: error.state };
      // The rights in a token are those of the moment it was issued: what was granted since shows only in the next one.
      if (error instanceof Forbidden) this.#http.renewToken();
      throw error;
    }
  }
}

function requestFor({ url, eventual: needed, security }: Query, signal: AbortSignal): HttpRequest {
  return {
    url,
    signal,
    ...(needed ? { headers: eventual } : {}),
    ...(security ? { budget: 'security' } : {}),
  };
}

const batchAnswer = z.object({
  responses: z.array(z.object({ id: z.string(), status: z.number(), body: z.unknown() })),
});

const page = (row: z.ZodType) =>
  z.object({ value: z.array(row), '@odata.nextLink': z.string().nullish(), '@odata.count': z.number().optional() });

function idOf(row: unknown): string {
  const id = (row as { id?: unknown }).id;
  return typeof id === 'string' ? id : JSON.stringify(row);
}

export function valid<S extends z.ZodType>(schema: S, what: string, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw oddAnswer(what, z.prettifyError(parsed.error));
  return parsed.data;
}
