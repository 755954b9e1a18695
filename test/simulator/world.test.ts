import { describe, expect, it } from 'vitest';
import { createWorld } from '../../src/simulator/world.ts';

const now = Date.parse('2026-08-03T10:00:00Z');
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('the invented world', () => {
  it('is the same for the same seed, in whatever order it is asked, and another for another seed', () => {
    const one = createWorld({ seed: 7, scale: 400, now });
    const same = createWorld({ seed: 7, scale: 400, now: now + 3_600_000 });
    const other = createWorld({ seed: 8, scale: 400, now });
    const all = (world: typeof one) => ({
      companies: numbers(world.counts.companies).map(world.company),
      people: numbers(world.counts.people).map(world.person),
      tickets: numbers(world.counts.tickets).map(world.ticket),
    });
    const backwards = numbers(400).reverse().map(same.ticket).reverse();
    expect(all(same)).toEqual(all(one));
    expect(backwards).toEqual(all(one).tickets);
    expect(all(other)).not.toEqual(all(one));
  });

  it('keeps the proportions of 2,000 tickets and a minimum at small scales', () => {
    expect(createWorld({ seed: 1, scale: 2000, now }).counts).toEqual({
      companies: 50,
      people: 500,
      technicians: 10,
      tickets: 2000,
    });
    expect(createWorld({ seed: 1, scale: 1, now }).counts).toEqual({
      companies: 3,
      people: 6,
      technicians: 3,
      tickets: 1,
    });
  });

  it('never gives an e-mail address or a domain twice, at any scale in use', () => {
    const world = createWorld({ seed: 3, scale: 60_000, now });
    const emails = numbers(world.counts.people).flatMap((i) => world.person(i).email ?? []);
    const domains = numbers(world.counts.companies).map((i) => world.company(i).domain);
    expect(new Set(emails).size).toBe(emails.length);
    expect(new Set(domains).size).toBe(domains.length);
    expect(emails.filter((email) => !/^[a-z0-9.-]+@[a-z0-9-]+\.example$/.test(email))).toEqual([]);
    expect(domains.every((domain) => /^[a-z0-9-]+\.example$/.test(domain))).toBe(true);
  });

  it('holds the names that break careless code', () => {
    const world = createWorld({ seed: 1, scale: 2000, now });
    const names = numbers(world.counts.companies)
      .map((i) => world.company(i).name)
      .join('\n');
    expect(names).toMatch(/[é]/);
    expect(names).toMatch(/'/);
    expect(names).toMatch(/\p{Script=Han}/u);
    expect(names).toMatch(/\p{Extended_Pictographic}/u);
  });

  it('has no time after the day it was made, and none out of order', () => {
    const world = createWorld({ seed: 1, scale: 2000, now });
    for (const ticket of numbers(2000).map(world.ticket)) {
      expect(ticket.createdAt).toBeLessThanOrEqual(ticket.modifiedAt);
      expect(ticket.modifiedAt).toBeLessThanOrEqual(world.today);
      expect(ticket.closedAt === null).toBe(ticket.status !== 'closed');
    }
  });
});
