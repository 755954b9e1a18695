/** Somebody at the vendor: works in Halo with a sign-in of their own, through the very API that Halo has. */
import type { RunningSimulator } from '../../src/simulator/simulator.ts';

export interface HaloTicket {
  readonly id: number;
  readonly summary: string;
  readonly status_id: number;
  readonly priority_id: number;
  readonly agent_id: number;
  readonly team: string;
  readonly category_1?: string;
  readonly client_id: number;
  readonly client_reference: string;
  readonly last_update: string;
}

export class HaloDesk {
  readonly #sim: RunningSimulator;
  #token = '';

  constructor(sim: RunningSimulator) {
    this.#sim = sim;
  }

  async #call<T>(path: string, body?: unknown): Promise<T> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const response = await fetch(`${this.#sim.url}/api/${path}`, {
        headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify([body]) }),
      });
      if (response.status === 401) {
        await this.#signIn();
        continue;
      }
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    }
    throw new Error(`${path}: cannot sign in`);
  }

  async #signIn(): Promise<void> {
    const { clientId = '', clientSecret = '' } = this.#sim.credentials;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'read:tickets edit:tickets all:teams',
    };
    const response = await fetch(`${this.#sim.url}/auth/token`, { method: 'POST', body: new URLSearchParams(form) });
    this.#token = ((await response.json()) as { access_token: string }).access_token;
  }

  ticket = (id: string | number | null) => this.#call<HaloTicket>(`Tickets/${id}?includedetails=true`);
  edit = (id: string | number | null, fields: object) =>
    this.#call<HaloTicket>('Tickets', { id: Number(id), ...fields });
  create = (fields: object) => this.#call<HaloTicket>('Tickets', fields);
  editAgent = (id: string | number | null, fields: object) => this.#call('Agent', { id: Number(id), ...fields });
  agent = (id: string | number | null) => this.#call<{ name: string; jobtitle?: string }>(`Agent/${id}`);

  /** All tickets whose title is this, white space aside. */
  async titled(title: string): Promise<HaloTicket[]> {
    const search = title.trim().slice(0, 40);
    const path = `Tickets?pageinate=true&page_size=100&page_no=1&search_summary=${encodeURIComponent(search)}`;
    return (await this.#call<{ tickets: HaloTicket[] }>(path)).tickets;
  }

  async notes(id: string | number | null): Promise<string[]> {
    const { actions } = await this.#call<{ actions: { note: string }[] }>(`Actions?ticket_id=${id}`);
    return actions.map(({ note }) => note);
  }
}
