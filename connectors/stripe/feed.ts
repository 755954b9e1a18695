/**
 * What changed, from Stripe's events. One walk over the events serves all record types of a run: a quiet run costs one
 * request. The events are not filtered by name: there are more names than one request may filter by, new ones come without
 * notice, and the object an event is about says enough.
 *
 * Events come in no dependable order and may show late, so each reading goes back ten minutes before the last; the ids of the
 * events in that stretch are part of the feed position, so that nothing is read twice for it.
 */
import type { Connection } from '../../src/connector/contract.ts';
import type { ResourceName, StripeApi } from './api.ts';
import { NotPermitted, oddAnswer } from './failures.ts';
import { eventRow, referenceOf } from './rows.ts';

/** Stripe keeps events for 30 days; the last one is not counted on. */
const keptSeconds = 29 * 86_400;
const overlapSeconds = 600;
/** More than so many ids are not carried along; what is left out is read again, which changes nothing. */
const carriedIds = 500;

/** What happened to one object. */
export interface Change {
  readonly id: string;
  /** When, Unix seconds. */
  readonly at: number;
  /** When the object was made. */
  readonly created: number | null;
  readonly deleted: boolean;
}

export interface News {
  /** One for each object, by id. */
  readonly changes: readonly Change[];
  /** To be stored when all of them have been taken. */
  readonly position: string;
  /** Nothing happened before this that is not taken already, Unix seconds. */
  readonly since: number;
  /** What is read from now on shows at least what happened up to here, Unix seconds. */
  readonly upTo: number;
}

interface SeenEvent extends Change {
  readonly event: string;
  readonly resource: ResourceName;
}

interface Reading {
  readonly from: number;
  readonly upTo: number;
  readonly events: readonly SeenEvent[];
}

interface Mark {
  readonly at: number;
  readonly seen: readonly string[];
}

export class Feed {
  readonly #api: StripeApi;
  #reading: Reading | null = null;
  /** Why the key may not read events at all. */
  #refused: string | null = null;

  constructor(api: StripeApi) {
    this.#api = api;
  }

  /** Where the feed stands now. */
  position: NonNullable<Connection['feedPosition']> = async (_type, signal) => {
    if (this.#api.now() === null) {
      // Any answer tells the time, a refusal too.
      await this.#api.probe('events', signal).catch((error: unknown) => {
        if (!(error instanceof NotPermitted)) throw error;
      });
    }
    return format({ at: this.#api.now() ?? 0, seen: [] });
  };

  /** Text: why it cannot be told any more. */
  async since(resource: ResourceName, position: string, signal: AbortSignal): Promise<News | string> {
    const mark = parse(position);
    const since = mark.at - overlapSeconds;
    const reading = await this.#read(since, mark.at, signal);
    if (typeof reading === 'string') return reading;

    const seen = new Set(mark.seen);
    const own = reading.events.filter((event) => event.resource === resource && event.at >= since);
    const newest = new Map<string, Change>();
    for (const { event, id, ...change } of own) {
      if (seen.has(event)) continue;
      const known = newest.get(id);
      const { at, deleted } = known === undefined ? change : later(known, change);
      newest.set(id, { id, at, deleted, created: known?.created ?? change.created });
    }
    const recent = own.filter(({ at }) => at >= reading.upTo - overlapSeconds).map(({ event }) => event);
    return {
      changes: [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      position: format({ at: reading.upTo, seen: recent.slice(0, carriedIds) }),
      since,
      upTo: reading.upTo,
    };
  }

  async #read(from: number, mark: number, signal: AbortSignal): Promise<Reading | string> {
    const known = this.#reading;
    if (known !== null && known.from <= from && mark <= known.upTo) return known;
    if (this.#refused !== null) return this.#refused;
    const events: SeenEvent[] = [];
    let upTo: number | null = null;
    try {
      for await (const { rows } of this.#api.list('events', { query: { 'created[gte]': from }, signal })) {
        // The first answer holds everything up to its time; what comes later stands before it.
        upTo ??= this.#api.now() ?? mark;
        if (mark < upTo - keptSeconds) {
          return 'Stripe keeps events for 30 days, and what was read last is older than that.';
        }
        for (const row of rows) {
          const event = toSeenEvent(row);
          if (event !== null) events.push(event);
        }
      }
    } catch (error) {
      if (!(error instanceof NotPermitted)) throw error;
      this.#refused = `${error.reason} Everything is read and compared instead, which takes longer. ${error.fix}`;
      return this.#refused;
    }
    this.#reading = { from, upTo: upTo ?? mark, events };
    return this.#reading;
  }
}

type Happened = Pick<Change, 'at' | 'deleted'>;

/** Of events of one second, the deletion is the last. */
function later(one: Happened, other: Happened): Happened {
  if (one.at === other.at) return one.deleted ? one : other;
  return one.at > other.at ? one : other;
}

/** Which list an object of an event belongs to. What is not here concerns no record. */
const resourceOf: Readonly<Record<string, ResourceName>> = {
  customer: 'customers',
  product: 'products',
  price: 'prices',
  subscription: 'subscriptions',
  invoice: 'invoices',
  invoice_payment: 'invoices',
  charge: 'charges',
  dispute: 'charges',
  refund: 'refunds',
};

function toSeenEvent(row: unknown): SeenEvent | null {
  const event = eventRow.safeParse(row).data;
  // Passed over, its change would be missed in silence.
  if (event === undefined) throw oddAnswer('events');
  const { object } = event.data;
  const kind = object.object ?? '';
  const resource = resourceOf[kind];
  const owner = kind === 'invoice_payment' ? object.invoice : kind === 'dispute' ? object.charge : object.id;
  // An invoice that is only announced (invoice.upcoming) has no id yet.
  const id = referenceOf(owner);
  if (resource === undefined || id === null) return null;
  return {
    event: event.id,
    resource,
    id,
    at: event.created,
    created: owner === object.id ? (object.created ?? null) : null,
    // A subscription that is "deleted" is canceled: it can still be read.
    deleted: kind !== 'subscription' && owner === object.id && event.type.endsWith('.deleted'),
  };
}

function format({ at, seen }: Mark): string {
  return [new Date(at * 1000).toISOString(), ...seen].join(' ');
}

function parse(position: string): Mark {
  const [at = '', ...seen] = position.split(' ');
  const time = Date.parse(at);
  return { at: Number.isNaN(time) ? 0 : time / 1000, seen };
}
