/** The wire of a learning record store, as the xAPI standard has it. */
import { z } from 'zod';
import { Malformed } from '../../../src/connector/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../src/connector/http.ts';
import type { Credentials } from '../../../src/connector/manifest.ts';
import { explainLrs, oddAnswer } from '../failures.ts';
import { type Statement, statementSchema, voidedVerb } from './statements.ts';

/** Servers cap it as they like. */
const pageSize = 100;
const versionHeader = 'x-experience-api-version';

const pageSchema = z.looseObject({ statements: z.array(z.unknown()), more: z.string().nullish() });
const aboutSchema = z.looseObject({ version: z.array(z.string()) });

export interface StatementPage {
  readonly statements: readonly Statement[];
  /** Everything stored before it can be seen; ISO. Null when the store does not say, which the standard forbids. */
  readonly consistentThrough: string | null;
  readonly more: string | null;
}

export class RecordStore {
  readonly #http: Http;
  readonly #endpoint: string;
  readonly #version: string;

  constructor(http: Http, credentials: Credentials) {
    const { endpoint = '', lrsKey = '', lrsSecret = '', lrsAuth, xapiVersion = '1.0.3' } = credentials;
    const basic = `Basic ${Buffer.from(`${lrsKey}:${lrsSecret}`).toString('base64')}`;
    const authorization = lrsAuth === 'bearer' ? `Bearer ${lrsSecret}` : basic;
    this.#http = http.withExplain(explainLrs).withAuth({ kind: 'headers', headers: { authorization } });
    this.#endpoint = endpoint;
    this.#version = xapiVersion;
  }

  /** The versions that the store takes. */
  async versions(signal: AbortSignal): Promise<readonly string[]> {
    const { body } = await this.#get({ url: 'about', signal });
    const parsed = aboutSchema.safeParse(body);
    if (!parsed.success) throw oddAnswer('/about', z.prettifyError(parsed.error));
    return parsed.data.version;
  }

  /** In the order in which they were stored. `since`: stored after it, ISO. */
  async *walk(
    query: { readonly since?: string; readonly agent?: string },
    signal: AbortSignal,
  ): AsyncGenerator<StatementPage> {
    let page = await this.#page({
      url: 'statements',
      query: { ...query, ascending: true, limit: pageSize },
      signal,
    });
    const seen = new Set<string>();
    for (;;) {
      yield page;
      const { more } = page;
      if (more === null) return;
      if (seen.has(more)) throw goesInCircles();
      seen.add(more);
      page = await this.#page({ url: this.#absolute(more), signal });
    }
  }

  /** The newest, or none. */
  newest(signal: AbortSignal): Promise<StatementPage> {
    return this.#page({ url: 'statements', query: { limit: 1 }, signal });
  }

  /** A statement that was taken back, which no list has any more; null when the store does not give it. */
  async voided(id: string, signal: AbortSignal): Promise<Statement | null> {
    const answer = await this.#get({ url: 'statements', query: { voidedStatementId: id }, accept: [404], signal });
    return statementSchema.safeParse(answer.body).data ?? null;
  }

  async #page(request: HttpRequest): Promise<StatementPage> {
    const answer = await this.#get(request);
    const parsed = pageSchema.safeParse(answer.body);
    if (!parsed.success) throw oddAnswer('/statements', z.prettifyError(parsed.error));
    return {
      // One that does not fit the standard says nothing that could be used.
      statements: parsed.data.statements.flatMap((each) => statementSchema.safeParse(each).data ?? []),
      consistentThrough: answer.headers['x-experience-api-consistent-through'] ?? null,
      more: parsed.data.more || null,
    };
  }

  #get(request: HttpRequest): Promise<HttpResponse> {
    return this.#http.request({ ...request, headers: { [versionHeader]: this.#version } });
  }

  /** `more` is a path on the store's host, and not below the endpoint's own path. `Http` refuses any other host. */
  #absolute(more: string): string {
    return URL.parse(more, new URL(this.#endpoint).origin)?.href ?? more;
  }
}

/** The id of the statement that this one takes back; null for any other. */
export function voids({ verb, object }: Statement): string | null {
  return verb.id === voidedVerb && object.objectType === 'StatementRef' ? (object.id ?? null) : null;
}

function goesInCircles(): Malformed {
  return new Malformed({
    reason: 'The list of statements goes in circles: the store named the same next page twice.',
    fix: 'Try again later. If it stays so, please report it with a HAR file.',
  });
}
