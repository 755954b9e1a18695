import { expect, test } from 'vitest';
import { catalogue } from '../../connectors/index.ts';
import { available } from '../../src/commands/availability.ts';
import { verbNames, verbOf } from '../../src/commands/cli.ts';
import type { CommandContext } from '../../src/commands/command.ts';
import type { Place } from '../../src/commands/place.ts';
import { writtenTypes } from '../../src/commands/records.ts';
import { keyReference, usage, verbReference } from '../../src/commands/reference.ts';
import { commandById, commands, commandsForKey, hints, offers, shellLine } from '../../src/commands/table.ts';
import { keyId, parseKey } from '../../src/console/keys/key.ts';
import { coming, fresh, integration, progress, snapshotOf } from '../console/examples.ts';
import { FakeEngine } from '../console/fake-engine.ts';

function context(place: Place, view = integration('halo-psa'), change = {}): CommandContext {
  const snapshot = snapshotOf([view], change);
  return { place, snapshot, engine: new FakeEngine(snapshot), integration: view, readOnly: null, undo: null, keys: {} };
}
const keyed = (key: string, of: CommandContext) => commandsForKey(key, of)[0];

const list: Place = { view: 'integrations' };
const places: readonly Place[] = [
  list,
  { view: 'integration', id: 'halo-psa', tab: 'overview' },
  { view: 'integration', id: 'halo-psa', tab: 'issues' },
  { view: 'wizard', id: 'halo-psa' },
  { view: 'records', type: 'tickets' },
  { view: 'company', record: 'c1' },
  { view: 'score', record: 's1' },
  { view: 'billing' },
  { view: 'activity', tab: 'queue' },
  { view: 'settings' },
  { view: 'issues' },
  { view: 'outbox' },
  { view: 'matching', tab: 'grid' },
  { view: 'conflict', change: 'x' },
  { view: 'edit', kind: 'update', type: 'tickets', integration: 'halo-psa', record: 't1' },
  { view: 'logs' },
  { view: 'guide', id: 'halo-psa' },
];

test('ids are unique, and keys are written in the canonical notation', () => {
  const ids = commands.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const key of commands.flatMap(({ keys }) => keys)) expect(keyId(parseKey(key))).toBe(key);
});

test('no key means two things in one place, unless the narrower one is meant', () => {
  for (const place of places) {
    const specific = commands.filter(({ scope }) => scope.includes(place.view));
    const keys = specific.flatMap(({ keys }) => keys);
    expect(keys, place.view).toEqual([...new Set(keys)]);
  }
});

test('in a tab its own commands go before those of the view, but digits lead to tabs', () => {
  const [first, second] = (['mapping', 'logs'] as const).map((tab) =>
    context({ view: 'integration', id: 'halo-psa', tab }),
  );
  expect(commandsForKey('p', first!)[0]?.id).toBe('mapping.preview');
  expect(commandsForKey('enter', first!)[0]?.id).toBe('mapping.edit');
  expect(commandsForKey('v', second!)[0]?.id).toBe('logs.level');
  expect(commandsForKey('2', second!)[0]?.id).toBe('tab.pick');
});

test('every verb of the command line is a command of the screen too, but those that have no place there', () => {
  const onScreen = commands.flatMap(({ cli }) => (cli === undefined ? [] : [cli]));
  expect(onScreen).toEqual([...new Set(onScreen)]);
  expect(verbNames.filter((name) => !onScreen.includes(name))).toEqual([
    'tickets',
    'users',
    'health',
    'bundle',
    'serve',
    'info',
    'simulate',
    'completion',
    'man',
    'help',
    'demo',
  ]);
  expect(usage(verbOf('sync'))).toBe('msportal sync ID [--type TYPE] [--full] [--accept-deletions] [--dry-run]');
});

test('what cannot be done now says why', () => {
  const reason = (id: string, of: CommandContext) => available(commandById(id)!, of);
  expect(reason('integration.sync', context(list))).toBe(true);
  expect(reason('integration.sync', context(list, coming('autotask')))).toMatch(/coming/);
  expect(reason('integration.sync', context(list, fresh('autotask')))).toMatch(/not connected yet/);
  expect(reason('integration.sync', context(list, integration('stripe', { enabled: false })))).toMatch(/disabled/);
  expect(reason('integration.sync', context(list, integration('stripe', { run: progress() })))).toMatch(/already/);
  const owner = { access: 'look', pid: 7, host: 'other.example', since: '' } as const;
  expect(reason('integration.sync', context(list, integration('stripe'), { owner }))).toMatch(
    /Process 7 on other\.example/,
  );
  expect(reason('integration.sync', { ...context(list), engine: null })).toMatch(/starting/);
  expect(reason('help', { ...context(list), engine: null })).toBe(true);
});

test('a key stands for what the place makes of it', () => {
  expect(keyed('enter', context(list))?.id).toBe('integration.open');
  expect(keyed('enter', context({ view: 'records', type: 'users' }))?.id).toBe('records.open');
  expect(keyed('d', context({ view: 'integration', id: 'halo-psa', tab: 'issues' }))?.id).toBe('issues.dismiss');
  expect(keyed('d', context({ view: 'integration', id: 'halo-psa', tab: 'runs' }))?.id).toBe('go.doctor');
  expect(keyed('j', context({ view: 'wizard' }))).toBeUndefined();
});

test('search finds by title, by verb, by key and by letters in order, best first', () => {
  const first = (query: string) => offers(context(list), query)[0]?.command.id;
  expect(first('full')).toBe('integration.full-sync');
  expect(first('status')).toBe('integration.open');
  expect(first('S')).not.toBeUndefined();
  expect(first('fsyn')).toBe('integration.full-sync');
  // In the words of somebody who has never seen it.
  const asked = {
    'why is a ticket missing': 'record.find',
    'ticket missing': 'record.find',
    unpaid: 'go.billing',
    'who owes': 'go.billing',
    status: 'go.mapping',
    credentials: 'integration.connect',
    broken: 'go.doctor',
  };
  for (const [question, id] of Object.entries(asked)) {
    expect(
      offers(context(list), question)
        .slice(0, 3)
        .map(({ command }) => command.id),
      question,
    ).toContain(id);
  }
  expect(offers(context(list), 'zzz')).toEqual([]);
  expect(offers(context(list, fresh('autotask')), 'disconnect')[0]?.reason).toMatch(/not connected yet/);
});

test('a name and something more is a command and what it is done to', () => {
  const found = offers(context({ view: 'logs' }, integration('stripe')), 'sync str');
  expect(found[0]).toMatchObject({ command: { id: 'integration.sync' }, argument: 'stripe', reason: null });
  expect(found[0]?.context.integration?.name).toBe('Stripe');
  const records = offers(context({ view: 'logs' }), 'tickets Élan !toner')[0];
  expect(records).toMatchObject({ command: { id: 'records.of.tickets' }, argument: 'Élan !toner', reason: null });
  expect(offers(context(list), 'devices')[0]?.reason).toMatch(/none in the portal/);
});

test('an action is told as the command line would be', () => {
  const line = (id: string) => shellLine(commandById(id)!, context(list));
  expect(line('integration.sync')).toBe('msportal sync halo-psa');
  expect(line('integration.full-sync')).toBe('msportal sync halo-psa --full');
  expect(line('integration.toggle')).toBe('msportal disable halo-psa');
  expect(line('help')).toBeNull();
});

test('a key of the config file takes the place of those in the table', () => {
  const mapped = { ...context(list), keys: { 'integration.sync': ['ctrl+y'] } };
  expect(keyed('ctrl+y', mapped)?.id).toBe('integration.sync');
  expect(keyed('s', mapped)).toBeUndefined();
});

test('what changes something is refused in a read-only console; looking is not', () => {
  const looking = { ...context(list), readOnly: 'This console is read-only.' };
  for (const command of commands.filter(({ dangerous }) => dangerous !== 'none')) {
    expect(available(command, looking), command.id).toBe('This console is read-only.');
  }
  expect(available(commandById('integration.open')!, looking)).toBe(true);
  expect(available(commandById('list.export')!, looking)).toBe(true);
});

test('the hint bar offers only what can run', () => {
  const ids = (of: CommandContext) => hints(of).map(({ id }) => id);
  expect(ids(context(list))).toContain('integration.sync');
  expect(ids(context(list))).not.toContain('integration.cancel');
  expect(ids(context(list, integration('stripe', { run: progress() })))).toContain('integration.cancel');
});

test('the reference names every key and every verb', () => {
  const markdown = `${keyReference()}\n${verbReference()}`;
  for (const { title, keys, scope } of commands) {
    if (keys.length > 0 && !scope.includes('wizard')) expect(markdown).toContain(title);
  }
  for (const name of verbNames.filter((each) => !verbOf(each).hidden)) expect(markdown).toContain(`msportal ${name}`);
  expect(markdown).toContain('| `S` | Full sync (asks first) |');
  // Every row has its two cells.
  for (const row of markdown.split('\n').filter((line) => line.startsWith('| '))) {
    expect(row.replaceAll('\\|', '').split('|'), row).toHaveLength(4);
  }
});

test('what can be changed from here is what some vendor takes', async () => {
  const manifests = await Promise.all(catalogue.map(async ({ load }) => (await load?.())?.manifest));
  const specs = manifests.flatMap((manifest) => manifest?.recordTypes ?? []);
  const taken = specs.filter(({ writes }) => writes?.create !== undefined || writes?.update !== undefined);
  expect([...new Set(taken.map(({ type }) => type))].sort()).toEqual([...writtenTypes].sort());
});
