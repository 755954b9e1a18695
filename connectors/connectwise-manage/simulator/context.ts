/** What every path of the simulator works with: the instance, which faults are on, and who may see what. */
import { type Answer, Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { type DateReading, exactDates, serverOffsetMs } from './conditions.ts';
import { account, type Instance } from './instance.ts';

/** Parts of the security role that a fault can take away. */
export type Right = 'companies' | 'contacts' | 'members' | 'tickets' | 'setup' | 'write' | 'close';

export class Context {
  readonly instance: Instance;
  readonly faults: Faults;
  /** Follows the release: changes with an upgrade of the cloud. */
  #codebase = 'v2025_1';

  constructor(instance: Instance, faults: Faults) {
    this.instance = instance;
    this.faults = faults;
  }

  /** The customer's own server: the old codebase, and no region. */
  get onPremises(): boolean {
    return this.faults.isOn('on-premises');
  }

  get codebase(): string {
    return this.onPremises ? alias : this.#codebase;
  }

  upgrade(): void {
    this.#codebase = this.#codebase === 'v2025_1' ? 'v2025_2' : 'v2025_1';
  }

  get dates(): DateReading {
    if (this.faults.isOn('dates-misread')) return { zonedShiftMs: serverOffsetMs, plainShiftMs: serverOffsetMs };
    return this.faults.isOn('zones-misread') ? { zonedShiftMs: serverOffsetMs, plainShiftMs: 0 } : exactDates;
  }

  /** Text as it is stored: a line break in a field of one line is shown as a space. */
  stored(text: string): string {
    return this.faults.isOn('rewrites-text')
      ? text.replaceAll(/\s+/g, ' ').trim()
      : text.replaceAll(/[\r\n]+/g, ' ').trim();
  }

  /** @throws Refusal 403 */
  permit(right: Right): void {
    if (this.faults.isOn(`no-right-${right}`)) throw new Refusal(noRight);
  }

  /** Asked before a path is looked at: which release and company, which integration, whose keys. */
  refuse(request: SimulatorRequest): Answer | undefined {
    const [codebase = '', ...rest] = request.path.slice(1).split('/');
    const doubled = rest.join('/').includes('apis/3.0/apis/3.0');
    if (this.faults.isOn('cannot-route') || doubled || ![this.codebase, alias].includes(codebase)) return cannotRoute;
    const { clientid } = request.headers;
    if (this.#clientIdFault !== null || clientid !== account.clientId)
      return clientIdRefused(this.#clientIdFault ?? 401);
    if (this.faults.isOn('inactive-member')) return notAuthenticated;
    if (this.faults.isOn('bad-keys-404')) return pageNotFound;
    const { company, keys } = credentialsOf(request);
    if (company !== null && company.toLowerCase() !== account.companyId) return cannotRoute;
    if (keys === `${account.publicKey}:${account.privateKey}`) return undefined;
    // Below the alias the cloud hides the true answer.
    return codebase === alias && !this.onPremises ? pageNotFound : badKeys;
  }

  /** Sources tell of three statuses for the same refusal. */
  get #clientIdFault(): number | null {
    return [400, 401, 403].find((status) => this.faults.isOn(`client-id-${status}`)) ?? null;
  }
}

/** Routes to the tenant's release on the cloud, is the release itself on-premises. */
export const alias = 'v4_6_release';

function credentialsOf(request: SimulatorRequest): { company: string | null; keys: string } {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const plus = text.indexOf('+');
  return plus < 0 ? { company: null, keys: '' } : { company: text.slice(0, plus), keys: text.slice(plus + 1) };
}

export const error = (status: number, code: string, message: string, errors: unknown = null): Answer => ({
  status,
  body: { code, message, errors },
});

export const badKeys = error(401, 'Unauthorized', 'The credentials are invalid.');
export const noRight = error(403, 'Security', 'You do not have security permission to perform this action.');
export const noEndpoint = error(404, 'ConnectWiseApi', 'The endpoint does not exist.');
export const cannotRoute: Answer = {
  status: 400,
  headers: { 'content-type': 'text/plain' },
  body: 'Cannot route. Codebase/company is invalid',
};
export const pageNotFound: Answer = {
  status: 404,
  body: '<!DOCTYPE html><html><head><title>Not Found</title></head><body><h1>Not Found</h1></body></html>',
};
const notAuthenticated = error(401, 'ConnectWiseApi', 'UserNotAuthenticated');
const clientIdRefused = (status: number) => error(status, 'Unauthorized', 'The clientId header is missing or invalid.');

/** The row that the path names. @throws Refusal 404 */
export function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Refusal(error(404, 'NotFound', 'The record was not found.'));
  return row;
}
