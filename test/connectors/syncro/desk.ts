/** Somebody else who works in the same Syncro, through its API. */
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

export interface Comment {
  readonly id: number;
  readonly subject: string;
  readonly body: string;
  readonly hidden: boolean;
}
export interface Ticket {
  readonly id: number;
  readonly subject: string;
  readonly status: string;
  readonly priority: string | null;
  readonly problem_type: string | null;
  readonly ticket_type_id: number | null;
  readonly customer_id: number;
  readonly contact_id: number | null;
  readonly user_id: number | null;
  readonly tag_list: readonly string[];
  readonly resolved_at: string | null;
  readonly comments: readonly Comment[];
  readonly [field: string]: unknown;
}
type Id = string | number | null;

export class Desk {
  readonly #sim: RunningSimulator;

  constructor(sim: RunningSimulator) {
    this.#sim = sim;
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${this.#sim.credentials.api_token}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.#sim.url}/api/v1/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  ticket = async (id: Id) => (await this.#call<{ ticket: Ticket }>('GET', `tickets/${id}`)).ticket;
  edit = (id: Id, fields: object) => this.#call('PUT', `tickets/${id}`, fields);
  create = (fields: object) => this.#call<{ ticket: Ticket }>('POST', 'tickets', fields);

  /** Whose subject has this in it, oldest first. */
  async titled(title: string): Promise<Ticket[]> {
    const found: Ticket[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const path = `tickets?page=${page}&query=${encodeURIComponent(title)}`;
      const { tickets, meta } = await this.#call<{ tickets: Ticket[]; meta: { total_pages: number } }>('GET', path);
      found.push(...tickets);
      pages = meta.total_pages;
    }
    return found.reverse();
  }

  /** Oldest first. */
  async notes(ticket: Id): Promise<Comment[]> {
    const path = `tickets/${ticket}/comments?per_page=100&sort_direction=ASC`;
    return (await this.#call<{ comments: Comment[] }>('GET', path)).comments;
  }
}
