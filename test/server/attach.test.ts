/** Clients on a real socket, a real engine behind it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { catalogue } from '../../connectors/index.ts';
import { explain } from '../../src/cli/exit.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { attach } from '../../src/server/attach.ts';
import { readEndpoint, socketPath, writeEndpoint } from '../../src/server/endpoint.ts';
import { protocol } from '../../src/server/protocol.ts';
import { listen } from '../../src/server/server.ts';
import { integration, snapshotOf } from '../console/examples.ts';
import { FakeEngine } from '../console/fake-engine.ts';
import { connectedHouse, type House, openHouse } from '../engine/house.ts';
import { temporaryFolder } from '../state/folder.ts';

const id = 'halo-psa';

async function servedHouse(open: () => Promise<House> = () => connectedHouse(id)) {
  const house = await open();
  const server = await listen({ engine: house.engine, endpointFile: house.paths.endpoint, program: '1.0.0', env: {} });
  const client = async (who = 'ann@pts/1/100', program = '1.0.0') => {
    const attached = await attach({ endpointFile: house.paths.endpoint, program, who, catalogue });
    onTestFinished(() => attached?.engine.close());
    return attached!.engine;
  };
  onTestFinished(async () => {
    server.stopAccepting();
    await house[Symbol.asyncDispose]();
    await server.close();
  });
  return { house, server, client };
}

/** Resolves once the snapshot fits. */
function until(engine: Engine, fits: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!fits()) return;
      stop();
      resolve();
    };
    const stop = engine.subscribe(look);
    look();
  });
}
const view = (engine: Engine) => engine.getSnapshot().integrations.find((each) => each.id === id)!;

test('two clients see the same state, both can act, and each sees in the log what the other did', async () => {
  const { house, client } = await servedHouse();
  const [ann, bob] = [await client(), await client('bob@pts/2/200')];
  expect(ann.getSnapshot().owner).toMatchObject({ access: 'attached', pid: process.pid });

  const told: string[] = [];
  const stop = bob.subscribe(() => void told.push(view(bob).status));
  const result = await ann.sync(id);
  expect(result).toMatchObject({ status: 'succeeded', failure: null });
  await until(bob, () => view(bob).records.tickets === house.sim.totals().tickets && view(bob).run === null);
  expect(told).toContain('syncing');
  stop();
  await until(ann, () => view(ann).run === null);
  expect({ ...ann.getSnapshot(), owner: null }).toEqual({ ...house.engine.getSnapshot(), owner: null });

  await bob.disable(id);
  await until(ann, () => !view(ann).enabled);
  expect(await ann.logs({ integration: id })).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ message: 'sync, asked for by ann@pts/1/100', by: 'ann@pts/1/100' }),
      expect.objectContaining({ message: 'disable, asked for by bob@pts/2/200', by: 'bob@pts/2/200' }),
    ]),
  );
  const page = await ann.records({ type: 'tickets', limit: 3, sort: { field: 'title' } });
  expect(page).toEqual(await house.engine.records({ type: 'tickets', limit: 3, sort: { field: 'title' } }));
  expect(await bob.countRecords({ type: 'tickets' })).toBe(house.sim.totals().tickets);
  expect(await ann.record('tickets', 'no-such')).toBeNull();
  await ann.savePreferences({ place: ['a'] });
  expect(await bob.preferences()).toEqual({ place: ['a'] });
});

test('a connection test tells each check as it comes, and stops when its client wants', async () => {
  const { house, client } = await servedHouse();
  const ann = await client();
  const seen: string[] = [];
  const { ok, checks } = await ann.test({ id }, (now) => seen.push(now.map(({ status }) => status).join()));
  expect(ok).toBe(true);
  expect(seen.length).toBeGreaterThan(checks.length);
  expect((await ann.manifest(id)).credentials[0]!.schema.safeParse('').success).toBe(false);

  await house.control('fault', { name: 'slow' });
  const abort = new AbortController();
  const stopped = ann.test({ id }, () => abort.abort(), abort.signal);
  await expect(stopped).rejects.toMatchObject({ name: 'Cancelled', code: 'cancelled' });
});

test('a preview crosses: how far it is, what came of it, and it can be stopped', async () => {
  const { house, client } = await servedHouse(() => openHouse(id));
  const ann = await client();
  const input = { id, credentials: house.sim.credentials };
  let read = 0;
  const { types, requests } = await ann.preview(input, (now) => {
    read = Math.max(read, now.types.companies?.read ?? 0);
  });
  expect(read).toBe(house.sim.totals().companies);
  expect(types.companies?.created).toBe(house.sim.totals().companies);
  expect(requests).toBeGreaterThan(0);
  const abort = new AbortController();
  const stopped = ann.preview(input, () => abort.abort(), abort.signal);
  await expect(stopped).rejects.toMatchObject({ name: 'Cancelled', code: 'cancelled' });
});

test('who leaves stops what only they waited for', async () => {
  const endpointFile = join(temporaryFolder(), 'engine.endpoint');
  const engine = new FakeEngine(snapshotOf([integration(id)]));
  const stopped = new Promise<void>((resolve) => {
    engine.test = (_input, onCheck, signal?: AbortSignal) => {
      signal?.addEventListener('abort', () => resolve());
      onCheck?.([]);
      return new Promise(() => {});
    };
  });
  const server = await listen({ engine: { actingFor: () => engine }, endpointFile, program: '1.0.0', env: {} });
  const attached = await attach({ endpointFile, program: '1.0.0', who: 'ann@pts/1/100', catalogue });
  attached!.engine.test({ id }, () => void attached!.engine.close()).catch(() => {});
  await stopped;
  server.stopAccepting();
  await server.close();
});

test('errors arrive with their name, code, cause and fix, and exit the same', async () => {
  const { house, client } = await servedHouse(() => openHouse(id));
  const ann = await client();
  const both = async (ask: (engine: Engine) => Promise<unknown>) => {
    const [near, far] = await Promise.all(
      [house.engine, ann].map((engine) => ask(engine).catch((error: unknown) => explain(error))),
    );
    expect(far).toEqual(near);
    return far;
  };
  expect(await both((engine) => engine.sync(id))).toMatchObject({ code: 3 });
  expect(await both((engine) => engine.connect({ id, credentials: { baseUrl: 'x' } }))).toMatchObject({ code: 2 });
  expect(await both((engine) => engine.records({ type: 'tickets', sort: { field: 'nope' } }))).toMatchObject({
    code: 1,
  });
  await house.control('fault', { name: 'server-error' });
  const credentials = house.sim.credentials;
  expect(await both((engine) => engine.choices({ id, credentials }, 'ticketTypes'))).toMatchObject({
    failure: { code: 'vendor-fault', fix: expect.stringMatching(/./) },
  });
});

test('only who can read the endpoint file is let in, and the socket is for its user alone', async () => {
  const { house, server } = await servedHouse(() => openHouse(id));
  const file = house.paths.endpoint;
  expect(statSync(server.socket).mode & 0o777).toBe(0o600);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeEndpoint(file, { ...readEndpoint(file)!, key: 'guessed' });
  const options = { endpointFile: file, program: '1.0.0', who: 'eve@pts/9/9', catalogue };
  await expect(attach(options)).rejects.toMatchObject({ name: 'NoAnswer', message: /does not accept/ });
});

test('another version is told plainly: a notice when it can be talked to, an error when it cannot', async () => {
  const { house, client } = await servedHouse(() => openHouse(id));
  const old = await client('ann@pts/1/100', '0.9.0');
  expect(old.getSnapshot().notices.at(-1)?.text).toContain(`Process ${process.pid} runs the syncs with msportal 1.0.0`);
  await old.close();

  const path = join(temporaryFolder(), 's');
  const future: Server = createServer((socket) => {
    socket.end(`${JSON.stringify({ protocol: protocol + 1, program: '7.0.0', pid: 4711 })}\n`);
  }).listen(path);
  await once(future, 'listening');
  onTestFinished(() => void future.close());
  writeEndpoint(house.paths.endpoint, { pid: 4711, socket: path, key: 'k' });
  const options = { endpointFile: house.paths.endpoint, program: '1.0.0', who: 'ann@pts/1/100', catalogue };
  await expect(attach(options)).rejects.toThrow(
    'Process 4711 runs the syncs with msportal 7.0.0; this is 1.0.0, and the two do not understand each other. Use version 7.0.0 here too.',
  );
});

test('what a crash left behind is no obstacle: nobody is there, and the next one listens', async () => {
  const folder = temporaryFolder();
  const endpointFile = join(folder, 'engine.endpoint');
  const options = { endpointFile, program: '1.0.0', who: 'ann@pts/1/100', catalogue };
  expect(await attach(options)).toBeNull();
  writeEndpoint(endpointFile, { pid: 1, socket: join(folder, 'engine.sock'), key: 'k' });
  expect(await attach(options)).toBeNull();
  writeFileSync(join(folder, 'engine.sock'), '');
  expect(await attach(options)).toBeNull();
  writeFileSync(endpointFile, '{"pid":');
  expect(await attach(options)).toBeNull();
});

test('a process that does not answer is told, and not waited for long', async () => {
  const folder = temporaryFolder();
  const endpointFile = join(folder, 'engine.endpoint');
  const mute = createServer(() => {}).listen(join(folder, 'engine.sock'));
  onTestFinished(() => void mute.close());
  await once(mute, 'listening');
  writeEndpoint(endpointFile, { pid: 4711, socket: join(folder, 'engine.sock'), key: 'k' });
  const asked = attach({ endpointFile, program: '1.0.0', who: 'ann@pts/1/100', catalogue, patience: 30 });
  await expect(asked).rejects.toThrow(/Process 4711 runs the syncs, but it did not answer/);
});

test('a data folder with a long path has its socket elsewhere, in a folder for this user alone', () => {
  const runtime = temporaryFolder();
  const long = join(temporaryFolder(), 'd'.repeat(100), 'engine.endpoint');
  const path = socketPath(long, { XDG_RUNTIME_DIR: runtime });
  expect(path.startsWith(`${runtime}/msportal-`)).toBe(true);
  expect(socketPath(long, { XDG_RUNTIME_DIR: runtime })).toBe(path);
  chmodSync(join(path, '..'), 0o777);
  expect(() => socketPath(long, { XDG_RUNTIME_DIR: runtime })).toThrow(/not a folder of this user alone/);
  mkdirSync(join(runtime, 'short'));
  expect(socketPath(join(runtime, 'short', 'engine.endpoint'), {})).toBe(join(runtime, 'short', 'engine.sock'));
});

test('the owner ends: who is attached hears of it, and calls that wait are told', async () => {
  const { house, server, client } = await servedHouse();
  const ann = await client();
  const lost = once(ann.lost, 'abort');
  server.stopAccepting();
  expect(existsSync(server.socket)).toBe(false);
  expect(await attach({ endpointFile: house.paths.endpoint, program: '1.0.0', who: 'x', catalogue })).toBeNull();
  // Who is there already is still served.
  expect(await ann.countRecords({ type: 'tickets' })).toBe(0);
  await server.close();
  await lost;
  await expect(ann.sync(id)).rejects.toMatchObject({ name: 'ConnectionLost' });
});

test('a client that is stopped holds nothing up and costs next to nothing; running again it is up to date', async () => {
  const { house, client } = await servedHouse(() => connectedHouse(id, { scale: 2000 }));
  const script = new URL('./watcher.ts', import.meta.url).pathname;
  const watcher: ChildProcess = spawn(process.execPath, [script, house.paths.endpoint], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void watcher.kill('SIGKILL'));
  const lines = createInterface(watcher.stdout!)[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('attached');
  watcher.kill('SIGSTOP');

  const ann = await client();
  const heap = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  const before = heap();
  for (let run = 0; run < 3; run += 1)
    expect(await ann.sync(id, { full: true })).toMatchObject({ status: 'succeeded' });
  // Far more changes than a socket takes: each flips a field of every kind.
  for (let flip = 0; flip < 40; flip += 1) await ann.configure(id, { intervalMinutes: flip % 2 === 0 ? 5 : 30 });
  await ann.configure(id, { intervalMinutes: 5 });
  expect(heap() - before).toBeLessThan(20_000_000);

  watcher.kill('SIGCONT');
  watcher.stdin!.write('how?\n');
  for (let line = await lines.next(); ; line = await lines.next()) {
    const told = JSON.parse(line.value as string);
    if (told.intervalMinutes === 5 && told.tickets === house.sim.totals().tickets) break;
  }
});

test('a peer that sends what is no message is let go', async () => {
  const { server } = await servedHouse(() => openHouse(id));
  const { connect } = await import('node:net');
  const socket = connect(server.socket);
  socket.resume().write('GET / HTTP/1.1\r\n\r\n');
  await once(socket, 'close');
});
