/** What every path of the simulator works with: the account, the token's rights, and how rows are shown. */
import { type Answer, jsonBody, Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Instance } from './instance.ts';
import { account, apiToken, type User } from './model.ts';

/** As ticked on the token's screen. */
export const permissions = [
  'Customers - List/Search',
  'Customers - View Detail',
  'Customers - Create',
  'Customers - Edit',
  'Tickets - List/Search',
  'Tickets - View Details',
  'Tickets - Create',
  'Tickets - Edit',
  'Ticket Comments - New',
  'Assets - List/Search',
  'Assets - View Details',
  'RMM Alerts - List',
] as const;
export type Permission = (typeof permissions)[number];

/** `no-tickets-list-search`: the fault that takes the permission away. */
export const faultAgainst = (permission: Permission): string =>
  `no-${permission.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;

/** The documented answer to a missing permission: 401, as to a bad token. */
export const notAuthorised: Answer = {
  status: 401,
  body: { error: 'Not authorized. Please ask account admin to update your group permissions.' },
};
/** What a bad token is told is not documented. */
export const badToken: Answer = { status: 401, body: { error: 'Invalid or expired API token' } };

export const refuse = (status: number, body: object): Refusal => new Refusal({ status, body });

export class Context {
  readonly instance: Instance;
  readonly faults: Faults;

  constructor(instance: Instance, faults: Faults) {
    this.instance = instance;
    this.faults = faults;
  }

  /** Header with or without the word Bearer, query, or a member of the JSON body: all four are in use. */
  authorise(request: SimulatorRequest): Answer | undefined {
    if (this.faults.isOn('bad-token')) return badToken;
    const { authorization } = request.headers;
    const given =
      authorization?.replace(/^bearer\s+/i, '') ?? request.query.get('api_key') ?? member(jsonBody(request), 'api_key');
    return given === apiToken ? undefined : badToken;
  }

  /** @throws Refusal when a fault has taken one of them away. */
  permit(needed: readonly Permission[]): void {
    for (const permission of needed) {
      if (this.faults.isOn(faultAgainst(permission))) throw new Refusal(notAuthorised);
      if (permission === 'Tickets - List/Search' && this.faults.isOn('forbidden-403')) {
        throw new Refusal({ ...notAuthorised, status: 403 });
      }
    }
  }

  /** The one customer that a single-customer user sees; null: all. */
  get onlyCustomer(): number | null {
    if (!this.faults.isOn('single-customer-user')) return null;
    return this.instance.customers.keys().next().value ?? 0;
  }

  sees(customer: number | null): boolean {
    const only = this.onlyCustomer;
    return only === null || customer === only;
  }

  /** Whether users who were disabled stay in the list is not known. */
  listedUsers(): User[] {
    const all = this.faults.isOn('disabled-users-listed');
    return [...this.instance.users.values()].filter(({ disabled }) => all || !disabled);
  }

  time(at: number): string {
    if (!this.faults.isOn('account-zone')) return new Date(at).toISOString();
    const local = new Date(at + account.zoneHours * 3_600_000).toISOString();
    return local.replace('Z', `-0${-account.zoneHours}:00`);
  }

  timeOrNull(at: number | null): string | null {
    return at === null ? null : this.time(at);
  }

  /** Names and titles, which an attacker may have written. */
  say(text: string, id: number): string {
    return this.faults.isOn('hostile-text') ? hostileText(text, id) : text;
  }
}

function member(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}
