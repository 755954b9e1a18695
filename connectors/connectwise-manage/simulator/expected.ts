/** What a connection with default options is expected to hold, and edits as people at the vendor make them. */
import type { RecordType } from '../../../src/portal/records/index.ts';
import type { Controlled, ExpectedRecord } from '../../../src/simulator/control.ts';
import { type Random, random } from '../../../src/simulator/random.ts';
import type { Instance } from './instance.ts';
import type { Company, Contact } from './model.ts';
import { nameOf, seconds } from './rows.ts';

export function controlled(instance: Instance): Controlled {
  const { companies, contacts, members, tickets, clock } = instance;
  let rounds = 0;
  const draw = (): Random => random(instance.world.seed, 'control', rounds++);
  const touch = <R extends { modified: number; updatedBy: string }>(row: R, change: Partial<R>): R =>
    Object.assign(row, change, { modified: clock.now(), updatedBy: 'zadmin' });
  const isLive = (company: number | null) => company === null || companies.get(company)?.deleted === false;

  const kinds: Partial<Record<RecordType, Kind>> = {
    companies: kind(draw, {
      rows: () => [...companies.values()].filter(({ deleted }) => !deleted),
      expected: (company) => ({ name: company.name, isActive: company.status !== 2 }),
      change: (company) => touch(company, { name: revised(company.name) }),
      remove: (company) => removeCompany(instance, company),
      create: () => instance.addCompany(clock.now()),
    }),
    contacts: kind(draw, {
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
    users: kind(draw, {
      rows: () => [...members.values()].filter(({ licence }) => licence === 'F'),
      expected: (member) => ({ name: nameOf(member), email: member.email }),
      change: (member) => touch(member, { title: revised(member.title) }),
      remove: (member) => members.delete(member.id),
      create: () => instance.addTechnician(clock.now()),
    }),
    tickets: kind(draw, {
      rows: () => [...tickets.values()].filter(({ mergedInto, company }) => mergedInto === null && isLive(company)),
      expected: (ticket) => ({ title: ticket.summary, companyExternalId: String(ticket.company) }),
      change: (ticket) => touch(ticket, { summary: revised(ticket.summary) }),
      remove: (ticket) => tickets.delete(ticket.id),
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

function kind<R extends { readonly id: number; readonly modified: number }>(
  draw: () => Random,
  of: {
    rows(): R[];
    expected(row: R): Omit<ExpectedRecord, 'externalId' | 'updatedAt'>;
    change(row: R): unknown;
    remove(row: R): unknown;
    create(): { readonly id: number };
  },
): Kind {
  const each = (count: number, act: (row: R) => unknown): string[] => {
    const drawn = sample(of.rows(), count, draw());
    for (const row of drawn) act(row);
    return drawn.map(({ id }) => String(id));
  };
  return {
    records: () =>
      of.rows().map((row) => ({ externalId: String(row.id), updatedAt: seconds(row.modified), ...of.expected(row) })),
    change: (count) => each(count, of.change),
    remove: (count) => each(count, of.remove),
    create: (count) => Array.from({ length: Math.max(0, count) }, () => String(of.create().id)),
  };
}

/** `Printer offline (rev 2)`, then `(rev 3)`. */
function revised(text: string): string {
  const [, plain = text, count = '1'] = /^(.*) \(rev (\d+)\)$/s.exec(text) ?? [];
  return `${plain} (rev ${Number(count) + 1})`;
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
