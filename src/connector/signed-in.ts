/** How the requests of a connection are signed: fixed headers, or a bearer token that is fetched, shared and renewed. */

import type { Redactor } from '../text/redact.ts';
import type { Auth, Http, Token } from './http.ts';
import type { TokenCache } from './tokens.ts';

export interface SignInParts {
  readonly tokens: TokenCache;
  readonly redactor: Redactor;
  /** For fetching tokens: the same connection without a sign-in, or a 401 of the sign-in service would ask for a token. */
  readonly unsigned: () => Http;
}

export class SignedIn {
  readonly #auth: Auth;
  readonly #parts: SignInParts;

  constructor(auth: Auth, parts: SignInParts) {
    this.#auth = auth;
    this.#parts = parts;
    if (auth.kind === 'headers') for (const value of Object.values(auth.headers)) parts.redactor.add(value);
  }

  get usesToken(): boolean {
    return this.#auth.kind === 'bearer';
  }

  headers(token: Token | undefined): Readonly<Record<string, string>> {
    if (this.#auth.kind === 'headers') return this.#auth.headers;
    return token === undefined ? {} : { authorization: `Bearer ${token.value}` };
  }

  /** The token in force; fetched when there is none. */
  async token(signal: AbortSignal): Promise<Token> {
    if (this.#auth.kind !== 'bearer')
      throw new TypeError('This connection has no token: its sign-in is not a bearer one.');
    const { earlyMs } = this.#auth.source;
    return this.#parts.tokens.get(this.#name, () => this.#fetch(), {
      signal,
      ...(earlyMs === undefined ? {} : { earlyMs }),
    });
  }

  /** Another token in place of one that was refused; undefined when there is none to be had. */
  async renew(refused: Token, signal: AbortSignal): Promise<Token | undefined> {
    return this.#parts.tokens.renew(this.#name, refused, () => this.#fetch(), { signal });
  }

  accepted(token: Token): void {
    this.#parts.tokens.accepted(this.#name, token);
  }

  expire(): void {
    this.#parts.tokens.expire(this.#name);
  }

  get #name(): string {
    return this.#auth.kind === 'bearer' ? (this.#auth.source.name ?? '') : '';
  }

  async #fetch(): Promise<Token> {
    if (this.#auth.kind !== 'bearer') throw new TypeError('no bearer sign-in');
    const token = await this.#auth.source.fetch(this.#parts.unsigned());
    const { redactor, tokens } = this.#parts;
    const previous = tokens.current(this.#name);
    if (previous !== undefined) redactor.forget(previous);
    redactor.add(token.value);
    return token;
  }
}
