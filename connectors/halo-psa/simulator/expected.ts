/** What a connection with default options is expected to hold, and edits as people at the vendor make them. */
import type { RecordType } from '../../../src/portal/records/index.ts';
import type { Controlled, ExpectedRecord } from '../../../src/simulator/control.ts';
import { type Random, random } from '../../../src/simulator/random.ts';
import type { Instance } from './instance.ts';
import { type Client, type Ticket, unassigned, unknownId } from './model.ts';

export function controlled(instance: Instance): Controlled {
  const { clients, users, agents, tickets, clock } = instance;
  let rounds = 0;
  const draw = (): Random => random(instance.world.seed, 'control', rounds++);
  const touch = (ticket: Ticket, change: Partial<Ticket>): void => {
    Object.assign(ticket, change, { modified: clock.now(), changeSeq: instance.nextChangeSeq() });
  };

  const kinds: Partial<Record<RecordType, Kind>> = {
    companies: kind(draw, {
      rows: () => [...clients.values()].filter(({ id }) => id !== unknownId),
      expected: (client) => ({ name: client.name, isActive: !client.inactive, updatedAt: iso(client.modified) }),
      change: (client) => Object.assign(client, { name: revised(client.name), modified: clock.now() }),
      remove: (client) => removeClient(instance, client),
      create: () => instance.addCompany(clock.now()),
    }),
    contacts: kind(draw, {
      rows: () => [...users.values()].filter(({ general }) => !general),
      expected: (user) => ({
        name: instance.userName(user),
        email: user.email,
        companyExternalId: String(user.client),
        updatedAt: iso(user.modified),
      }),
      change: (user) => Object.assign(user, { phone: otherExtension(user.phone), modified: clock.now() }),
      remove: (user) => {
        users.delete(user.id);
        for (const ticket of tickets.values()) {
          if (ticket.user === user.id) touch(ticket, { user: instance.generalUser(ticket.site) });
        }
      },
      create: () => instance.addPerson(clock.now()),
    }),
    users: kind(draw, {
      rows: () => [...agents.values()].filter(({ id, api }) => id !== unassigned && !api),
      expected: (agent) => ({ name: agent.name, email: agent.email, updatedAt: iso(agent.modified) }),
      change: (agent) =>
        Object.assign(agent, { jobTitle: revised(agent.jobTitle ?? 'Engineer'), modified: clock.now() }),
      remove: (agent) => {
        agents.delete(agent.id);
        for (const ticket of tickets.values()) if (ticket.agent === agent.id) touch(ticket, { agent: unassigned });
      },
      create: () => instance.addTechnician(clock.now()),
    }),
    tickets: kind(draw, {
      rows: () => [...tickets.values()].filter(isSynced),
      expected: (ticket) => ({
        title: ticket.summary,
        companyExternalId: ticket.client === unknownId ? null : String(ticket.client),
        updatedAt: iso(ticket.modified),
      }),
      change: (ticket) => touch(ticket, { summary: revised(ticket.summary) }),
      remove: (ticket) => touch(ticket, { deleted: true }),
      create: () => instance.addTicket(clock.now()),
    }),
  };

  return {
    records: (type) => kinds[type]?.records() ?? null,
    totals: () => Object.fromEntries(Object.entries(kinds).map(([type, { records }]) => [type, records().length])),
    change: (type, count) => kinds[type]?.change(count) ?? null,
    remove: (type, count) => kinds[type]?.remove(count) ?? null,
    create: (type, count) => kinds[type]?.create(count) ?? null,
  };
}

interface Kind {
  records(): ExpectedRecord[];
  change(count: number): string[];
  remove(count: number): string[];
  create(count: number): string[];
}

interface Row {
  readonly id: number;
}

function kind<R extends Row>(
  draw: () => Random,
  of: {
    rows(): R[];
    expected(row: R): Omit<ExpectedRecord, 'externalId'> & { readonly updatedAt: string };
    change(row: R): unknown;
    remove(row: R): unknown;
    create(): Row;
  },
): Kind {
  const each = (count: number, act: (row: R) => unknown): string[] => {
    const drawn = sample(of.rows(), count, draw());
    for (const row of drawn) act(row);
    return drawn.map(({ id }) => String(id));
  };
  return {
    records: () => of.rows().map((row) => ({ externalId: String(row.id), ...of.expected(row) })),
    change: (count) => each(count, of.change),
    remove: (count) => each(count, of.remove),
    create: (count) => Array.from({ length: Math.max(0, count) }, () => String(of.create().id)),
  };
}

const isSynced = (ticket: Ticket): boolean => ticket.use === 'ticket' && !ticket.deleted && ticket.mergedInto === 0;

const iso = (at: number): string => new Date(at).toISOString();

/** `Printer offline (rev 2)`, then `(rev 3)`. */
function revised(text: string): string {
  const [, plain = text, count = '1'] = /^(.*) \(rev (\d+)\)$/s.exec(text) ?? [];
  return `${plain} (rev ${Number(count) + 1})`;
}

function otherExtension(phone: string | null): string {
  const [number = '', extension = '100'] = (phone ?? '').split(' ext ');
  return `${number} ext ${Number(extension) + 1}`;
}

/** That many distinct rows, drawn anew each time. */
function sample<R>(rows: R[], count: number, draw: Random): R[] {
  const wanted = Math.min(Math.max(0, count), rows.length);
  for (let i = 0; i < wanted; i++) {
    const other = i + draw.below(rows.length - i);
    [rows[i], rows[other]] = [rows[other] as R, rows[i] as R];
  }
  return rows.slice(0, wanted);
}

/** A client leaves with its sites, its users and its tickets. */
function removeClient(instance: Instance, client: Client): void {
  instance.clients.delete(client.id);
  for (const site of [...instance.sites.values()]) if (site.client === client.id) instance.sites.delete(site.id);
  for (const user of [...instance.users.values()]) if (user.client === client.id) instance.users.delete(user.id);
  for (const ticket of instance.tickets.values()) if (ticket.client === client.id) ticket.deleted = true;
}
