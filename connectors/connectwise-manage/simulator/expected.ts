/** What a connection with default options is expected to hold, and edits as people at the vendor make them. */
import type { Controlled, ExpectedRecord } from '../../../src/simulator/control.ts';
import { controlledBy, controls, type Kind, revised } from '../../../src/simulator/kinds.ts';
import type { Instance } from './instance.ts';
import type { Company, Contact } from './model.ts';
import { nameOf, seconds } from './rows.ts';

export function controlled(instance: Instance): Controlled {
  const { companies, contacts, members, tickets, clock } = instance;
  const touch = <R extends { modified: number; updatedBy: string }>(row: R, change: Partial<R>): R =>
    Object.assign(row, change, { modified: clock.now(), updatedBy: 'zadmin' });
  const isLive = (company: number | null) => company === null || companies.get(company)?.deleted === false;

  const rows = controlledBy(instance.world.seed, {
    companies: kind({
      rows: () => [...companies.values()].filter(({ deleted }) => !deleted),
      expected: (company) => ({ name: company.name, isActive: company.status !== 2 }),
      change: (company) => touch(company, { name: revised(company.name) }),
      remove: (company) => removeCompany(instance, company),
      create: () => instance.addCompany(clock.now()),
    }),
    contacts: kind({
      rows: () => [...contacts.values()].filter(({ company }) => isLive(company)),
      expected: (contact) => ({
        name: nameOf(contact),
        email: contact.email,
        companyExternalId: contact.company === null ? null : String(contact.company),
      }),
      change: (contact) => touch(contact, { title: revised(contact.title ?? 'Manager') }),
      remove: (contact) => removeContact(instance, contact),
      create: () => instance.addPerson(clock.now()),
    }),
    users: kind({
      rows: () => [...members.values()].filter(({ licence }) => licence === 'F'),
      expected: (member) => ({ name: nameOf(member), email: member.email }),
      change: (member) => touch(member, { title: revised(member.title) }),
      remove: (member) => members.delete(member.id),
      create: () => instance.addTechnician(clock.now()),
    }),
    tickets: kind({
      rows: () => [...tickets.values()].filter(({ mergedInto, company }) => mergedInto === null && isLive(company)),
      expected: (ticket) => ({ title: ticket.summary, companyExternalId: String(ticket.company) }),
      change: (ticket) => touch(ticket, { summary: revised(ticket.summary) }),
      remove: (ticket) => tickets.delete(ticket.id),
      create: () => instance.addTicket(clock.now()),
    }),
  });
  return { ...rows, addStatus: (name, listed) => instance.addStatus(name, listed) };
}

/** ConnectWise's rows are named by their number, and all tell when they were changed. */
function kind<R extends { readonly id: number; readonly modified: number }>(
  of: Omit<Kind<R>, 'expected'> & { expected(row: R): Omit<ExpectedRecord, 'externalId' | 'updatedAt'> },
) {
  return controls({
    ...of,
    expected: (row: R) => ({ externalId: String(row.id), updatedAt: seconds(row.modified), ...of.expected(row) }),
  });
}

/** Contacts are deleted for good; their tickets keep what the caller was called. */
function removeContact(instance: Instance, contact: Contact): void {
  instance.contacts.delete(contact.id);
  for (const ticket of instance.tickets.values()) {
    if (ticket.contact === contact.id) Object.assign(ticket, { contact: null, modified: instance.clock.now() });
  }
}

/** The row stays, marked; its contacts and tickets had to go before. */
function removeCompany(instance: Instance, company: Company): void {
  for (const ticket of [...instance.tickets.values()]) {
    if (ticket.company === company.id) instance.tickets.delete(ticket.id);
  }
  for (const contact of [...instance.contacts.values()]) {
    if (contact.company === company.id) instance.contacts.delete(contact.id);
  }
  Object.assign(company, { deleted: true, modified: instance.clock.now() });
}
