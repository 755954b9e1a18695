/** The provider's tenant and those of its clients, built from the shared world: same companies, same people. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { random } from '../../../src/simulator/random.ts';
import { provider } from '../../../src/simulator/words.ts';
import type { World, WorldCompany } from '../../../src/simulator/world.ts';
import { actions, products } from './catalogue.ts';
import {
  type Control,
  grantedRoles,
  partnerRole,
  type Relationship,
  type Sku,
  type Tenant,
  type User,
} from './model.ts';

const day = 86_400_000;
/** However large the world is: each tenant is an application of its own to sign in to. */
const mostClients = 8;
const daysKept = 90;

const guid = (group: string, number: number): string =>
  `${group}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export interface DayScore {
  /** Days since 1970. */
  readonly day: number;
  readonly score: number;
  readonly max: number;
}

export class Instance {
  readonly world: World;
  readonly clock: Clock;
  /** The provider's own first, then its clients; the last one is a client that nobody has consented for. */
  readonly tenants: readonly Tenant[];
  readonly relationships: Relationship[] = [];
  /** Numbers are given once: a row that came in place of a deleted one would have its id. */
  #nextRelationship = 0;
  #nextAddition = 1000;
  readonly #startedAt: number;

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
    this.#startedAt = clock.now();
    const clients = Math.min(mostClients, world.counts.companies - 1);
    const staff = Array.from({ length: world.counts.technicians }, (_, i) => world.technician(i));
    const own = this.#tenant(0, world.company(0), {
      name: provider.name,
      domain: provider.domain,
      users: staff.map((who) => ({ ...who, mobile: null, phone: null })),
      partner: true,
    });
    const people = Map.groupBy(
      Array.from({ length: world.counts.people }, (_, i) => world.person(i)).filter(
        ({ company }) => company <= clients,
      ),
      ({ company }) => company,
    );
    const others = Array.from({ length: clients + 1 }, (_, i) => {
      const company = world.company(i);
      const { name, domain } = company;
      return this.#tenant(i + 1, company, { name, domain, users: people.get(i) ?? [], partner: false });
    });
    const stranger = others.at(-1)!;
    stranger.consented = false;
    stranger.roles = [];
    this.tenants = [own, ...others];
    for (const tenant of others) this.addRelationship(tenant);
    this.#addOddRelationships(others[0]!);
  }

  get provider(): Tenant {
    return this.tenants[0]!;
  }

  /** Those in which the application is let in; what credentials name. */
  get named(): readonly Tenant[] {
    return this.tenants.slice(0, -1);
  }

  /** By id or by one of its domains. */
  find(text: string): Tenant | undefined {
    const wanted = text.toLowerCase();
    return this.tenants.find(({ id, domain, initialDomain }) => [id, domain, initialDomain].includes(wanted));
  }

  /** Newest first. A day's score is there from the day after; the first one is of the day before the start. */
  scores(tenant: Tenant): DayScore[] {
    if (!tenant.scored) return [];
    const newest = Math.floor(this.world.today / day) - 1 + Math.floor((this.clock.now() - this.#startedAt) / day);
    const max = tenant.controls.reduce((sum, { scored, maxScore }) => sum + (scored ? maxScore : 0), 0);
    return Array.from({ length: daysKept }, (_, back) => {
      const number = newest - back;
      const draw = random(this.world.seed, 'score', tenant.number * 100_000 + number);
      const share = 0.45 + 0.15 * Math.sin((number + tenant.number * 17) / 29) + draw.next() * 0.02;
      const extra = back === 0 ? tenant.extraPoints : 0;
      return { day: number, score: Math.round(share * max * 100) / 100 + extra, max };
    });
  }

  addSku(tenant: Tenant): Sku {
    const number = this.#nextAddition++;
    const sku = this.#sku(tenant.number, number, `FAKE_ADDON_${number}`, { enabled: 10, trial: false, free: false });
    tenant.skus.push(sku);
    return sku;
  }

  addControl(tenant: Tenant): Control {
    const number = this.#nextAddition++;
    const control = this.#control(
      tenant.number,
      number,
      [`new_control_${number}`, 'A new action', 'Apps', 4, 'EXO'],
      20,
    );
    tenant.controls.push(control);
    return control;
  }

  addRelationship(tenant: Tenant): Relationship {
    const number = this.#nextRelationship++;
    const { today } = this.world;
    const row: Relationship = {
      id: `${guid('aaaa2222', number)}-${guid('bbbb2222', number)}`,
      name: `${tenant.name} GDAP ${number}`,
      status: number % 5 === 3 ? 'expiring' : 'active',
      customer: { tenantId: tenant.id, displayName: tenant.name },
      roles: [guid('aaaa3333', 1), guid('aaaa3333', 2)].slice(0, 1 + (number % 2)),
      autoExtends: number % 3 !== 0,
      created: today - 300 * day,
      activated: today - 299 * day,
      ends: today + (60 + number * 7) * day,
      modified: today - 299 * day,
    };
    this.relationships.push(row);
    return row;
  }

  /** One that waits, one that has ended, and one that Microsoft made in passing. */
  #addOddRelationships(client: Tenant): void {
    const add = (change: Partial<Relationship>) => {
      const row = this.addRelationship(client);
      Object.assign(row, change);
    };
    add({ name: 'Invitation to a new client', status: 'approvalPending', customer: null, activated: null, ends: null });
    add({ name: `${client.name} GDAP before`, status: 'terminated', ends: this.world.today - 10 * day });
    add({ name: `MLT_${client.name}`, status: 'active' });
  }

  #tenant(
    number: number,
    { sites: [site], createdAt }: WorldCompany,
    of: { name: string; domain: string; partner: boolean; users: readonly Person[] },
  ): Tenant {
    const skus = products.map(({ partNumber, ...product }, i) => this.#sku(number, i, partNumber, product));
    const users = [
      ...of.users.map((person, i) => this.#user(number, i, person, of.domain, skus)),
      ...(of.partner ? [] : [guest(number)]),
    ];
    for (const sku of skus) sku.consumed = users.filter(({ licenses }) => licenses.includes(sku.skuId)).length;
    // More in use than bought happens: seats that were given up while people had them.
    skus[1]!.consumed = skus[1]!.enabled + (number % 2);
    return {
      number,
      id: guid('7e000000', this.world.seed * 4096 + number),
      name: of.name,
      domain: of.domain,
      initialDomain: `${of.domain.replace(/\W.*$/, '')}${number}.onmicrosoft.example`,
      partner: of.partner,
      city: site.city,
      region: site.region,
      postcode: site.postcode,
      country: site.country,
      countryCode: site.countryCode,
      street: site.street,
      phone: site.phone,
      created: createdAt,
      consented: true,
      roles: of.partner ? [...grantedRoles, partnerRole] : grantedRoles,
      users,
      skus,
      controls: actions.map((line, i) => this.#control(number, i, line, users.length)),
      scored: true,
      extraPoints: 0,
    };
  }

  #sku(
    tenant: number,
    number: number,
    partNumber: string,
    { enabled, trial, free }: { enabled: number; trial: boolean; free: boolean },
  ): Sku {
    return {
      skuId: guid('aaaa1111', 16 + number),
      partNumber,
      enabled,
      warning: number === 1 ? 2 : 0,
      consumed: 0,
      status: number === 1 && tenant % 3 === 2 ? 'Warning' : 'Enabled',
      trial,
      renews: free ? null : this.world.today + (20 + number * 40 + tenant) * day,
    };
  }

  #control(
    tenant: number,
    number: number,
    [id, title, category, maxScore, service]: (typeof actions)[number],
    people: number,
  ): Control {
    const draw = random(this.world.seed, 'control', tenant * 1000 + number);
    const covered = draw.below(people + 1);
    const levels = ['Low', 'Moderate', 'High'];
    return {
      id,
      title,
      category,
      maxScore,
      score: people === 0 ? 0 : Math.round((maxScore * covered * 100) / people) / 100,
      scored: id !== 'aad_notapplicable' && id !== 'aad_oldcontrol',
      profiled: !id.startsWith('scid_') && id !== 'NA',
      deprecated: id === 'aad_oldcontrol',
      service,
      cost: draw.pick(levels),
      impact: draw.pick(levels),
      rank: number + 1,
      state: draw.pick(['Default', 'Default', 'Default', 'Ignored', 'ThirdParty', 'Reviewed']),
      covered,
      of: people,
    };
  }

  #user(tenant: number, number: number, person: Person, domain: string, skus: readonly Sku[]): User {
    const licensed = number % 7 !== 4;
    return {
      id: guid('05e40000', tenant * 65_536 + number),
      givenName: person.firstName,
      surname: person.lastName,
      principalName: person.email ?? `user${number}@${domain}`,
      mail: person.email,
      jobTitle: person.title,
      phone: person.phone,
      enabled: person.isActive,
      guest: false,
      licenses: licensed ? [skus[0]!.skuId, ...(number % 3 === 0 ? [skus[3]!.skuId] : [])] : [],
      created: this.world.today - 200 * day,
    };
  }
}

interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly title: string;
  readonly phone: string | null;
  readonly isActive: boolean;
}

function guest(tenant: number): User {
  return {
    id: guid('05e40000', tenant * 65_536 + 65_535),
    givenName: 'Pat',
    surname: 'Visitor',
    principalName: `pat_visitor.example#EXT#@tenant${tenant}.onmicrosoft.example`,
    mail: 'pat@visitor.example',
    jobTitle: null,
    phone: null,
    enabled: true,
    guest: true,
    licenses: [],
    created: 0,
  };
}
