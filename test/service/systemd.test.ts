/** The words that systemd hears, from a socket as it makes one. Needs its own `systemd-notify`, and Python to listen. */
import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { serviceManager } from '../../src/service/systemd.ts';
import { unitFile } from '../../src/service/unit.ts';
import { temporaryFolder } from '../state/folder.ts';

const has = (...command: readonly [string, ...string[]]) => {
  try {
    execFileSync(command[0], command.slice(1), { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const canListen = has('systemd-notify', '--version') && has('python3', '-c', 'import socket; socket.AF_UNIX');

const listener = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
name = sys.argv[1]
s.bind('\\0' + name[1:] if name.startswith('@') else name)
print('listening', flush=True)
while True:
    print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
`;

test.skipIf(!canListen).each([
  ['a path', () => join(temporaryFolder(), 'notify')],
  ['an abstract name', () => `@msportal-test-${process.pid}`],
])('systemd hears of readiness, of the watchdog, of reloading and of the end, on %s', async (_, place) => {
  const socket = place();
  const python = spawn('python3', ['-c', listener, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void python.kill());
  const lines = createInterface(python.stdout!)[Symbol.asyncIterator]();
  const heard = async (word: string) => {
    for (let line = await lines.next(); ; line = await lines.next()) {
      if (String(line.value).includes(word)) return String(line.value);
    }
  };
  await heard('listening');
  const env = { PATH: process.env.PATH, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '40000' };
  const manager = serviceManager(env, (error) => expect.fail(error.message))!;
  await manager.ready('syncing');
  expect(await heard('READY=1')).toContain('STATUS=syncing');
  await heard('WATCHDOG=1');
  await heard('WATCHDOG=1');
  await manager.reloading();
  expect(await heard('RELOADING=1')).toMatch(/MONOTONIC_USEC=\d+/);
  await manager.stopping('ending');
  await heard('STOPPING=1');
});

test('without a service manager nothing is told; one that cannot be told is reported once', async () => {
  expect(serviceManager({}, () => {})).toBeNull();
  const failures: Error[] = [];
  const nowhere = serviceManager({ PATH: '/nowhere', NOTIFY_SOCKET: '/nowhere' }, (error) => failures.push(error))!;
  await nowhere.ready('syncing');
  await nowhere.stopping('ending');
  expect(failures).toHaveLength(1);
});

test('the unit holds odd paths together, and systemd has nothing to say against it', () => {
  const unit = unitFile({
    node: '/opt/node 24/bin/node',
    program: '/opt/100%/msportal.js',
    user: 'root',
    folders: ['/var/lib/ms portal'],
    data: '/var/lib/ms portal',
    keyFile: null,
  });
  expect(unit).toContain('ExecStart="/opt/node 24/bin/node" /opt/100%%/msportal.js serve\n');
  expect(unit).toContain('Environment="MSPORTAL_DATA=/var/lib/ms portal"\n');
  expect(unit).not.toMatch(/^LoadCredential/m);
  if (!has('systemd-analyze', '--version')) return;
  const file = join(temporaryFolder(), 'msportal-test.service');
  const present = unitFile({
    node: process.execPath,
    program: process.argv[1]!,
    user: 'root',
    folders: ['/tmp'],
    data: '/tmp',
    keyFile: '/etc/hostname',
  });
  writeFileSync(file, present);
  expect(execFileSync('systemd-analyze', ['verify', file], { encoding: 'utf8', stdio: 'pipe' })).toBe('');
});
