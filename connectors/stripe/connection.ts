/** Reads the record types: whole lists at first, and from then on again each object that an event names. */
import type { Connection, ConnectorEnvironment, Page, Position, ReadRequest } from '../../src/connector/contract.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { type ResourceName, StripeApi } from './api.ts';
import { checks } from './checks.ts';
import { type Change, Feed, type News } from './feed.ts';
import { gone, type Raw } from './mapping.ts';
import { type Source, sourceOf } from './sources.ts';
import { type Facts, Surroundings } from './surroundings.ts';

/** Objects read again per stored page. */
const changesPerPage = 50;
/** From so many new objects on, they are read by the list, a hundred at a time. */
const manyNew = 20;

export function openStripe(environment: ConnectorEnvironment): Connection {
  const api = new StripeApi(environment);
  const reader = new Reader(api, environment.options.includeDrafts === true);
  return {
    checks: (types) => checks(api, types),
    read: (request) => reader.read(request),
    feedPosition: reader.feed.position,
  };
}

/** Lives as long as a run. */
class Reader {
  readonly feed: Feed;
  readonly #api: StripeApi;
  readonly #includeDrafts: boolean;
  /** Changed customers are asked for twice: as what they are, and to be tied to a company. Good for the same news only. */
  #customers = { upTo: 0, rows: new Map<string, Promise<Raw | null>>() };

  constructor(api: StripeApi, includeDrafts: boolean) {
    this.#api = api;
    this.feed = new Feed(api);
    this.#includeDrafts = includeDrafts;
  }

  read(request: ReadRequest): AsyncGenerator<Page> {
    const source = sourceOf(request.type);
    return request.mode === 'full' ? this.#whole(source, request) : this.#changed(source, request);
  }

  async *#whole(source: Source, { position, signal }: ReadRequest): AsyncGenerator<Page> {
    const surroundings = new Surroundings(this.#api);
    for await (const { rows, next } of this.#api.list(source.resource, { position, signal })) {
      const facts = await surroundings.of(source.resource, rows, 'all', signal);
      yield { items: this.#items(source, facts, () => null), next };
    }
  }

  async *#changed(source: Source, request: ReadRequest): AsyncGenerator<Page> {
    const { since, signal } = request;
    const news = await this.feed.since(source.resource, since ?? '', signal);
    if (typeof news === 'string') {
      yield { items: [], next: null, feedLost: news };
      return;
    }
    if (this.#customers.upTo !== news.upTo) this.#customers = { upTo: news.upTo, rows: new Map() };
    const surroundings = new Surroundings(this.#api);
    const { feed, after } = resumed(request.position, news);
    const wanted = new Map(news.changes.filter(({ id }) => id > after).map((change) => [change.id, change]));
    const changedAt = (id: string) => wanted.get(id)?.at ?? null;

    const added = [...wanted.values()].filter(({ created, deleted }) => !deleted && (created ?? 0) >= news.since);
    if (after === '' && added.length >= manyNew) {
      const query = { 'created[gte]': news.since };
      for await (const { rows } of this.#api.list(source.resource, { query, signal })) {
        const known = rows.filter(({ id }) => wanted.has(id));
        const items = this.#items(source, await surroundings.of(source.resource, known, 'all', signal), changedAt);
        for (const { id } of known) wanted.delete(id);
        yield { items, next: { feed, after: '' } };
      }
    }

    const rest = [...wanted.values()];
    for (let start = 0; ; start += changesPerPage) {
      const part = rest.slice(start, start + changesPerPage);
      const items = await this.#readAgain(source, part, surroundings, signal);
      const last = part.at(-1);
      if (last === undefined || start + changesPerPage >= rest.length) {
        yield { items, next: null, feedPosition: feed };
        return;
      }
      yield { items, next: { feed, after: last.id } };
    }
  }

  /** An event shows its object as another version had it, so only that it changed is believed. */
  async #readAgain(
    source: Source,
    changes: readonly Change[],
    surroundings: Surroundings,
    signal: AbortSignal,
  ): Promise<SourceItem[]> {
    const found = await Promise.all(
      changes.map(async (change) => ({
        change,
        raw: change.deleted ? null : await this.#retrieve(source.resource, change.id, signal),
      })),
    );
    const rows = found.map(({ raw }) => raw).filter((raw) => raw !== null);
    const times = new Map(changes.map(({ id, at }) => [id, at]));
    const facts = await surroundings.of(source.resource, rows, 'few', signal);
    const items = this.#items(source, facts, (id) => times.get(id) ?? null);
    return [...items, ...found.filter(({ raw }) => raw === null).map(({ change }) => gone(change.id, change.at))];
  }

  #retrieve(resource: ResourceName, id: string, signal: AbortSignal): Promise<Raw | null> {
    if (resource !== 'customers') return this.#api.retrieve(resource, id, signal);
    const row = this.#customers.rows.get(id) ?? this.#api.retrieve(resource, id, signal);
    this.#customers.rows.set(id, row);
    return row;
  }

  #items({ map }: Source, { rows, ...facts }: Facts, changedAt: (id: string) => number | null): SourceItem[] {
    const includeDrafts = this.#includeDrafts;
    return rows.map((raw) => map(raw, { ...facts, includeDrafts, changedAt: changedAt(raw.id) }));
  }
}

/** A pass that was cut short ends at the feed position it began with: what came since is the next one's. */
function resumed(position: Position | null, news: News): { feed: string; after: string } {
  const { feed, after } = position ?? {};
  return {
    feed: typeof feed === 'string' ? feed : news.position,
    after: typeof after === 'string' ? after : '',
  };
}
