/** Each record type, page by page. */
import type { Page, ReadRequest } from '../../src/connector/contract.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { ListRow, NinjaApi } from './api.ts';
import { isComputer } from './device-types.ts';
import { type Inventory, mapped, toAlert, toDevice, toDeviceState, toLocation, toOrganization } from './mapping.ts';
import { type News, newsSince } from './news.ts';
import { type Reports, readInventory, readReports } from './reports.ts';
import { alertRow, deviceRow, locationRow, organizationRow } from './rows.ts';

export class Reader {
  readonly #api: NinjaApi;
  /** Read once per connection, that is per run: the pass that follows a full one has no other. */
  #reports: Promise<Reports> | null = null;

  constructor(api: NinjaApi) {
    this.#api = api;
  }

  async *read(request: ReadRequest): AsyncGenerator<Page> {
    switch (request.type) {
      case 'companies':
        yield* this.#list('organizations', request, (row) => mapped(organizationRow, row, toOrganization));
        return;
      case 'locations':
        yield* this.#list('locations', request, (row) => mapped(locationRow, row, toLocation));
        return;
      case 'devices':
        yield* this.#devices(request);
        return;
      case 'alerts': {
        const rows = await this.#api.alerts(request.signal);
        yield { items: rows.map((row) => mapped(alertRow, row, toAlert)), next: null };
        return;
      }
      default:
        throw new Error(`NinjaOne has no ${request.type}.`);
    }
  }

  async *#list(path: string, request: ReadRequest, map: (row: ListRow) => SourceItem): AsyncGenerator<Page> {
    for await (const { rows, next } of this.#api.list(path, request)) yield { items: rows.map(map), next };
  }

  /**
   * Full: the detailed list. Changes: the light list, which tells who is online, with the detailed rows of those devices that the
   * feed names; what no activity tells (a deletion it missed, new hardware) comes with the next full read.
   */
  async *#devices(request: ReadRequest): AsyncGenerator<Page> {
    const { signal } = request;
    const news = request.mode === 'changes' ? await newsSince(this.#api, request.since, signal) : null;
    const changed = news === null ? 'unknown' : news.changed;
    this.#reports ??= readReports(this.#api, signal);
    const reports = await this.#reports;
    const inventory = new LateInventory(this.#api, signal);

    // Without a feed all are read again and again.
    const steady = news !== null && changed === 'unknown';
    const path = changed === 'unknown' ? 'devices-detailed' : 'devices';
    for await (const { rows, next } of this.#api.list(path, request)) {
      const details = changed === 'unknown' ? rows : await this.#detailsOf(rows, changed, signal);
      const inventoryOf = await inventory.for(details);
      const detailed = new Map(details.map((row) => [row.id, row]));
      const items = rows.map((light) => {
        const monitoring = reports.monitoringOf(light.id);
        const detail = detailed.get(light.id);
        return detail === undefined
          ? mapped(deviceRow, light, (row) => toDeviceState(row, monitoring))
          : mapped(deviceRow, detail, (row) => toDevice(row, monitoring, inventoryOf(row.id), steady));
      });
      yield next === null && news !== null ? lastPage(items, news) : { items, next };
    }
  }

  async #detailsOf(
    rows: readonly ListRow[],
    changed: ReadonlySet<number>,
    signal: AbortSignal,
  ): Promise<readonly ListRow[]> {
    const ids = rows.map(({ id }) => id).filter((id) => changed.has(id));
    return ids.length === 0 ? [] : await this.#api.devicesById(ids, signal);
  }
}

function lastPage(items: readonly SourceItem[], { deleted, position }: News): Page {
  const gone = deleted.map((id): SourceItem => ({ kind: 'gone', externalId: String(id) }));
  return { items: [...items, ...gone], next: null, feedPosition: position };
}

/** The inventory reports, read only when a page of devices turns out to lack what they tell. */
class LateInventory {
  readonly #api: NinjaApi;
  readonly #signal: AbortSignal;
  #of: ((deviceId: number) => Inventory) | null = null;

  constructor(api: NinjaApi, signal: AbortSignal) {
    this.#api = api;
    this.#signal = signal;
  }

  async for(rows: readonly ListRow[]): Promise<(deviceId: number) => Inventory> {
    const computers = rows.filter(({ nodeClass }) => typeof nodeClass === 'string' && isComputer(nodeClass));
    const lacking = computers.length > 0 && computers.every(({ system, os }) => system == null && os == null);
    if (lacking) this.#of ??= await readInventory(this.#api, this.#signal);
    return this.#of ?? (() => ({}));
  }
}
