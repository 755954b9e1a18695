/** One invented NinjaOne instance: built from the shared world, so that its organizations are the clients of the other vendors. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { type Random, random } from '../../../src/simulator/random.ts';
import type { World, WorldCompany, WorldPerson, WorldSite } from '../../../src/simulator/world.ts';
import { newAlert } from './alerts.ts';
import { type NewDevice, newDevice, personalClasses, sharedClasses } from './devices.ts';
import type { Activity, Alert, Device, Location, Organization } from './model.ts';

const day = 86_400_000;

export class Instance {
  readonly world: World;
  readonly clock: Clock;
  /** Each in rising order of id. */
  readonly organizations = new Map<number, Organization>();
  readonly locations = new Map<number, Location>();
  readonly devices = new Map<number, Device>();
  readonly alerts = new Map<string, Alert>();
  /** In rising order of id. */
  readonly activities: Activity[] = [];
  /** Of a company of the world: its organization, and its locations in the order of the company's sites. */
  readonly #clientOf = new Map<number, { organization: number; locations: readonly number[] }>();
  readonly #codeOf = new Map<number, string>();
  readonly #alertsOf = new Map<number, number>();
  #next = { organization: 2, location: 3, device: 41, alert: 1, activity: 9001 };
  #drawn = { companies: 0, people: 0 };

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
    const { companies, people } = world.counts;
    for (; this.#drawn.companies < companies; this.#drawn.companies++) {
      const company = world.company(this.#drawn.companies);
      if (company.number < 3 || (company.isActive && company.relationship !== 'Prospect')) this.#addClient(company);
    }
    for (; this.#drawn.people < people; this.#drawn.people++) this.#addPersonal(this.#drawn.people);
    this.#addStranger();
    for (const device of [...this.devices.values()]) this.#addAlerts(device);
    this.#addHistory();
  }

  alertsOf(device: number): number {
    return this.#alertsOf.get(device) ?? 0;
  }

  organizationOf(device: Device): Organization | undefined {
    return this.organizations.get(device.organization);
  }

  locationsOf(organization: number): Location[] {
    return [...this.locations.values()].filter((location) => location.organization === organization);
  }

  /** A client that no other system of the same world has (yet), with the machines that each has. */
  createOrganization(): Organization {
    const company = this.world.company(this.#drawn.companies++);
    const now = this.clock.now();
    const organization = this.#addOrganization(company.name, { created: now, known: false, hidden: false });
    this.log('SYSTEM', 'CLIENT_CREATED', `Organization ${company.name} created`);
    const location = this.#addLocation(organization, company.sites[0], now);
    for (const device of this.#addShared(organization, location, company.number, now)) {
      this.log('DEVICE', 'NODE_CREATED', `${device.systemName} created`, device.id);
    }
    return organization;
  }

  createLocation(): Location {
    const clients = this.#clients();
    const organization = clients[this.#next.location % clients.length] as Organization;
    const { sites } = this.world.company(this.#next.location);
    const location = this.#addLocation(
      organization,
      { ...sites[0], name: `Branch ${this.#next.location}` },
      this.clock.now(),
    );
    this.log('SYSTEM', 'LOCATION_CREATED', `Location ${location.name} created`);
    return location;
  }

  createDevice(): Device {
    const number = this.#drawn.people++;
    const device = this.#addPersonal(number, this.clock.now()) as Device;
    this.log('DEVICE', 'NODE_CREATED', `${device.systemName} created`, device.id);
    return device;
  }

  createAlert(): Alert {
    const devices = [...this.devices.values()].filter(
      (device) => device.approval === 'APPROVED' && this.organizationOf(device)?.known,
    );
    const device = devices[(this.#next.alert * 7) % devices.length] as Device;
    return this.#addAlert(device, random(this.world.seed, 'ninja-alert', this.#next.alert), this.clock.now());
  }

  removeOrganization(organization: Organization): void {
    this.organizations.delete(organization.id);
    for (const location of this.locationsOf(organization.id)) this.locations.delete(location.id);
    for (const device of [...this.devices.values()]) {
      if (device.organization === organization.id) this.removeDevice(device);
    }
    this.log('SYSTEM', 'CLIENT_DELETED', `Organization ${organization.name} deleted`);
  }

  /** Its devices stay, without a location. */
  removeLocation(location: Location): void {
    this.locations.delete(location.id);
    for (const device of this.devices.values()) {
      if (device.location !== location.id) continue;
      device.location = null;
      this.log('DEVICE', 'NODE_UPDATED', `${device.systemName} moved`, device.id);
    }
  }

  removeDevice(device: Device): void {
    this.devices.delete(device.id);
    for (const alert of [...this.alerts.values()]) if (alert.device === device.id) this.removeAlert(alert);
    this.log('DEVICE', 'NODE_DELETED', `${device.systemName} deleted`, device.id);
  }

  removeAlert(alert: Alert): void {
    this.alerts.delete(alert.uid);
    this.#alertsOf.set(alert.device, this.alertsOf(alert.device) - 1);
    this.log('DEVICE', 'RESET', `${alert.condition} reset`, alert.device);
  }

  log(group: Activity['group'], statusCode: string, message: string, device: number | null = null): void {
    this.activities.push({ id: this.#next.activity++, at: this.clock.now(), group, device, statusCode, message });
  }

  #clients(): Organization[] {
    return [...this.organizations.values()].filter(({ known }) => known);
  }

  #addOrganization(
    name: string,
    of: { readonly created: number; readonly known: boolean; readonly hidden: boolean },
  ): Organization {
    const id = this.#next.organization;
    this.#next.organization += 3;
    const approvalMode = id % 2 === 0 ? 'AUTOMATIC' : 'MANUAL';
    const organization: Organization = { id, name, description: '', approvalMode, ...of };
    this.organizations.set(id, organization);
    this.#codeOf.set(id, codeFrom(name, id));
    return organization;
  }

  #addLocation(organization: Organization, site: WorldSite, created: number): Location {
    const { street, city, region, postcode, country } = site;
    const id = this.#next.location++;
    const address = id % 5 === 0 ? '' : `${street}, ${city}, ${region} ${postcode}, ${country}`;
    const location: Location = { id, organization: organization.id, name: site.name, address, created };
    this.locations.set(id, location);
    return location;
  }

  #addClient(company: WorldCompany): void {
    const organization = this.#addOrganization(company.name, {
      created: company.createdAt,
      known: true,
      hidden: false,
    });
    const locations = company.sites.map((site) => this.#addLocation(organization, site, company.createdAt));
    this.#clientOf.set(company.number, { organization: organization.id, locations: locations.map(({ id }) => id) });
    this.#addShared(organization, locations[0] as Location, company.number);
  }

  #addShared(organization: Organization, location: Location, stream: number, now?: number): Device[] {
    const draw = random(this.world.seed, 'ninja-shared', stream);
    const place = { organization: organization.id, location: location.id, owner: null, user: null };
    const [server, ...gear] = sharedClasses;
    const host = this.#addDevice({ ...place, nodeClass: server, parent: null, draw, now });
    return [host, ...gear.map((nodeClass) => this.#addDevice({ ...place, nodeClass, parent: host.id, draw, now }))];
  }

  /** The machine of a person; null when the person has left or works for nobody here. @param now for one that is made now */
  #addPersonal(number: number, now?: number): Device | null {
    const person = this.world.person(number);
    const place = this.#placeOf(person, now !== undefined);
    if (place === null || (!person.isActive && now === undefined)) return null;
    const draw = random(this.world.seed, 'ninja-device', number);
    return this.#addDevice({
      ...place,
      nodeClass: draw.pick(personalClasses),
      owner: number,
      user: person.firstName.toLowerCase(),
      parent: null,
      draw,
      now,
    });
  }

  /** A machine that is made now always finds a place, whatever has become of the person's company. */
  #placeOf(
    { company, site }: WorldPerson,
    somewhere: boolean,
  ): { organization: number; location: number | null } | null {
    const client = this.#clientOf.get(company);
    if (client !== undefined && this.organizations.has(client.organization)) {
      const location = client.locations[site] ?? client.locations[0] ?? 0;
      return { organization: client.organization, location: this.locations.has(location) ? location : null };
    }
    const [other] = somewhere ? this.#clients() : [];
    return other === undefined ? null : { organization: other.id, location: this.locationsOf(other.id)[0]?.id ?? null };
  }

  #addDevice(of: Omit<NewDevice, 'id' | 'code' | 'today'>): Device {
    const code = this.#codeOf.get(of.organization) ?? 'X';
    const device = newDevice({ ...of, id: this.#next.device++, code, today: this.world.today });
    this.devices.set(device.id, device);
    return device;
  }

  #addAlerts(device: Device): void {
    if (device.approval !== 'APPROVED') return;
    const draw = random(this.world.seed, 'ninja-alerts', device.id);
    if (device.offline && device.owner === null) this.#addAlert(device, draw, device.lastContact, 'AGENT_OFFLINE');
    if (draw.chance(0.12))
      this.#addAlert(device, draw, Math.max(device.created, this.world.today - draw.below(3 * day)));
  }

  #addAlert(device: Device, draw: Random, at: number, only?: string): Alert {
    const alert = newAlert(this.#next.alert++, device, draw, at, only);
    this.alerts.set(alert.uid, alert);
    this.#alertsOf.set(device.id, this.alertsOf(device.id) + 1);
    return alert;
  }

  /** An organization of the provider's own, of which no other system knows. */
  #addStranger(): void {
    const organization = this.#addOrganization('Acme IT (internal)', {
      created: this.world.today - 700 * day,
      known: false,
      hidden: true,
    });
    const location = this.#addLocation(organization, this.world.company(0).sites[0], organization.created);
    const [server] = this.#addShared(organization, location, -1);
    if (server) this.#addAlert(server, random(this.world.seed, 'ninja-stranger'), this.world.today);
  }

  /** What was logged of late: new devices, and things of no interest to a sync. */
  #addHistory(): void {
    const newest = [...this.devices.values()].sort((a, b) => a.created - b.created).slice(-150);
    for (const { id, systemName, created } of newest) {
      const common = { at: created, group: 'DEVICE', device: id } as const;
      this.activities.push(
        { ...common, id: this.#next.activity++, statusCode: 'NODE_CREATED', message: `${systemName} created` },
        { ...common, id: this.#next.activity++, statusCode: 'SOFTWARE_ADDED', message: 'Browser 120 installed' },
      );
    }
  }
}

/** Up to four letters of the name, as host names begin; the number where a name has none. */
function codeFrom(name: string, id: number): string {
  const plain = name.normalize('NFKD').replaceAll(/[^A-Za-z]/g, '');
  return plain.length < 3 ? `ORG${id}` : plain.slice(0, 4).toUpperCase();
}
