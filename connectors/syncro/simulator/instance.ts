/** One invented Syncro account: its rows, built from the shared world, and new rows as time goes on. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { Statuses } from '../../../src/simulator/statuses.ts';
import type { World, WorldTicket } from '../../../src/simulator/world.ts';
import { type Comment, type Contact, type Customer, ownUser, statuses, type Ticket, type User } from './model.ts';

const statusOf = {
  new: 'New',
  'in progress': 'In Progress',
  waiting: 'Waiting on Customer',
  reopened: 'Customer Reply',
};
const priorityOf = { critical: '0 Urgent', high: '1 High', medium: '2 Normal', low: '3 Low' };
const typeOf = { incident: 9, request: 10, problem: 11, change: 12 };

export class Instance {
  readonly world: World;
  readonly clock: Clock;
  readonly customers = new Map<number, Customer>();
  readonly contacts = new Map<number, Contact>();
  readonly users = new Map<number, User>();
  readonly tickets = new Map<number, Ticket>();
  readonly statuses = new Statuses(statuses);
  readonly #customerOf = new Map<number, number>();
  readonly #contactOf = new Map<number, number>();
  #next = { customer: 5501, contact: 88_001, user: ownUser, ticket: 108_440_001, number: 5001, comment: 90_000_000 };
  #drawn = { companies: 0, people: 0, technicians: 0, tickets: 0 };

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
    for (let i = 0; i < world.counts.technicians; i++) this.addTechnician();
    for (let i = 0; i < world.counts.companies; i++) {
      this.addCompany();
      if (i % 25 === 2) this.#addResidential(i);
    }
    for (let i = 0; i < world.counts.people; i++) {
      this.addPerson();
      if (i % 40 === 3) this.#addVendorContact(i);
    }
    for (let i = 0; i < world.counts.tickets; i++) this.addTicket();
  }

  nextId(kind: 'customer' | 'contact' | 'ticket' | 'number' | 'comment'): number {
    return this.#next[kind]++;
  }

  /** @param now for a row created now; likewise below. */
  addCompany(now?: number): Customer {
    const company = this.world.company(this.#drawn.companies++);
    const [site] = company.sites;
    return this.#addCustomer(company.number, {
      id: this.nextId('customer'),
      businessName: company.name,
      firstName: 'Front',
      lastName: 'Desk',
      email: `office@${company.domain}`,
      phone: digits(site.phone),
      mobile: null,
      address: site.street,
      address2: company.number % 4 === 0 ? 'Suite 4' : null,
      city: site.city,
      state: site.region,
      zip: site.postcode,
      disabled: !company.isActive && now === undefined,
      notes: null,
      properties: company.number % 3 === 0 ? { 'Client Tier': 'Gold' } : {},
      created: now ?? company.createdAt,
      modified: now ?? company.modifiedAt,
    });
  }

  addPerson(now?: number): Contact {
    const person = this.world.person(this.#drawn.people++);
    const customer = this.#customerOf.get(person.company);
    const contact: Contact = {
      id: this.nextId('contact'),
      // A company can be gone by the time somebody new is added to it.
      customer: customer !== undefined && this.customers.has(customer) ? customer : this.#anyCustomer(),
      vendor: null,
      name: `${person.firstName} ${person.lastName}`,
      email: person.email,
      phone: person.phone,
      extension: person.number % 5 === 0 ? String(100 + (person.number % 900)) : null,
      mobile: person.mobile ?? '',
      title: person.title,
      address1: null,
      notes: '',
      created: now ?? person.createdAt,
      modified: now ?? person.modifiedAt,
    };
    this.contacts.set(contact.id, contact);
    this.#contactOf.set(person.number, contact.id);
    return contact;
  }

  addTechnician(now?: number): User {
    const technician = this.world.technician(this.#drawn.technicians++);
    const user: User = {
      id: this.#next.user++,
      name: `${technician.firstName} ${technician.lastName}`,
      email: technician.email,
      group: technician.number === 0 ? 'Admins' : 'Techs',
      admin: technician.number === 0,
      disabled: !technician.isActive && now === undefined,
      created: now ?? technician.modifiedAt,
      modified: now ?? technician.modifiedAt,
    };
    this.users.set(user.id, user);
    return user;
  }

  addTicket(now?: number): Ticket {
    const origin = this.world.ticket(this.#drawn.tickets++);
    const contact = this.contacts.get(this.#contactOf.get(origin.person) ?? 0);
    const isClosed = origin.status === 'closed' && now === undefined;
    const invoiced = isClosed && origin.number % 5 === 0;
    const ticket: Ticket = {
      id: this.nextId('ticket'),
      number: this.nextId('number'),
      subject: origin.title,
      customer: contact?.customer ?? this.#anyCustomer(),
      // Some callers were never made a contact.
      contact: origin.number % 11 === 3 ? null : (contact?.id ?? null),
      user: this.#assignee(origin),
      status:
        now !== undefined
          ? 'New'
          : origin.status === 'closed'
            ? invoiced
              ? 'Invoiced'
              : 'Resolved'
            : statusOf[origin.status],
      priority: origin.number % 23 === 7 ? null : priorityOf[origin.priority],
      problemType: origin.category,
      type: origin.number % 19 === 4 ? null : typeOf[origin.type],
      tags: [],
      due: null,
      properties: {},
      assets: [],
      // That an invoiced ticket was resolved before is not promised.
      resolved: isClosed && origin.number % 10 !== 0 ? origin.closedAt : null,
      created: now ?? origin.createdAt,
      modified: now ?? origin.modifiedAt,
      comments: null,
      origin,
    };
    this.tickets.set(ticket.id, ticket);
    return ticket;
  }

  addStatus(name: string, listed: boolean): string {
    this.statuses.put(name, listed);
    return name;
  }

  /** Oldest first; the first is what the ticket was opened with. */
  commentsOf(ticket: Ticket): Comment[] {
    ticket.comments ??= this.#firstComments(ticket);
    return ticket.comments;
  }

  /** Ids are worked out from the ticket's, so that lists need not write the comments that they do not show. */
  initialComment(ticket: Ticket): Comment | null {
    if (ticket.comments !== null) return ticket.comments[0] ?? null;
    if (ticket.origin === null) return null;
    return {
      id: firstCommentId(ticket),
      subject: 'Initial Issue',
      body: ticket.origin.description,
      tech: this.users.get(ownUser)?.name ?? '',
      hidden: false,
      user: ownUser,
      at: ticket.created,
    };
  }

  #firstComments(ticket: Ticket): Comment[] {
    const first = this.initialComment(ticket);
    const notes = ticket.origin === null ? [] : this.world.notes(ticket.origin);
    const rest = notes.map((note, index): Comment => {
      const user = this.users.get(ownUser + note.technician);
      return {
        id: firstCommentId(ticket) + index + 1,
        subject: 'Update',
        body: note.text,
        tech: user?.name ?? '',
        hidden: note.isPrivate,
        user: user?.id ?? null,
        at: note.at,
      };
    });
    return first === null ? rest : [first, ...rest];
  }

  #assignee(origin: WorldTicket): number | null {
    if (origin.technician === null) return null;
    const id = ownUser + origin.technician;
    return this.users.has(id) ? id : null;
  }

  #anyCustomer(): number {
    return this.customers.keys().next().value ?? 0;
  }

  #addCustomer(company: number | null, customer: Customer): Customer {
    this.customers.set(customer.id, customer);
    if (company !== null) this.#customerOf.set(company, customer.id);
    return customer;
  }

  /** A household: no business name, and the person stands for it. */
  #addResidential(number: number): void {
    const at = this.world.company(number).createdAt;
    this.#addCustomer(null, {
      id: this.nextId('customer'),
      businessName: null,
      firstName: 'Robin',
      lastName: `Household${number}`,
      email: `household${number}@homes.example`,
      phone: null,
      mobile: '5035550142',
      address: `${number} Pine Street`,
      address2: null,
      city: 'Salem',
      state: 'OR',
      zip: '97301',
      disabled: false,
      notes: null,
      properties: {},
      created: at,
      modified: at,
    });
  }

  #addVendorContact(number: number): void {
    const at = this.world.person(number).createdAt;
    const id = this.nextId('contact');
    this.contacts.set(id, {
      id,
      customer: null,
      vendor: 40 + number,
      name: `Supplier ${number}`,
      email: `sales${number}@supplier.example`,
      phone: null,
      extension: null,
      mobile: '',
      title: null,
      address1: null,
      notes: '',
      created: at,
      modified: at,
    });
  }
}

/** Room for those of the invented world; comments that are added later are numbered after all of these. */
const firstCommentId = ({ number }: Ticket): number => 10_000 + number * 10;

/** Customers' numbers are kept without their formatting. */
const digits = (phone: string): string => phone.replaceAll(/\D/g, '');
