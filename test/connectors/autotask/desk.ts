/** Somebody else who works in the same Autotask, through its API. */
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

export interface Ticket {
  readonly id: number;
  readonly title: string;
  readonly status: number;
  readonly priority: number;
  readonly queueID: number | null;
  readonly companyID: number;
  readonly assignedResourceID: number | null;
  readonly assignedResourceRoleID: number | null;
  readonly externalID: string;
  readonly [field: string]: unknown;
}
export interface TicketNote {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly noteType: number;
  readonly publish: number;
}
type Id = string | number | null;

export class Desk {
  readonly #sim: RunningSimulator;

  constructor(sim: RunningSimulator) {
    this.#sim = sim;
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const { username = '', secret = '', integrationCode = '' } = this.#sim.credentials;
    const response = await fetch(`${this.#sim.url}/ATServicesRest/V1.0/${path}`, {
      method,
      headers: { username, secret, apiintegrationcode: integrationCode, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async #query<T>(entity: string, filter: object): Promise<T[]> {
    return (await this.#call<{ items: T[] }>('POST', `${entity}/query`, { filter: [filter] })).items;
  }

  ticket = async (id: Id) => (await this.#call<{ item: Ticket }>('GET', `Tickets/${id}`)).item;
  resource = async (id: Id) =>
    (await this.#call<{ item: Readonly<Record<string, unknown>> }>('GET', `Resources/${id}`)).item;
  create = (fields: object) => this.#call('POST', 'Tickets', fields);
  edit = (id: Id, fields: object) => this.#call('PATCH', 'Tickets', { id: Number(id), ...fields });
  editResource = (id: Id, fields: object) => this.#call('PATCH', 'Resources', { id: Number(id), ...fields });
  titled = (title: string) => this.#query<Ticket>('Tickets', { op: 'contains', field: 'title', value: title });
  /** In which one of them works; nobody in none. */
  async roleOf(resource: unknown): Promise<unknown> {
    if (resource === null) return null;
    const filter = { op: 'eq', field: 'resourceID', value: resource };
    const roles = await this.#query<{ roleID: number; isActive: boolean }>('ResourceServiceDeskRoles', filter);
    return roles.find(({ isActive }) => isActive)?.roleID;
  }
  notes = (ticket: Id) => this.#query<TicketNote>('TicketNotes', { op: 'eq', field: 'ticketID', value: ticket });
}
