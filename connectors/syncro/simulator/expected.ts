/** What a connection with default options is expected to hold, and edits as people at the vendor make them. */
import type { Controlled, ExpectedRecord } from '../../../src/simulator/control.ts';
import { controlledBy, controls, revised } from '../../../src/simulator/kinds.ts';
import type { Context } from './context.ts';
import type { Contact, Customer, Ticket, User } from './model.ts';
import { displayName } from './rows.ts';

export function controlled(context: Context): Controlled {
  const { customers, contacts, users, tickets, clock, world } = context.instance;
  const instance = context.instance;
  const touch = <R extends { modified: number }>(row: R, change: Partial<R>): R =>
    Object.assign(row, change, { modified: clock.now() });

  const rows = controlledBy(world.seed, {
    companies: controls<Customer>({
      rows: () => [...customers.values()],
      expected: (customer) => ({ ...facts(customer), name: displayName(customer), isActive: !customer.disabled }),
      change: (customer) =>
        customer.businessName === null
          ? touch(customer, { lastName: revised(customer.lastName) })
          : touch(customer, { businessName: revised(customer.businessName) }),
      remove: (customer) => removeCustomer(context, customer),
      create: () => instance.addCompany(clock.now()),
    }),
    contacts: controls<Contact>({
      rows: () => [...contacts.values()].filter(({ customer }) => customer !== null),
      expected: (contact) => ({
        ...facts(contact),
        name: contact.name,
        email: contact.email,
        companyExternalId: String(contact.customer),
      }),
      change: (contact) => touch(contact, { title: revised(contact.title ?? 'Manager') }),
      remove: (contact) => {
        contacts.delete(contact.id);
        for (const ticket of tickets.values()) if (ticket.contact === contact.id) touch(ticket, { contact: null });
      },
      create: () => instance.addPerson(clock.now()),
    }),
    users: controls<User>({
      rows: () => context.listedUsers(),
      expected: (user) => ({ ...facts(user), name: user.name, email: user.email }),
      change: (user) => touch(user, { name: revised(user.name) }),
      remove: (user) => {
        users.delete(user.id);
        for (const ticket of tickets.values()) if (ticket.user === user.id) touch(ticket, { user: null });
      },
      create: () => instance.addTechnician(clock.now()),
    }),
    tickets: controls<Ticket>({
      rows: () => [...tickets.values()],
      expected: (ticket) => ({ ...facts(ticket), title: ticket.subject, companyExternalId: String(ticket.customer) }),
      change: (ticket) => touch(ticket, { subject: revised(ticket.subject) }),
      // Deleted for good: nothing is left to tell of it.
      remove: (ticket) => tickets.delete(ticket.id),
      create: () => instance.addTicket(clock.now()),
    }),
  });
  return { ...rows, addStatus: (name, listed) => instance.addStatus(name, listed) };
}

const facts = ({
  id,
  modified,
}: {
  id: number;
  modified: number;
}): Pick<ExpectedRecord, 'externalId' | 'updatedAt'> => ({
  externalId: String(id),
  updatedAt: new Date(modified).toISOString(),
});

/** A customer leaves with its contacts and its tickets. */
function removeCustomer({ instance }: Context, customer: Customer): void {
  const { customers, contacts, tickets } = instance;
  customers.delete(customer.id);
  for (const contact of [...contacts.values()]) if (contact.customer === customer.id) contacts.delete(contact.id);
  for (const ticket of [...tickets.values()]) if (ticket.customer === customer.id) tickets.delete(ticket.id);
}
