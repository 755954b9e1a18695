/** One invented ConnectWise company, built from the shared world: rows, and how new ones come about. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { Statuses } from '../../../src/simulator/statuses.ts';
import { provider } from '../../../src/simulator/words.ts';
import type { World, WorldTicket } from '../../../src/simulator/world.ts';
import { boards, type Licence, type Status, statuses } from './lookups.ts';
import type { Company, Contact, Member, Note, Ticket } from './model.ts';
import { notesFrom, ticketFrom } from './ticket.ts';

export const account = {
  companyId: 'acmeit',
  publicKey: 'aB3dE5fG7hI9jK1m',
  privateKey: 'zZ9yX8wV7uT6sR5q',
  clientId: '00000000-aaaa-4bbb-8ccc-000000000001',
} as const;

/** The API member, by whom everything that comes through the API is changed. */
export const apiMember = 'MSPortal';

const day = 86_400_000;
const longestName = 50;
const companyTypeOf = { Managed: 1, 'Ad hoc': 2, Prospect: 3 } as const;

export class Instance {
  readonly world: World;
  readonly clock: Clock;
  readonly companies = new Map<number, Company>();
  readonly contacts = new Map<number, Contact>();
  readonly members = new Map<number, Member>();
  readonly tickets = new Map<number, Ticket>();
  readonly statuses = new Statuses<Status>(statuses);
  /** What numbers of the world became here. */
  readonly #companyOf = new Map<number, number>();
  readonly #contactOf = new Map<number, number>();
  readonly #memberOf = new Map<number, number>();
  readonly #ownCompany: number;
  #next = { company: 19, contact: 70, member: 150, ticket: 50_001, note: 3000 };
  #drawn = { companies: 0, people: 0, technicians: 0, tickets: 0 };

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
    this.#ownCompany = this.#addOwnCompany();
    this.#addMember('A', apiMember, ['MSPortal', 'API'], 'Integration');
    this.#addMember('X', 'fieldhand', ['Casual', 'Fieldhand'], 'Contractor');
    this.#addMember('C', 'streamline', ['Stream', null], 'Streamline user');
    for (let i = 0; i < world.counts.companies; i++) this.addCompany();
    for (let i = 0; i < world.counts.technicians; i++) this.addTechnician();
    for (let i = 0; i < world.counts.people; i++) this.addPerson();
    for (let i = 0; i < world.counts.tickets; i++) this.addTicket();
  }

  nextId(kind: 'ticket' | 'note'): number {
    return this.#next[kind]++;
  }

  /** The next company of the world. @param now for a row created now. */
  addCompany(now?: number): Company {
    const company = this.world.company(this.#drawn.companies++);
    if (now === undefined && company.number % 17 === 5) this.#addDeletedCompany(company.createdAt);
    const id = this.#next.company++;
    const row: Company = {
      id,
      identifier: `${company.domain
        .replace(/\.example$/, '')
        .replaceAll('-', '')
        .slice(0, 24)}${id}`,
      name: shorten(company.name),
      status: company.isActive || now !== undefined ? (company.number % 11 === 4 ? 3 : 1) : 2,
      type: companyTypeOf[company.relationship],
      website: company.domain,
      sites: company.sites,
      phone: company.sites[0].phone,
      defaultContact: null,
      deleted: false,
      created: now ?? company.createdAt,
      modified: now ?? company.modifiedAt,
      updatedBy: 'zadmin',
    };
    this.companies.set(id, row);
    this.#companyOf.set(company.number, id);
    return row;
  }

  addPerson(now?: number): Contact {
    const person = this.world.person(this.#drawn.people++);
    // A caller nobody has given a company yet, and without a last name.
    if (now === undefined && person.number % 97 === 12) {
      this.#addContact({ company: null, firstName: 'Walk-in', lastName: null, created: person.createdAt });
    }
    const company = this.#companyOf.get(person.company) ?? this.#ownCompany;
    const row = this.#addContact({
      company: this.companies.get(company)?.deleted === false ? company : this.#ownCompany,
      site: person.site,
      firstName: person.firstName,
      lastName: person.lastName,
      inactive: !person.isActive && now === undefined,
      title: person.title,
      isDefault: person.number < this.world.counts.companies,
      email: person.email,
      phone: person.phone,
      mobile: person.mobile,
      created: now ?? person.createdAt,
      modified: now ?? person.modifiedAt,
    });
    this.#contactOf.set(person.number, row.id);
    const employer = this.companies.get(row.company ?? 0);
    if (row.isDefault && employer !== undefined) employer.defaultContact = row.id;
    return row;
  }

  addTechnician(now?: number): Member {
    const technician = this.world.technician(this.#drawn.technicians++);
    const row = this.#addMember(
      'F',
      `tech${technician.number}`,
      [technician.firstName, technician.lastName],
      technician.title,
      {
        inactive: !technician.isActive && now === undefined,
        email: technician.email,
        lastLogin: now === undefined ? technician.lastLoginAt : null,
        modified: now ?? technician.modifiedAt,
      },
    );
    this.#memberOf.set(technician.number, row.id);
    return row;
  }

  /** The next ticket of the world; before some come children that were merged away. */
  addTicket(now?: number): Ticket {
    const origin = this.world.ticket(this.#drawn.tickets++);
    if (now === undefined && origin.number % 97 === 40) {
      const child = this.#ticketFrom(origin);
      this.tickets.set(child.id, { ...child, mergedInto: child.id + 1 });
    }
    const ticket = this.#ticketFrom(origin, now);
    this.tickets.set(ticket.id, ticket);
    return ticket;
  }

  /** The same on each board, with ids of their own. The id on the first. */
  addStatus(name: string, listed: boolean): string {
    const { all } = this.statuses;
    const there = all.filter((each) => each.name === name);
    const added = boards.map(
      ({ id: board }): Status => ({
        id: 1000 * board + all.length,
        name,
        board,
        sortOrder: all.length,
        closedStatus: false,
        defaultFlag: false,
        escalationStatus: 'NoEscalation',
      }),
    );
    const these = there.length > 0 ? there : added;
    for (const status of these) this.statuses.put(status, listed);
    return String(these[0]?.id);
  }

  notesOf(ticket: Ticket): Note[] {
    ticket.notes ??= this.#firstNotes(ticket);
    return ticket.notes;
  }

  #addOwnCompany(): number {
    const id = this.#next.company++;
    const at = this.world.today - 1000 * day;
    const { sites } = this.world.company(0);
    this.companies.set(id, {
      id,
      identifier: account.companyId,
      name: provider.name,
      status: 1,
      type: 4,
      website: provider.domain,
      sites,
      phone: sites[0].phone,
      defaultContact: null,
      deleted: false,
      created: at,
      modified: at,
      updatedBy: 'zadmin',
    });
    return id;
  }

  /** Deleting in the product only marks; the row stays in the list. */
  #addDeletedCompany(at: number): void {
    const id = this.#next.company++;
    const { sites } = this.world.company(0);
    this.companies.set(id, {
      id,
      identifier: `Deleted${id}`,
      name: `Typing mistake ${id}`,
      status: 1,
      type: 1,
      website: '',
      sites,
      phone: '',
      defaultContact: null,
      deleted: true,
      created: at,
      modified: at,
      updatedBy: 'zadmin',
    });
  }

  #addContact(of: Partial<Contact> & Pick<Contact, 'company' | 'firstName' | 'lastName' | 'created'>): Contact {
    const row: Contact = {
      id: this.#next.contact++,
      site: 0,
      inactive: false,
      title: null,
      isDefault: false,
      email: null,
      phone: null,
      mobile: null,
      modified: of.created,
      updatedBy: 'zadmin',
      ...of,
    };
    this.contacts.set(row.id, row);
    return row;
  }

  #addMember(
    licence: Licence,
    identifier: string,
    [firstName, lastName]: readonly [string, string | null],
    title: string,
    of: Partial<Member> = {},
  ): Member {
    const created = this.world.today - 900 * day;
    const row: Member = {
      id: this.#next.member++,
      identifier,
      firstName,
      lastName,
      title,
      licence,
      inactive: false,
      email: `${identifier.toLowerCase()}@${provider.domain}`,
      lastLogin: null,
      created,
      modified: created,
      updatedBy: 'zadmin',
      ...of,
    };
    this.members.set(row.id, row);
    return row;
  }

  #ticketFrom(origin: WorldTicket, now?: number): Ticket {
    const owner = origin.technician === null ? null : (this.#memberOf.get(origin.technician) ?? null);
    const around = {
      contact: this.contacts.get(this.#contactOf.get(origin.person) ?? 0),
      owner,
      updatedBy: this.members.get(owner ?? 0)?.identifier ?? 'zadmin',
      ownCompany: this.#ownCompany,
    };
    return ticketFrom(origin, this.nextId('ticket'), around, now);
  }

  #firstNotes({ origin, created }: Ticket): Note[] {
    if (origin === null) return [];
    const memberOf = (technician: number) => this.#memberOf.get(technician) ?? null;
    return notesFrom(origin, this.world.notes(origin), { created, memberOf, nextId: () => this.nextId('note') });
  }
}

/** Names are at most 50 characters; an emoji is not cut in two. */
function shorten(name: string): string {
  return [...name].slice(0, longestName).join('');
}
