/** What becomes of a create whose request failed, by the way it failed, at a vendor that shows new records late. */
import { beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../src/connector/contract.ts';
import {
  type ConnectorError,
  Forbidden,
  Malformed,
  RateLimited,
  Rejected,
  Unauthorized,
  Unreachable,
  VendorFault,
} from '../../src/connector/errors.ts';
import type { RecordTypeSpec } from '../../src/connector/manifest.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { push } from '../../src/engine/sync/push.ts';
import type { Log } from '../../src/log/log.ts';
import type { Portal } from '../../src/portal/portal.ts';
import { at, open } from '../portal/fixture.ts';

const why = { reason: 'It failed.', fix: 'Try again.' };
const spec: RecordTypeSpec = {
  type: 'tickets',
  direction: 'two-way',
  vendorName: 'Tickets',
  changes: 'compare',
  permission: '',
  writes: { create: { fields: ['title'], required: [] }, readOnly: {}, settleMs: 60_000 },
};
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, level: 'error', close() {} };

let portal: Portal;
let now: number;
let sent: string[];
/** The next request is done all the same, and ends like this. */
let failure: ConnectorError | null;
let isDone: boolean;
/** What the vendor shows of itself: only after this time. */
let shownAt: number;
let stored: SourceItem[];

beforeEach(() => {
  portal = open();
  now = Date.parse(at);
  sent = [];
  failure = null;
  isDone = true;
  shownAt = 0;
  stored = [];
  const change = { integration: 'halo-psa', type: 'tickets', kind: 'create', author: 'kim', at } as const;
  portal.addChange({ ...change, id: 'c', recordId: null, externalId: null, fields: { title: 'Printer' } });
});

const writer = {
  current: async (externalId: string): Promise<SourceItem> => ({ kind: 'gone', externalId }),
  async create(_: object, marker: string): Promise<SourceItem> {
    sent.push(marker);
    const record = { title: 'Printer' };
    const item: SourceItem<'tickets'> = { kind: 'record', externalId: String(sent.length), modifiedAt: null, record };
    if (failure === null || isDone) stored.push(item);
    if (failure !== null) throw failure;
    return item;
  },
  findCreated: async () => (now >= shownAt ? stored : []),
};

async function run() {
  let id = 0;
  const thrown = await push(spec, {
    integration: 'halo-psa',
    runId: 'run',
    connection: { writer: () => writer } as unknown as Connection,
    http: { vendorNow: () => null } as never,
    portal,
    now: () => now,
    signal: new AbortController().signal,
    log,
    rule: 'ask',
    problems: () => [],
    newId: () => `id-${++id}`,
    onPush: () => {},
  }).catch((error: ConnectorError) => error.code);
  return { thrown, ...portal.changes({ id: 'c' })[0]! };
}

test('not found is not proof while the vendor may still come to show it; found late, it is adopted', async () => {
  failure = new VendorFault(why);
  shownAt = now + 50_000;
  expect(await run()).toMatchObject({ state: 'unconfirmed', attempts: 1 });
  failure = null;
  now += 30_000;
  expect(await run()).toMatchObject({ state: 'unconfirmed', attempts: 1 });
  now += 40_000;
  expect(await run()).toMatchObject({ state: 'confirmed', attempts: 1 });
  expect(sent).toHaveLength(1);
});

test('what never came to the vendor is sent again with the same marker, once that is certain', async () => {
  failure = new Unreachable('timeout', why);
  isDone = false;
  expect(await run()).toMatchObject({ state: 'unconfirmed' });
  failure = null;
  now += 30_000;
  expect(await run()).toMatchObject({ state: 'unconfirmed', attempts: 1 });
  now += 31_000;
  expect(await run()).toMatchObject({ state: 'confirmed', attempts: 2 });
  expect(new Set(sent).size).toBe(1);
});

test('two that may be it are one too many to choose from', async () => {
  failure = new VendorFault(why);
  stored.push({ kind: 'record', externalId: '77', modifiedAt: null, record: { title: 'Printer' } });
  expect(await run()).toMatchObject({ state: 'refused', reason: expect.stringContaining('77, 1') });
});

test.each([
  ['a refusal is the end', new Rejected({}, why), 'refused', undefined],
  ['a missing permission is the end', new Forbidden('tickets', why), 'refused', undefined],
  [
    'credentials that are refused leave it as it was, and end the run',
    new Unauthorized(why),
    'waiting',
    'unauthorized',
  ],
  ['a vendor that cannot be reached has done nothing', new Unreachable('connect', why), 'waiting', 'unreachable'],
  ['a cut connection tells nothing', new Unreachable('reset', why), 'unconfirmed', undefined],
  ['an odd answer tells nothing', new Malformed(why), 'unconfirmed', undefined],
  ['throttling that was not clean tells nothing', new RateLimited(0, why), 'unconfirmed', undefined],
] as const)('%s', async (_, error, state, thrown) => {
  failure = error;
  isDone = false;
  expect(await run()).toMatchObject({ state, thrown });
});
