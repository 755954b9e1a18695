/** What a connection with default options is expected to hold, and edits as people at the vendor make them. */
import type { Controlled, ExpectedRecord } from '../../../src/simulator/control.ts';
import { controlledBy, controls, type Kind, revised } from '../../../src/simulator/kinds.ts';
import type { Instance } from './instance.ts';
import { type Client, type Ticket, unassigned, unknownId } from './model.ts';

export function controlled(instance: Instance): Controlled {
  const { clients, users, agents, tickets, clock } = instance;
  const touch = (ticket: Ticket, change: Partial<Ticket>): void => {
    Object.assign(ticket, change, { modified: clock.now(), changeSeq: instance.nextChangeSeq() });
  };

  const rows = controlledBy(instance.world.seed, {
    companies: kind({
      rows: () => [...clients.values()].filter(({ id }) => id !== unknownId),
      expected: (client) => ({ name: client.name, isActive: !client.inactive, updatedAt: iso(client.modified) }),
      change: (client) => Object.assign(client, { name: revised(client.name), modified: clock.now() }),
      remove: (client) => removeClient(instance, client),
      create: () => instance.addCompany(clock.now()),
    }),
    contacts: kind({
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
    users: kind({
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
    tickets: kind({
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
  });
  return { ...rows, addStatus: (name, listed) => instance.addStatus(name, listed) };
}

interface Row {
  readonly id: number;
}

/** Halo's rows are named by their number. */
function kind<R extends Row>(
  of: Omit<Kind<R>, 'expected'> & {
    expected(row: R): Omit<ExpectedRecord, 'externalId'> & { readonly updatedAt: string };
  },
) {
  return controls({ ...of, expected: (row: R) => ({ externalId: String(row.id), ...of.expected(row) }) });
}

const isSynced = (ticket: Ticket): boolean => ticket.use === 'ticket' && !ticket.deleted && ticket.mergedInto === 0;

const iso = (at: number): string => new Date(at).toISOString();

function otherExtension(phone: string | null): string {
  const [number = '', extension = '100'] = (phone ?? '').split(' ext ');
  return `${number} ext ${Number(extension) + 1}`;
}

/** A client leaves with its sites, its users and its tickets. */
function removeClient(instance: Instance, client: Client): void {
  instance.clients.delete(client.id);
  for (const site of [...instance.sites.values()]) if (site.client === client.id) instance.sites.delete(site.id);
  for (const user of [...instance.users.values()]) if (user.client === client.id) instance.users.delete(user.id);
  for (const ticket of instance.tickets.values()) if (ticket.client === client.id) ticket.deleted = true;
}
