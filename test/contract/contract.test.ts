/** The same demands on every connector against its simulator: the entry fee for a new vendor. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { catalogue, type Integration } from '../../connectors/index.ts';
import type { Connector } from '../../src/connector/contract.ts';
import { parseCredentials } from '../../src/connector/credentials.ts';
import { definitionOf, type RecordType, recordTypeNames } from '../../src/portal/records/index.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { type House, openHouse } from '../engine/house.ts';

const psa = 'halo-psa';
const scale = 260;

for (const entry of catalogue) {
  if (entry.load === undefined || entry.simulator === undefined) continue;
  const definition: SimulatorDefinition = await entry.simulator();
  const ways = Object.entries(definition.variants ?? { '': { faults: Object.keys(definition.faults) } });
  for (const [variant, { faults }] of ways) demand(entry, await entry.load(), variant, faults);
}

/** `variant`: the way to connect, for a vendor that has several; else empty. `faults`: those that it can have. */
function demand(entry: Integration, connector: Connector, variant: string, faults: readonly string[]): void {
  const { id } = entry;
  const { manifest } = connector;
  const types = manifest.recordTypes.map(({ type }) => type);
  const links = manifest.recordTypes.some(({ direction }) => direction === 'link');

  describe(variant === '' ? id : `${id}, ${variant}`, () => {
    let house: House;
    let companies: RunningSimulator | null = null;
    afterEach(async () => {
      await house?.[Symbol.asyncDispose]();
      await companies?.close();
      companies = null;
    });

    /** Connected, not synced; where the vendor only links, the PSA's companies and contacts are there. */
    async function connected(options: SimulatorOptions = {}): Promise<void> {
      house = await openHouse(id, { scale, ...(variant === '' ? {} : { variant }), ...options });
      if (links) {
        const own = await catalogue.find((each) => each.id === psa)?.simulator?.();
        companies = (await own?.start({ scale, now: house.clock.now })) ?? null;
        await house.engine.connect({
          id: psa,
          credentials: companies?.credentials ?? {},
          settings: { types: ['companies', 'contacts'] },
        });
        await house.engine.sync(psa);
      }
      await house.engine.connect({ id, credentials: house.sim.credentials });
    }

    const view = () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
    async function synced(request: { full?: boolean } = {}) {
      const result = await house.engine.sync(id, request);
      const counters = Object.values(result.types);
      const sum = (key: keyof (typeof counters)[number]) => counters.reduce((total, each) => total + each[key], 0);
      return { ...result, sum };
    }
    const expectAll = () => expect(view().records).toEqual(withoutZeros(house.sim.totals()));

    test('its manifest is whole: names, examples, guide, order', () => {
      expect(manifest).toMatchObject({ id, name: entry.name, summary: entry.summary, family: entry.family });
      const examples = Object.fromEntries(
        manifest.credentials.filter(({ required }) => required).map(({ key, example }) => [key, example]),
      );
      expect(parseCredentials(manifest, examples)).toMatchObject({ ok: true });
      for (const { key } of manifest.credentials) expect(connector.guide).toContain(`### ${key}\n`);
      const order = types.map((type) => recordTypeNames.indexOf(type));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      for (const [index, type] of types.entries()) {
        const later = types.slice(index + 1);
        for (const { to } of definitionOf(type).references) expect(later).not.toContain(to);
      }
    });

    test('what it says may be written is whole: known fields, reasons for the rest, lists for the names', async () => {
      for (const { type, direction, writes, named = {} } of manifest.recordTypes) {
        const written = [...(writes?.create?.fields ?? []), ...(writes?.update?.fields ?? [])];
        const isWritten = written.length > 0 || writes?.notes === true;
        expect(direction === 'two-way', type).toBe(isWritten);
        const { source, schema } = definitionOf(type);
        expect(Object.keys(source.shape), type).toEqual(expect.arrayContaining(Object.keys(named)));
        if (writes === undefined) continue;
        const { create, update, readOnly, optIn } = writes;
        const all = [...(create?.fields ?? []), ...(update?.fields ?? [])];
        expect(Object.keys(source.shape), type).toEqual(expect.arrayContaining(all));
        expect(create?.fields ?? [], type).toEqual(expect.arrayContaining([...(create?.required ?? [])]));
        expect(Object.keys(schema.shape), type).toEqual(expect.arrayContaining(Object.keys(readOnly)));
        for (const field of update?.fields ?? []) expect(readOnly[field], `${type}.${field}`).toBeUndefined();
        if (optIn !== undefined) {
          expect(manifest.options.find(({ key }) => key === optIn)).toMatchObject({ kind: 'boolean', fallback: false });
        }
      }
      const lists = manifest.recordTypes.flatMap(({ named = {} }) => Object.values(named));
      if (lists.length === 0) return;
      await connected();
      const { lists: read } = await house.engine.lookups(id);
      for (const list of lists) expect(read[list]?.length, list).toBeGreaterThan(0);
    });

    test('the connection test passes, sends nothing undocumented and writes nothing', async () => {
      await connected({ strict: true });
      const result = await house.engine.test({ id });
      expect(result.checks.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(result.checks.every((check) => check.status !== 'untested' || (check.cause && check.fix))).toBe(true);
      expect(await stats()).toMatchObject({ undocumented: [], writes: 0 });
    });

    test('a full read holds what the vendor holds, in the canonical form, within the budget, and nothing undocumented is sent', async () => {
      await connected({ strict: true });
      const first = await synced();
      expect(first).toMatchObject({ status: 'succeeded', failure: null });
      expectAll();
      for (const type of types) {
        const { schema } = definitionOf(type);
        for (const record of (await house.engine.records({ type, integration: id, limit: 500 })).records) {
          expect(schema.safeParse(record).error?.message).toBeUndefined();
        }
      }
      const { undocumented, throttled, maxAtOnce } = await stats();
      expect({ undocumented, throttled }).toEqual({ undocumented: [], throttled: 0 });
      expect(maxAtOnce).toBeLessThanOrEqual(Math.max(...manifest.budgets.map(({ concurrency }) => concurrency)));

      const quiet = await synced();
      expect([quiet.sum('created'), quiet.sum('updated'), quiet.sum('gone')]).toEqual([0, 0, 0]);
      expect(quiet.requests).toBeLessThanOrEqual(first.requests);
    });

    test('an incremental read finds exactly what changed and what is new', async () => {
      await connected();
      await synced();
      house.clock.pass(20 * 60_000);
      const changed = await changeEach('change', 3);
      const after = await synced();
      expect(after.status).toBe('succeeded');
      expect(after.sum('updated') + after.sum('created')).toBe(changed);
      house.clock.pass(20 * 60_000);
      await changeEach('create', 2);
      await synced();
      expectAll();
    });

    test('rows that change, appear and vanish while it reads are right after the next runs', async () => {
      await connected();
      let pages = 0;
      const meanwhile: Promise<number>[] = [];
      const stop = house.engine.subscribe(() => {
        pages += 1;
        if (pages <= 6) meanwhile.push(changeEach(['change', 'create', 'delete'][pages % 3]!, 1));
      });
      await synced();
      stop();
      house.clock.pass(20 * 60_000);
      await Promise.all(meanwhile);
      await synced();
      house.clock.pass(20 * 60_000);
      await house.engine.sync(id, { full: true, acceptDeletions: true });
      expectAll();
    });

    test('an import that is cut again and again goes on, also in another process, and ends the same', async () => {
      await connected();
      const cut = faults.includes('revoked-mid-run') ? cutAfterRequests : cutAtFirstNews;
      for (let requests = 1; requests < 12; requests += 1) {
        if ((await cut(requests)) === 'succeeded') break;
        await house.reopen();
      }
      expect((await synced()).status).toBe('succeeded');
      expectAll();
    });

    /** The vendor shuts us out after so many more requests, wherever in the import that is. */
    async function cutAfterRequests(count: number): Promise<string> {
      await house.control('fault', { name: 'revoked-mid-run', count });
      const { status } = await house.engine.sync(id);
      await house.control('fault', { name: null });
      return status;
    }

    /** A person cancels. */
    async function cutAtFirstNews(): Promise<string> {
      const run = house.engine.sync(id);
      const stop = house.engine.subscribe(() => house.engine.cancel(id));
      const { status } = await run;
      stop();
      return status;
    }

    test('deleted rows are gone after a full read', async () => {
      await connected();
      await synced();
      const deleted = await changeEach('delete', 1);
      house.clock.pass(20 * 60_000);
      const { result } = { result: await house.engine.sync(id, { full: true, acceptDeletions: true }) };
      expect(result.status).toBe('succeeded');
      expectAll();
      if (deleted > 0) expect(Object.values(result.types).reduce((sum, each) => sum + each.gone, 0)).toBeGreaterThan(0);
    });

    test.skipIf(!faults.includes('expired-mid-run'))('a token that ends in mid-run is renewed once', async () => {
      await connected();
      await house.control('fault', { name: 'expired-mid-run', count: 2 });
      expect((await synced()).status).toBe('succeeded');
      expectAll();
    });

    test.skipIf(!faults.includes('revoked-mid-run'))(
      'access that is revoked in mid-run disconnects, after one more try at most',
      async () => {
        await connected();
        await house.control('fault', { name: 'revoked-mid-run', count: 2 });
        expect((await synced()).failure).toMatchObject({ code: 'unauthorized' });
        expect(view()).toMatchObject({ status: 'disconnected', nextSync: null });
      },
    );

    test.skipIf(!faults.includes('rate-limit'))('being throttled is waiting, not an error', async () => {
      await connected();
      await house.control('fault', { name: 'rate-limit', count: 2 });
      expect(await synced()).toMatchObject({ status: 'succeeded' });
      expectAll();
    });

    test.skipIf(!faults.includes('server-error'))(
      'a failing vendor is an error with cause and fix, and mends by itself',
      async () => {
        await connected();
        await house.control('fault', { name: 'server-error' });
        const { failure } = await synced();
        expect(failure?.cause.length).toBeGreaterThan(10);
        expect(failure?.fix.length).toBeGreaterThan(10);
        expect(view().status).toBe('error');
        await house.control('fault', { name: null });
        await synced();
        expect(view()).toMatchObject({ status: 'connected', error: null });
        expectAll();
      },
    );

    test('no secret is in the state, the log or a snapshot', async () => {
      await connected();
      await synced();
      const secrets = manifest.credentials.filter(({ secret }) => secret).map(({ key }) => house.sim.credentials[key]);
      const outputs = [
        readFileSync(house.paths.state, 'utf8'),
        readFileSync(house.paths.log, 'utf8'),
        JSON.stringify(house.engine.getSnapshot()),
      ];
      for (const secret of secrets) {
        if (secret !== undefined) for (const output of outputs) expect(output.includes(secret)).toBe(false);
      }
    });

    test.skipIf(!faults.includes('hostile-text'))(
      'escape sequences in names and titles do no harm on their way in',
      async () => {
        await connected({ fault: 'hostile-text' });
        expect((await synced()).status).toBe('succeeded');
      },
    );

    interface Stats {
      readonly undocumented: readonly string[];
      readonly throttled: number;
      readonly maxAtOnce: number;
      readonly writes: number;
    }
    const stats = () => house.control<Stats>('stats');

    /** For every type of the vendor that can be changed so; returns how many rows were. Types that others follow (companies) only with `change`. */
    async function changeEach(verb: string, count: number): Promise<number> {
      let rows = 0;
      for (const type of types) {
        if (verb === 'delete' && isReferredTo(type)) continue;
        const answer = await house.control<Record<string, string[]>>(verb, { type, count }).catch(() => ({}));
        rows += Object.values(answer).flat().length;
      }
      return rows;
    }
  });
}

function isReferredTo(type: RecordType): boolean {
  return recordTypeNames.some((each) => definitionOf(each).references.some(({ to }) => to === type));
}

function withoutZeros(totals: Partial<Record<RecordType, number>>) {
  return Object.fromEntries(Object.entries(totals).filter(([, count]) => count > 0));
}
