/**
 * The invented world behind all simulators: one service provider, its clients, their people, and the work done for them.
 * Vendor-neutral, and the same for every vendor at the same seed and scale, so that records of different integrations match.
 * Each record is worked out from its number when asked for; nothing is built beforehand.
 */
import { type Random, random } from './random.ts';
import {
  type City,
  cities,
  companyFirst,
  companySecond,
  firstNames,
  lastNames,
  noteTexts,
  personTitles,
  provider,
  streets,
  technicianTitles,
  topics,
  unusualCompanies,
} from './words.ts';

/** Numbers start at 0; times are epoch milliseconds. */
export interface WorldSite extends City {
  readonly name: string;
  readonly street: string;
  readonly phone: string;
}
export interface WorldCompany {
  readonly number: number;
  readonly name: string;
  readonly domain: string;
  readonly relationship: 'Managed' | 'Ad hoc' | 'Prospect';
  readonly isActive: boolean;
  /** One to three; the first is the main one. */
  readonly sites: readonly [WorldSite, ...WorldSite[]];
  readonly createdAt: number;
  readonly modifiedAt: number;
}
export interface WorldPerson {
  readonly number: number;
  readonly company: number;
  /** Which of the company's sites. */
  readonly site: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Unique; null for about one in fifty. */
  readonly email: string | null;
  readonly phone: string;
  readonly mobile: string | null;
  readonly title: string;
  readonly isActive: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}
export interface WorldTechnician {
  readonly number: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly title: string;
  /** 0: service desk, 1: field engineering. */
  readonly team: 0 | 1;
  readonly isActive: boolean;
  readonly modifiedAt: number;
  readonly lastLoginAt: number;
}
export type WorldStatus = 'new' | 'in progress' | 'waiting' | 'reopened' | 'closed';
export type WorldPriority = 'critical' | 'high' | 'medium' | 'low';
export type WorldTicketType = 'incident' | 'request' | 'problem' | 'change';
export interface WorldTicket {
  readonly number: number;
  readonly company: number;
  readonly person: number;
  /** null: nobody yet. */
  readonly technician: number | null;
  readonly title: string;
  readonly description: string;
  readonly type: WorldTicketType;
  readonly status: WorldStatus;
  readonly priority: WorldPriority;
  readonly category: string;
  readonly subcategory: string;
  readonly team: 0 | 1;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly closedAt: number | null;
}
export interface WorldNote {
  readonly technician: number;
  readonly text: string;
  readonly isPrivate: boolean;
  readonly at: number;
}

export interface World {
  readonly seed: number;
  readonly counts: {
    readonly companies: number;
    readonly people: number;
    readonly technicians: number;
    readonly tickets: number;
  };
  /** The start of the UTC day at which the world was made; nothing in it is younger. */
  readonly today: number;
  /** Each answers for numbers beyond the counts too: that is how a simulator gets new rows. */
  company(number: number): WorldCompany;
  person(number: number): WorldPerson;
  technician(number: number): WorldTechnician;
  ticket(number: number): WorldTicket;
  notes(ticket: WorldTicket): readonly WorldNote[];
}

const day = 86_400_000;
const history = 730 * day;

/** @param scale number of tickets; per 2,000 of them there are 50 companies, 500 people and 10 technicians. */
export function createWorld(options: { seed: number; scale: number; now: number }): World {
  const { seed } = options;
  const scale = Math.max(0, Math.trunc(options.scale));
  const today = Math.floor(options.now / day) * day;
  const counts = {
    companies: Math.max(3, Math.round(scale / 40)),
    people: Math.max(6, Math.round(scale / 4)),
    technicians: Math.max(3, Math.round(scale / 200)),
    tickets: scale,
  };
  const stream = (kind: string, number: number): Random => random(seed, kind, number);
  const past = (draw: Random, from = 0): number =>
    Math.floor(today - draw.next() * (today - Math.max(from, today - history)));

  const company = (number: number): WorldCompany => {
    const draw = stream('company', number);
    const [name, domain] = companyName(seed, number);
    const createdAt = past(draw);
    const main = site(draw, 'Main');
    const others = Array.from({ length: draw.pick([0, 0, 0, 1, 1, 2]) }, (_, i) => site(draw, `Branch ${i + 2}`));
    return {
      number,
      name,
      domain,
      relationship: draw.pick(['Managed', 'Managed', 'Managed', 'Ad hoc', 'Prospect']),
      isActive: number % 13 !== 6,
      sites: [main, ...others],
      createdAt,
      modifiedAt: past(draw, createdAt),
    };
  };

  /** Some companies are much larger than others. */
  const employer = (number: number): number => {
    if (number < counts.companies) return number;
    const draw = stream('employer', number);
    return Math.floor(draw.next() ** 1.7 * counts.companies);
  };

  const person = (number: number): WorldPerson => {
    const draw = stream('person', number);
    const at = company(employer(number));
    const named = personName(seed, number);
    const where = draw.below(at.sites.length);
    const { dial } = at.sites[where] ?? at.sites[0];
    const createdAt = past(draw, at.createdAt);
    return {
      number,
      company: at.number,
      site: where,
      firstName: named.first,
      lastName: named.last,
      email: number % 50 === 31 ? null : `${named.local}@${at.domain}`,
      phone: telephone(dial, draw),
      mobile: draw.chance(0.6) ? telephone(dial, draw) : null,
      title: draw.pick(personTitles),
      isActive: number % 17 !== 9,
      createdAt,
      modifiedAt: past(draw, createdAt),
    };
  };

  const technician = (number: number): WorldTechnician => {
    const draw = stream('technician', number);
    const named = personName(seed + 1, number);
    return {
      number,
      firstName: named.first,
      lastName: named.last,
      email: `${named.local}@${provider.domain}`,
      title: draw.pick(technicianTitles),
      team: draw.chance(0.35) ? 1 : 0,
      isActive: number % 10 !== 7,
      modifiedAt: past(draw),
      lastLoginAt: Math.floor(today - draw.next() * 7 * day),
    };
  };

  const ticket = (number: number): WorldTicket => {
    const draw = stream('ticket', number);
    const caller = draw.below(counts.people);
    const topic = draw.pick(topics);
    const title = draw.pick(topic.titles);
    // Numbers rise with time; the newest ticket of the original world was opened shortly before today.
    const age = Math.max(0, counts.tickets - number - draw.next()) / Math.max(1, counts.tickets);
    const createdAt = Math.floor(today - age * history);
    // Most are done within days; none is touched after today.
    const lasted = draw.next() ** 3 * Math.min(today - createdAt, 60 * day);
    const isClosed = draw.chance(age > 0.05 ? 0.9 : 0.3);
    const modifiedAt = Math.floor(createdAt + lasted);
    return {
      number,
      company: employer(caller),
      person: caller,
      technician: !isClosed && draw.chance(0.25) ? null : draw.below(counts.technicians),
      title,
      description: `${title}. Reported by telephone; please call back before changing anything.`,
      type: draw.pick(['incident', 'incident', 'incident', 'request', 'request', 'problem', 'change']),
      status: isClosed ? 'closed' : draw.pick(['new', 'in progress', 'in progress', 'waiting', 'reopened']),
      priority: draw.pick(['critical', 'high', 'medium', 'medium', 'medium', 'low', 'low']),
      category: topic.category,
      subcategory: topic.subcategory,
      team: draw.chance(0.3) ? 1 : 0,
      createdAt,
      modifiedAt,
      closedAt: isClosed ? modifiedAt : null,
    };
  };

  const notes = (of: WorldTicket): readonly WorldNote[] => {
    const draw = stream('notes', of.number);
    const total = draw.below(4);
    return Array.from({ length: total }, (_, i) => ({
      technician: of.technician ?? draw.below(counts.technicians),
      text: draw.pick(noteTexts),
      isPrivate: draw.chance(0.5),
      at: Math.floor(of.createdAt + ((of.modifiedAt - of.createdAt) * (i + 1)) / (total + 1)),
    }));
  };

  return { seed, counts, today, company, person, technician, ticket, notes };
}

function companyName(seed: number, number: number): readonly [name: string, domain: string] {
  // Every third of the first companies carries an unusual name.
  const unusual = number % 3 === 1 ? unusualCompanies[(number - 1) / 3] : undefined;
  if (unusual) return unusual;
  const { first, second, round } = combination(seed, number, companyFirst, companySecond);
  const name = `${first} ${second}${round ? ` ${round + 1}` : ''}`;
  return [name, `${ascii(name)}.example`];
}

function personName(seed: number, number: number): { first: string; last: string; local: string } {
  const { first, second, round } = combination(seed, number, firstNames, lastNames);
  const words = [ascii(first), ascii(second)];
  // A name in another script has no ASCII form; its number stands for it and keeps the address unique.
  const local = words.every(Boolean)
    ? `${words.join('.')}${round ? round + 1 : ''}`
    : `${words.filter(Boolean).join('.') || 'user'}.${number}`;
  return { first, last: second, local };
}

/**
 * The pair of words for a number: all pairs are used once before any comes again (`round` counts the times), so that
 * names, and with them e-mail addresses and domains, are unique without a memory of those given before.
 */
function combination(seed: number, number: number, firsts: readonly string[], seconds: readonly string[]) {
  const pairs = firsts.length * seconds.length;
  // A prime that divides neither list's length walks through all pairs.
  const place = (((number * 7919 + (seed >>> 0) * 104_729) % pairs) + pairs) % pairs;
  return {
    first: firsts[place % firsts.length] as string,
    second: seconds[Math.floor(place / firsts.length)] as string,
    round: Math.floor(number / pairs),
  };
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, (run) => (/[\s]/.test(run) ? '-' : ''))
    .replaceAll(/^-+|-+$/g, '');
}

function site(draw: Random, name: string): WorldSite {
  const where = draw.pick(cities);
  return { ...where, name, street: `${1 + draw.below(180)} ${draw.pick(streets)}`, phone: telephone(where.dial, draw) };
}

const telephone = (dial: string, draw: Random): string => `${dial}${String(draw.below(1000)).padStart(3, '0')}`;
