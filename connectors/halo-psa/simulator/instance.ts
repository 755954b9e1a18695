/** One invented Halo instance: its rows, built from the shared world, and new rows as time goes on. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { Statuses } from '../../../src/simulator/statuses.ts';
import type { World, WorldCompany, WorldPerson, WorldTechnician, WorldTicket } from '../../../src/simulator/world.ts';
import { firstActions } from './actions.ts';
import { closedStatus, type Status, status, statuses, teams } from './lookups.ts';
import {
  type Action,
  type Agent,
  apiAgent,
  type Client,
  type Site,
  type Ticket,
  type User,
  unassigned,
  unknownId,
} from './model.ts';
import { ticketFrom } from './ticket.ts';

const day = 86_400_000;
export class Instance {
  readonly world: World;
  readonly clock: Clock;
  readonly clients = new Map<number, Client>();
  readonly sites = new Map<number, Site>();
  readonly users = new Map<number, User>();
  readonly agents = new Map<number, Agent>();
  readonly tickets = new Map<number, Ticket>();
  readonly statuses = new Statuses<Status>(statuses);
  /** Of a company of the world: its client and sites; of a person: the user. */
  readonly #clientOf = new Map<number, { client: number; sites: readonly number[] }>();
  readonly #userOf = new Map<number, number>();
  /** Counts up with every write, over the whole instance. */
  #changeSeq = 80_000;
  #next = { client: unknownId, site: unknownId, user: unknownId, agent: unassigned, ticket: 2000 };
  #drawn = { companies: 0, people: 0, technicians: 0, tickets: 0 };

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
    this.#addUnknownClient();
    this.#addSystemAgents();
    for (let i = 0; i < world.counts.companies; i++) this.addCompany();
    for (let i = 0; i < world.counts.technicians; i++) this.addTechnician();
    for (let i = 0; i < world.counts.people; i++) this.addPerson();
    for (let i = 0; i < world.counts.tickets; i++) this.addTicket();
  }

  nextChangeSeq(): number {
    return ++this.#changeSeq;
  }

  nextId(kind: 'agent' | 'ticket'): number {
    return this.#next[kind]++;
  }

  /** The next company of the world, with its sites and their general users. @param now for a row created now. */
  addCompany(now?: number): Client {
    const company = this.world.company(this.#drawn.companies++);
    // Room after the system's own clients.
    if (this.#next.client < 12) this.#next.client = 12;
    const id = this.#next.client++;
    const client: Client = {
      id,
      name: company.name,
      website: company.domain,
      inactive: !company.isActive && now === undefined,
      relationship: company.relationship,
      mainSite: 0,
      created: now ?? company.createdAt,
      modified: now ?? company.modifiedAt,
    };
    const sites = company.sites.map((_, index) => this.#addSite(client, company, index));
    client.mainSite = sites[0] ?? 0;
    this.clients.set(id, client);
    this.#clientOf.set(company.number, { client: id, sites });
    return client;
  }

  addPerson(now?: number): User {
    const person = this.world.person(this.#drawn.people++);
    const place = this.#place(person);
    const user: User = {
      id: this.#next.user++,
      ...place,
      general: false,
      firstName: person.firstName,
      surname: person.lastName,
      email: person.email,
      phone: person.phone,
      mobile: person.mobile,
      title: person.title,
      inactive: !person.isActive && now === undefined,
      // One contact is a technician as well.
      linkedAgent: person.number === 5 ? apiAgent + 1 : 0,
      created: now ?? person.createdAt,
      modified: now ?? person.modifiedAt,
    };
    this.users.set(user.id, user);
    this.#userOf.set(person.number, user.id);
    return user;
  }

  addTechnician(now?: number): Agent {
    const technician = this.world.technician(this.#drawn.technicians++);
    const agent = agentFrom(this.nextId('agent'), technician, now);
    this.agents.set(agent.id, agent);
    return agent;
  }

  /** The next ticket of the world; before some of them come rows that a sync must leave out. */
  addTicket(now?: number): Ticket {
    const origin = this.world.ticket(this.#drawn.tickets++);
    if (now === undefined) this.#addOddRows(origin);
    const ticket = this.#ticketFrom(origin, now);
    this.tickets.set(ticket.id, ticket);
    return ticket;
  }

  addStatus(name: string, listed: boolean): string {
    const { all } = this.statuses;
    const added = all.find((each) => each.name === name) ?? status(100 + all.length, name, all.length);
    this.statuses.put(added, listed);
    return String(added.id);
  }

  userName(user: User): string {
    return user.general ? 'General User' : `${user.firstName} ${user.surname}`;
  }

  generalUser(site: number): number {
    for (const user of this.users.values()) if (user.general && user.site === site) return user.id;
    return unknownId;
  }

  actionsOf(ticket: Ticket): Action[] {
    ticket.actions ??= firstActions(this, ticket);
    return ticket.actions;
  }

  #addOddRows(origin: WorldTicket): void {
    const add = (change: Partial<Ticket>) => {
      const ticket = { ...this.#ticketFrom(origin), ...change };
      this.tickets.set(ticket.id, ticket);
    };
    if (origin.number % 97 === 40)
      add({ mergedInto: this.#next.ticket + 1, status: closedStatus, closed: origin.modifiedAt });
    if (origin.number % 151 === 60) add({ deleted: true });
    if (origin.number % 61 === 20) add({ use: 'project', type: 5, status: 31, summary: `Project: ${origin.title}` });
    if (origin.number % 89 === 30) add({ use: 'opportunity', type: 6, status: 32, summary: `Quote: ${origin.title}` });
  }

  #ticketFrom(origin: WorldTicket, now?: number): Ticket {
    const user = this.users.get(this.#userOf.get(origin.person) ?? unknownId);
    return ticketFrom(origin, { id: this.nextId('ticket'), changeSeq: this.nextChangeSeq(), user }, now);
  }

  #place(person: WorldPerson): { client: number; site: number } {
    const at = this.#clientOf.get(person.company);
    // A company can be gone by the time somebody new is added to it.
    if (!at || !this.clients.has(at.client)) {
      const other = [...this.clients.values()].find((client) => client.id !== unknownId);
      return other ? { client: other.id, site: other.mainSite } : { client: unknownId, site: unknownId };
    }
    return { client: at.client, site: at.sites[person.site] ?? at.sites[0] ?? unknownId };
  }

  #addSite(client: Client, company: WorldCompany, index: number): number {
    const where = company.sites[index] ?? company.sites[0];
    const id = this.#next.site++;
    this.sites.set(id, {
      id,
      client: client.id,
      // The name of a further site can be blank.
      name: index === 2 ? '' : where.name,
      phone: where.phone,
      lines: [where.street, '', where.city, where.region],
      postcode: where.postcode,
      country: where.country,
      region: where.region,
      modified: client.modified,
    });
    this.#addGeneralUser(id, client.id, client.created);
    return id;
  }

  #addGeneralUser(site: number, client: number, at: number): void {
    const id = this.#next.user++;
    this.users.set(id, {
      id,
      site,
      client,
      general: true,
      firstName: 'General',
      surname: 'User',
      email: null,
      phone: null,
      mobile: null,
      title: null,
      inactive: false,
      linkedAgent: 0,
      created: at,
      modified: at,
    });
  }

  #addUnknownClient(): void {
    const at = this.world.today - 1000 * day;
    const id = this.#next.client++;
    const site = this.#next.site++;
    this.clients.set(id, {
      id,
      name: 'Unknown',
      website: '',
      inactive: false,
      relationship: 'Managed',
      mainSite: site,
      created: at,
      modified: at,
    });
    this.sites.set(site, {
      id: site,
      client: id,
      name: 'Unknown',
      phone: '',
      lines: ['', '', '', ''],
      postcode: '',
      country: '',
      region: '',
      modified: at,
    });
    this.#addGeneralUser(site, id, at);
  }

  #addSystemAgents(): void {
    const at = this.world.today - 1000 * day;
    const team = teams[0]?.name ?? '';
    const system = {
      firstName: null,
      surname: null,
      jobTitle: null,
      team,
      disabled: false,
      lastLogin: null,
      modified: at,
    };
    this.agents.set(unassigned, { ...system, id: this.nextId('agent'), name: 'Unassigned', email: null, api: false });
    this.agents.set(apiAgent, {
      ...system,
      id: this.nextId('agent'),
      name: 'MSPortal API',
      email: 'msportal-api@acme.example',
      api: true,
    });
  }
}

function agentFrom(id: number, technician: WorldTechnician, now?: number): Agent {
  return {
    id,
    name: `${technician.firstName} ${technician.lastName}`,
    firstName: technician.firstName,
    surname: technician.lastName,
    email: technician.email,
    jobTitle: technician.title,
    team: technician.team === 1 ? 'Field Engineering' : 'Service Desk',
    disabled: !technician.isActive && now === undefined,
    api: false,
    lastLogin: now === undefined ? technician.lastLoginAt : null,
    modified: now ?? technician.modifiedAt,
  };
}
