/** What a connection with default options is expected to hold, and edits as people make them on Autotask's screens. */
import type { RecordType } from '../../../src/portal/records/index.ts';
import type { Controlled, ExpectedRecord, Which } from '../../../src/simulator/control.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { choose, revised } from '../../../src/simulator/kinds.ts';
import { random } from '../../../src/simulator/random.ts';
import { apiResource, ownCompany, systemResource } from './fixed-ids.ts';
import type { Instance } from './instance.ts';
import type { Row } from './rows.ts';
import { timeOf } from './times.ts';

interface Kind {
  readonly entity: string;
  readonly keep?: (row: Row) => boolean;
  readonly expected: (row: Row) => Omit<ExpectedRecord, 'externalId' | 'updatedAt'>;
  /** Field that an edit changes. */
  readonly edited: string;
  readonly remove: (row: Row) => void;
  readonly create: () => Row;
}

export function controlled(instance: Instance, faults: Faults): Controlled {
  let rounds = 0;
  const kinds: Partial<Record<RecordType, Kind>> = {
    companies: {
      entity: 'Companies',
      expected: (row) => ({ name: text(row.companyName), isActive: row.isActive === true }),
      edited: 'companyName',
      remove: (row) => removeCompany(instance, row),
      create: () => instance.addCompany(instance.clock.now()),
    },
    contacts: {
      entity: 'Contacts',
      expected: (row) => ({
        name: `${row.firstName} ${row.lastName}`,
        email: text(row.emailAddress) || null,
        companyExternalId: String(row.companyID),
        isActive: row.isActive === 1,
      }),
      edited: 'title',
      remove: (row) => removeContact(instance, row),
      create: () => instance.addPerson(instance.clock.now()),
    },
    users: {
      entity: 'Resources',
      keep: ({ id }) => id !== systemResource && id !== apiResource,
      expected: (row) => ({ name: `${row.firstName} ${row.lastName}`, email: text(row.email) }),
      edited: 'title',
      remove: (row) => void instance.table('Resources').delete(row.id),
      create: () => instance.addTechnician(instance.clock.now()),
    },
    tickets: {
      entity: 'Tickets',
      expected: (row) => ({ title: text(row.title), companyExternalId: String(row.companyID) }),
      edited: 'title',
      remove: (row) => instance.deleteTicket(row),
      create: () => instance.addTicket(instance.clock.now()),
    },
  };

  const rowsOf = ({ entity, keep = () => true }: Kind) => [...instance.table(entity).values()].filter(keep);
  const some = (type: RecordType, which: Which, act: (kind: Kind, row: Row) => void): string[] | null => {
    const kind = kinds[type];
    if (kind === undefined) return null;
    const draw = random(instance.world.seed, 'control', rounds++);
    // Never the MSP's own company.
    const rows = rowsOf(kind).filter(({ id }) => id !== ownCompany);
    const chosen = choose(rows, which, draw, ({ id }) => String(id));
    for (const row of chosen) act(kind, row);
    return chosen.map(({ id }) => String(id));
  };
  const edit = ({ entity, edited }: Kind, row: Row): void => {
    row[edited] = revised(text(row[edited]));
    // Resources carry no time of change.
    if (entity !== 'Resources') instance.touch(entity, row, !faults.isOn('stuck-tracked-stamp'));
  };

  return {
    addStatus: (name, listed) => instance.addStatus(name, listed),
    records: (type) => {
      const kind = kinds[type];
      if (kind === undefined) return null;
      return rowsOf(kind).map((row) => ({ externalId: String(row.id), updatedAt: newest(row), ...kind.expected(row) }));
    },
    totals: () => Object.fromEntries(Object.entries(kinds).map(([type, kind]) => [type, rowsOf(kind).length])),
    change: (type, count) => some(type, count, edit),
    remove: (type, which) => some(type, which, ({ remove }, row) => remove(row)),
    create: (type, count) => {
      const kind = kinds[type];
      if (kind === undefined) return null;
      return Array.from({ length: Math.max(0, count) }, () => String(kind.create().id));
    },
  };
}

const stamps = [
  'lastActivityDate',
  'lastModifiedDate',
  'lastTrackedModifiedDateTime',
  'lastTrackedModificationDateTime',
];

function newest(row: Row): string | null {
  const times = [...stamps, 'createDate'].map((field) => timeOf(text(row[field]))).filter((at) => at !== null);
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString();
}

/** A company leaves with its contacts, its places and its tickets; the MSP's own stays. */
function removeCompany(instance: Instance, company: Row): void {
  if (company.id === ownCompany) return;
  instance.table('Companies').delete(company.id);
  for (const entity of ['Contacts', 'CompanyLocations']) {
    for (const row of [...instance.table(entity).values()]) {
      if (row.companyID === company.id) instance.table(entity).delete(row.id);
    }
  }
  for (const ticket of [...instance.table('Tickets').values()]) {
    if (ticket.companyID === company.id) instance.deleteTicket(ticket);
  }
}

function removeContact(instance: Instance, contact: Row): void {
  instance.table('Contacts').delete(contact.id);
  for (const ticket of instance.table('Tickets').values()) {
    if (ticket.contactID !== contact.id) continue;
    ticket.contactID = null;
    instance.touch('Tickets', ticket, true);
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
