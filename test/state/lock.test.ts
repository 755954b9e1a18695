import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { acquireLock, Held, readHolder } from '../../src/state/lock.ts';
import { modeOf, temporaryFolder } from './folder.ts';

const me = { pid: process.pid, host: 'desk.example', now: new Date('2026-03-01T13:00:00Z') };
const place = () => join(temporaryFolder(), 'engine.lock');

/** Starts another process that tries for the lock; `said` is what it got. */
async function contender(path: string): Promise<{ child: ChildProcess; said: string }> {
  const script = new URL('./lock-holder.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(createInterface(child.stdout!), 'line');
  return { child, said: said as string };
}

test('another process is told who holds it, until that one releases it', async () => {
  const path = place();
  const { child, said } = await contender(path);
  expect(said).toBe('held');
  const holder = { pid: child.pid, host: 'rack-7.example', since: '2026-03-01T12:00:00.000Z' };
  expect(readHolder(path)).toEqual(holder);
  expect(() => acquireLock(path, me)).toThrow(Held);
  expect(() => acquireLock(path, me)).toThrow(`process ${child.pid} on rack-7.example`);

  child.stdin!.end();
  await once(child, 'exit');
  expect(readHolder(path)).toBeNull();
  acquireLock(path, me).release();
});

test('after kill -9 of the holder the next one gets it at once', async () => {
  const path = place();
  const { child } = await contender(path);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(`${path}.json`)).toBe(true);
  expect(readHolder(path)).toBeNull();
  const lock = acquireLock(path, me);
  expect(readHolder(path)).toMatchObject({ pid: process.pid, host: 'desk.example' });
  expect((await contender(path)).said).toContain(`"pid":${process.pid}`);
  lock.release();
});

test('of several that start together exactly one gets it, and the others name it', async () => {
  const path = place();
  const all = await Promise.all(Array.from({ length: 4 }, () => contender(path)));
  const winners = all.filter(({ said }) => said === 'held');
  expect(winners).toHaveLength(1);
  for (const { said } of all.filter(({ said }) => said !== 'held')) {
    expect(JSON.parse(said)).toMatchObject({ pid: winners[0]!.child.pid });
  }
});

test('within one process too; asking who holds it does not loosen it, releasing twice does no harm', async () => {
  const path = place();
  expect(readHolder(path)).toBeNull();
  expect(existsSync(path)).toBe(false);
  const lock = acquireLock(path, me);
  expect(modeOf(`${path}.json`)).toBe('600');
  expect(modeOf(path)).toBe('600');
  expect(() => acquireLock(path, me)).toThrow(Held);
  for (let n = 0; n < 3; n++) expect(readHolder(path)).toMatchObject({ pid: process.pid });
  expect((await contender(path)).said).toContain('desk.example');
  lock.release();
  lock.release();
  expect(readHolder(path)).toBeNull();
});
