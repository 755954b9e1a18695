/** A full pass over a copy that is complete: all of it, or nothing. The vendor is a list of pages, the store the real one. */
import { expect, test } from 'vitest';
import type { Connection, Page, ReadRequest } from '../../src/connector/contract.ts';
import { ConnectorError, Unreachable } from '../../src/connector/errors.ts';
import type { Http } from '../../src/connector/http.ts';
import type { RecordTypeSpec } from '../../src/connector/manifest.ts';
import { type PullRequest, pull } from '../../src/engine/sync/pull.ts';
import type { Portal } from '../../src/portal/portal.ts';
import { company, open, temporaryFile } from '../portal/fixture.ts';

const spec: RecordTypeSpec = {
  type: 'companies',
  direction: 'pull',
  vendorName: 'Clients',
  changes: 'modified-since',
  permission: '',
};
const noon = Date.parse('2026-03-01T12:00:00.000Z');
const size = 10;

/** Thirty companies in three pages, named after the version they have. */
class Vendor {
  readonly names = Array.from({ length: 30 }, () => 'v1');
  /** Reading fails at this page of a full pass, counted from 0. */
  failsAt = Number.POSITIVE_INFINITY;
  readonly read: ReadRequest[] = [];
  /** What changed since, for whoever asks. */
  readonly news = new Map<number, string>();

  rename(version: string): void {
    this.names.fill(version);
  }

  connection(): Connection {
    const page = (from: number) =>
      this.names.slice(from, from + size).map((name, n) => company(String(from + n), { name }));
    const { read, news } = this;
    const failsAt = () => this.failsAt;
    const last = this.names.length / size - 1;
    return {
      checks: () => [],
      async *read(request): AsyncGenerator<Page> {
        read.push(request);
        if (request.mode === 'changes') {
          yield { items: [...news].map(([id, name]) => company(String(id), { name })), next: null };
          return;
        }
        for (let n = Number(request.position?.page ?? 0); n <= last; n += 1) {
          if (n === failsAt()) throw new Unreachable('dns', { reason: 'No such name.', fix: 'Wait.' });
          yield { items: page(n * size), next: n === last ? null : { page: n + 1 } };
        }
      },
    };
  }
}

const usual: PullRequest = {
  full: false,
  manual: true,
  acceptDeletions: false,
  fullEveryMs: 86_400_000,
  selection: 'a',
  history: true,
};

function house(file = temporaryFile()) {
  const portal = open(file);
  const vendor = new Vendor();
  return {
    portal,
    vendor,
    sync: (request: Partial<PullRequest> = {}, over: Partial<Portal> = {}, on = portal) =>
      pull(
        spec,
        { ...usual, ...request },
        {
          integration: 'halo-psa',
          runId: 'run',
          connection: vendor.connection(),
          http: { vendorNow: () => new Date(noon) } as Http,
          portal: { ...on, ...over },
          now: () => noon,
          signal: new AbortController().signal,
          onPage: () => {},
        },
      ),
    /** How many companies have each name. */
    names: (on = portal) => {
      const { records } = on.query({ type: 'companies', limit: 100 });
      return Object.fromEntries(
        Object.entries(Object.groupBy(records, ({ name }) => String(name))).map(([k, v]) => [k, v?.length]),
      );
    },
  };
}

test('a first import is seen as it comes; a full pass after it only when it is complete', async () => {
  const { vendor, sync, names } = house();
  vendor.failsAt = 2;
  await expect(sync()).rejects.toThrow(ConnectorError);
  expect(names()).toEqual({ v1: 20 });
  vendor.failsAt = Number.POSITIVE_INFINITY;
  await sync();
  expect(names()).toEqual({ v1: 30 });

  vendor.rename('v2');
  for (vendor.failsAt = 0; vendor.failsAt < 3; vendor.failsAt += 1) {
    await expect(sync({ full: true })).rejects.toThrow(ConnectorError);
    expect(names()).toEqual({ v1: 30 });
  }
  vendor.read.length = 0;
  await sync();
  expect(names()).toEqual({ v2: 30 });
  expect(vendor.read).toMatchObject([{ mode: 'full', position: { page: 2 } }, { mode: 'changes' }]);
});

test('another selection is read beside the copy too, also when that takes two runs; what the one before staged is not taken', async () => {
  const { vendor, sync, names } = house();
  await sync();
  vendor.rename('left out later');
  vendor.failsAt = 2;
  await expect(sync({ full: true })).rejects.toThrow();
  vendor.rename('v1');
  vendor.names[0] = 'chosen';
  for (vendor.failsAt = 1; vendor.failsAt < 3; vendor.failsAt += 1) {
    await expect(sync({ selection: 'b' })).rejects.toThrow();
    expect(names()).toEqual({ v1: 30 });
  }
  vendor.failsAt = 2;
  await expect(sync({ selection: 'c' })).rejects.toThrow();
  expect(names()).toEqual({ v1: 30 });
  vendor.failsAt = Number.POSITIVE_INFINITY;
  await sync({ selection: 'c' });
  expect(names()).toEqual({ chosen: 1, v1: 29 });
});

test('what was told between the cut and the continuation is not put back', async () => {
  const { portal, vendor, sync, names } = house();
  await sync();
  vendor.rename('v2');
  vendor.failsAt = 2;
  await expect(sync({ full: true })).rejects.toThrow();
  // A change of ours, on a row that is staged and on one that is not yet.
  for (const externalId of ['3', '25']) {
    const recordId = portal.linkOf('halo-psa', 'companies', externalId)!.recordId;
    const about = { id: externalId, integration: 'halo-psa', type: 'companies', kind: 'update', recordId } as const;
    portal.addChange({
      ...about,
      externalId,
      fields: { name: 'Ours' },
      author: 'kim',
      at: new Date(noon).toISOString(),
    });
    const step = { from: ['waiting'], to: 'confirmed', at: new Date(noon).toISOString() } as const;
    portal.stepChange(externalId, { ...step, item: company(externalId, { name: 'Ours' }) });
    vendor.names[Number(externalId)] = 'Ours';
  }
  vendor.failsAt = Number.POSITIVE_INFINITY;
  await sync();
  expect(names()).toEqual({ v2: 28, Ours: 2 });
});

test('a process that dies before what is staged is taken: the next run takes it before it reads anything', async () => {
  const file = temporaryFile();
  const { vendor, sync, names } = house(file);
  await sync();
  vendor.rename('v2');
  const takeStaged = () => {
    throw new Error('power cut');
  };
  await expect(sync({ full: true }, { takeStaged })).rejects.toThrow('power cut');
  expect(names()).toEqual({ v1: 30 });

  const next = open(file, 'next');
  vendor.read.length = 0;
  vendor.news.set(7, 'v3');
  await sync({}, {}, next);
  expect(names(next)).toEqual({ v2: 29, v3: 1 });
  expect(vendor.read).toMatchObject([{ mode: 'changes', since: new Date(noon - 300_000).toISOString() }]);

  vendor.rename('v4');
  await expect(sync({ full: true }, { takeStaged }, next)).rejects.toThrow('power cut');
  // Read with options that hold no longer.
  vendor.rename('v5');
  vendor.news.clear();
  vendor.failsAt = 0;
  await expect(sync({ selection: 'b' }, {}, next)).rejects.toThrow();
  expect(names(next)).toEqual({ v2: 29, v3: 1 });
  vendor.failsAt = Number.POSITIVE_INFINITY;
  await sync({ selection: 'b' }, {}, next);
  expect(names(next)).toEqual({ v5: 30 });
});

test('only a pass that was read in one go knows what is gone', async () => {
  const { portal, vendor, sync } = house();
  await sync();
  vendor.names.splice(20);
  vendor.failsAt = 1;
  await expect(sync({ full: true, acceptDeletions: true })).rejects.toThrow();
  vendor.failsAt = Number.POSITIVE_INFINITY;
  await sync({ acceptDeletions: true });
  expect(portal.counts()).toEqual({ companies: 30 });
  await sync({ full: true });
  expect(portal.counts()).toEqual({ companies: 30 });
  expect(portal.issues({})).toMatchObject([{ reason: 'deletion-guard' }]);
  await sync({ full: true, acceptDeletions: true });
  expect(portal.counts()).toEqual({ companies: 20 });
});
