/** One invented tenant: its tables, built from the shared world, and new rows as time goes on. Rows have the vendor's own fields. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { Statuses } from '../../../src/simulator/statuses.ts';
import { provider } from '../../../src/simulator/words.ts';
import type { World, WorldTicket } from '../../../src/simulator/world.ts';
import { entities } from './entities.ts';
import { apiResource, ownCompany, systemResource } from './fixed-ids.ts';
import { type PicklistsOf, type PicklistValue, picklists } from './picklists.ts';
import {
  blankResource,
  companyRow,
  contactRow,
  countries,
  defaultRole,
  locationRow,
  type Row,
  resourceRow,
} from './rows.ts';
import { ticketRow } from './ticket.ts';
import { stamp, zoneless } from './times.ts';

const fieldRole = 29_683_356;

const day = 86_400_000;

export class Instance {
  readonly world: World;
  readonly clock: Clock;
  readonly statuses = new Statuses<PicklistValue>(picklists.Tickets?.status ?? []);
  /** Each in rising order of id. */
  readonly #tables = new Map<string, Map<number, Row>>();
  readonly #companyOf = new Map<number, number>();
  readonly #contactOf = new Map<number, number>();
  readonly #resourceOf = new Map<number, number>();
  readonly #origin = new Map<number, WorldTicket>();
  readonly #numbersOfDay = new Map<string, number>();
  readonly #next: Record<string, number> = {
    Companies: 29_683_600,
    Contacts: 30_684_001,
    Resources: 29_682_900,
    Tickets: 84_001,
    TicketNotes: 29_701_001,
    DeletedTicketLogs: 71,
    ResourceServiceDeskRoles: 512,
    CompanyLocations: 457,
  };
  #drawn = { companies: 0, people: 0, technicians: 0, tickets: 0 };
  #notesMade = false;

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
    for (const name of entities.keys()) this.#tables.set(name, new Map());
    for (const country of countries) this.table('Countries').set(country.id, country);
    for (const [id, name] of [
      [defaultRole, 'Technician'],
      [fieldRole, 'Field engineer'],
    ] as const)
      this.table('Roles').set(id, { id, name, isActive: true });
    for (const { value, label, isActive } of picklists.Tickets?.ticketCategory ?? []) {
      this.table('TicketCategories').set(Number(value), { id: Number(value), name: label, isActive });
    }
    this.#addSystemResources();
    this.#addOwnCompany();
    for (let i = 0; i < world.counts.technicians; i++) this.addTechnician();
    for (let i = 0; i < world.counts.companies; i++) this.addCompany();
    for (let i = 0; i < world.counts.people; i++) this.addPerson();
    for (let i = 0; i < world.counts.tickets; i++) this.addTicket();
  }

  table(entity: string): Map<number, Row> {
    const table = this.#tables.get(entity);
    if (table === undefined) throw new RangeError(`no entity ${entity}`);
    if (entity === 'TicketNotes' && !this.#notesMade) {
      this.#notesMade = true;
      this.#makeNotes(table);
    }
    return table;
  }

  /** By field. @param status those of tickets that there are by now */
  picklists(entity: string, status = this.statuses.all): PicklistsOf {
    const own = picklists[entity] ?? {};
    return entity === 'Tickets' ? { ...own, status } : own;
  }

  addStatus(label: string, listed: boolean): string {
    const { all } = this.statuses;
    const { length } = all;
    const added = all.find((each) => each.label === label) ?? {
      value: String(100 + length),
      label,
      isDefaultValue: false,
      sortOrder: length + 1,
      parentValue: '',
      isActive: true,
      isSystem: false,
    };
    this.statuses.put(added, listed);
    return added.value;
  }

  nextId(entity: string): number {
    const id = this.#next[entity] ?? 1;
    this.#next[entity] = id + 1;
    return id;
  }

  /** `T20260819.0007`: counts anew every day. */
  ticketNumber(at: number): string {
    const date = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
    const count = (this.#numbersOfDay.get(date) ?? 0) + 1;
    this.#numbersOfDay.set(date, count);
    return `T${date}.${String(count).padStart(4, '0')}`;
  }

  /** Any activity moves `lastActivityDate`; an edit moves the tracked stamp too, unless that is stuck. */
  touch(entity: string, row: Row, tracked: boolean): void {
    const now = stamp(this.clock.now());
    row.lastActivityDate = now;
    const field = { Companies: 'lastTrackedModifiedDateTime', Contacts: 'lastModifiedDate' }[entity];
    if (tracked) row[field ?? 'lastTrackedModificationDateTime'] = now;
  }

  /** The next company of the world. @param now for a row created now */
  addCompany(now?: number): Row {
    const company = this.world.company(this.#drawn.companies++);
    const id = this.nextId('Companies');
    const row = companyRow(id, company, this.#resource(company.number), now);
    this.table('Companies').set(id, row);
    this.#companyOf.set(company.number, id);
    company.sites.forEach((site, index) => {
      const location = this.nextId('CompanyLocations');
      this.table('CompanyLocations').set(location, locationRow(location, id, site, index === 0));
    });
    return row;
  }

  addPerson(now?: number): Row {
    const person = this.world.person(this.#drawn.people++);
    const id = this.nextId('Contacts');
    const employer = this.#companyOf.get(person.company) ?? ownCompany;
    // A company can be gone by the time somebody new is added to it.
    const companyID = this.table('Companies').has(employer) ? employer : ownCompany;
    const row = contactRow(id, person, companyID, now);
    this.table('Contacts').set(id, row);
    this.#contactOf.set(person.number, id);
    return row;
  }

  addTechnician(now?: number): Row {
    const technician = this.world.technician(this.#drawn.technicians++);
    const id = this.nextId('Resources');
    const row = resourceRow(id, technician, now);
    this.table('Resources').set(id, row);
    this.#resourceOf.set(technician.number, id);
    for (const roleID of technician.team === 1 ? [defaultRole, fieldRole] : [defaultRole]) {
      const role = this.nextId('ResourceServiceDeskRoles');
      const isDefault = roleID === defaultRole;
      this.table('ResourceServiceDeskRoles').set(role, { id: role, resourceID: id, roleID, isActive: true, isDefault });
    }
    return row;
  }

  addTicket(now?: number): Row {
    const origin = this.world.ticket(this.#drawn.tickets++);
    const id = this.nextId('Tickets');
    const { technician, person, number } = origin;
    const around = {
      ticketNumber: this.ticketNumber(now ?? origin.createdAt),
      contact: this.table('Contacts').get(this.#contactOf.get(person) ?? -1),
      assigned: technician === null ? undefined : this.#resourceOf.get(technician),
      creator: this.#resource(number),
    };
    const row = ticketRow(id, origin, around, now);
    this.table('Tickets').set(id, row);
    this.#origin.set(id, origin);
    return row;
  }

  /** As a person deletes it on the screen: it leaves the list, and the log remembers. */
  deleteTicket(ticket: Row): void {
    this.table('Tickets').delete(ticket.id);
    const id = this.nextId('DeletedTicketLogs');
    this.table('DeletedTicketLogs').set(id, {
      id,
      ticketID: ticket.id,
      ticketNumber: ticket.ticketNumber ?? null,
      ticketTitle: ticket.title ?? null,
      deletedByResourceID: this.#resource(0),
      deletedDateTime: stamp(this.clock.now()),
    });
  }

  #resource(number: number): number {
    return this.#resourceOf.get(number % Math.max(1, this.#resourceOf.size)) ?? apiResource;
  }

  #makeNotes(table: Map<number, Row>): void {
    for (const [ticketID, origin] of this.#origin) {
      this.world.notes(origin).forEach((note, index) => {
        const id = this.nextId('TicketNotes');
        // Workflow rules write notes too.
        const byRule = id % 11 === 3;
        table.set(id, {
          id,
          ticketID,
          title: `Update ${index + 1}`,
          description: note.text,
          noteType: byRule ? 13 : 3,
          publish: note.isPrivate ? 2 : 1,
          createDateTime: stamp(note.at),
          lastActivityDate: stamp(note.at),
          creatorResourceID: byRule ? systemResource : this.#resource(note.technician),
          createdByContactID: null,
        });
      });
    }
  }

  #addSystemResources(): void {
    const at = { email: '', title: '', isActive: true };
    const named = { firstName: 'Autotask', lastName: 'Administrator', userName: 'system' };
    this.table('Resources').set(systemResource, { ...blankResource(systemResource), ...at, ...named, userType: 11 });
    const api = { firstName: 'MSPortal', lastName: 'Sync', userName: 'k3exampl3apikey0' };
    this.table('Resources').set(apiResource, {
      ...blankResource(apiResource),
      ...at,
      ...api,
      email: `api@${provider.domain}`,
      licenseType: 7,
      userType: 17,
    });
  }

  #addOwnCompany(): void {
    const at = this.world.today - 1000 * day;
    this.table('Companies').set(ownCompany, {
      ...companyRow(ownCompany, this.world.company(0), apiResource),
      companyName: provider.name,
      webAddress: `www.${provider.domain}`,
      companyType: 1,
      isActive: true,
      createDate: zoneless(at),
      lastActivityDate: stamp(at),
      lastTrackedModifiedDateTime: stamp(at),
    });
  }
}
