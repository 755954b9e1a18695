/** Somebody at the vendor: works in ConnectWise with keys of their own, through the very API that it has. */
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

interface Named {
  readonly id: number;
  readonly name: string;
}
export interface CwTicket {
  readonly id: number;
  readonly summary: string;
  readonly board: Named;
  readonly status: Named;
  readonly type?: Named;
  readonly subType?: Named;
  readonly priority: Named;
  readonly owner?: Named;
  readonly contact?: Named;
  readonly company: Named;
  readonly closedFlag: boolean;
  readonly externalXRef?: string;
}
export interface CwNote {
  readonly id: number;
  readonly text: string;
  readonly detailDescriptionFlag: boolean;
  readonly internalAnalysisFlag: boolean;
}

export class ConnectWiseDesk {
  readonly #sim: RunningSimulator;

  constructor(sim: RunningSimulator) {
    this.#sim = sim;
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { companyId, publicKey, privateKey, clientId = '' } = this.#sim.credentials;
    const basic = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64');
    const response = await fetch(`${this.#sim.url}/v4_6_release/apis/3.0/${path}`, {
      method,
      headers: { authorization: `Basic ${basic}`, clientid: clientId, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => null);
    if (response?.ok !== true) throw new Error(`${path}: ${response?.status} ${await response?.text()}`);
    return (await response.json()) as T;
  }

  ticket = (id: unknown) => this.#call<CwTicket>('GET', `service/tickets/${id}`);
  member = (id: unknown) =>
    this.#call<{ firstName: string; lastName?: string; title?: string; primaryEmail?: string }>(
      'GET',
      `system/members/${id}`,
    );
  notes = (id: unknown) => this.#call<CwNote[]>('GET', `service/tickets/${id}/notes?pageSize=1000`);
  create = (fields: object) => this.#call<CwTicket>('POST', 'service/tickets', fields);

  /** By property; null removes. */
  edit(id: unknown, fields: Readonly<Record<string, unknown>>): Promise<CwTicket> {
    const operations = Object.entries(fields).map(([path, value]) =>
      value === null ? { op: 'remove', path } : { op: 'replace', path, value },
    );
    return this.#call('PATCH', `service/tickets/${id}`, operations);
  }

  editMember(id: unknown, fields: Readonly<Record<string, unknown>>): Promise<unknown> {
    const operations = Object.entries(fields).map(([path, value]) => ({ op: 'replace', path, value }));
    return this.#call('PATCH', `system/members/${id}`, operations);
  }

  titled(title: string): Promise<CwTicket[]> {
    return this.#call('GET', `service/tickets?pageSize=1000&conditions=${encodeURIComponent(`summary="${title}"`)}`);
  }
}
