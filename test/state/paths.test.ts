import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureFolders, resolvePaths } from '../../src/state/paths.ts';
import { modeOf, temporaryFolder } from './folder.ts';

test('XDG folders, with the defaults of the specification', () => {
  expect(resolvePaths({ env: {}, home: '/home/op' })).toEqual({
    config: '/home/op/.config/msportal/config.json',
    data: '/home/op/.local/share/msportal',
    state: '/home/op/.local/share/msportal/state.json',
    database: '/home/op/.local/share/msportal/portal.db',
    lock: '/home/op/.local/share/msportal/engine.lock',
    endpoint: '/home/op/.local/share/msportal/engine.endpoint',
    keyFile: '/home/op/.local/share/msportal/secret.key',
    logs: '/home/op/.local/state/msportal',
    log: '/home/op/.local/state/msportal/msportal.log',
  });
  const env = { XDG_CONFIG_HOME: '/etc/op', XDG_DATA_HOME: 'relative/is/ignored', XDG_STATE_HOME: '' };
  const paths = resolvePaths({ env, home: '/home/op' });
  expect(paths.config).toBe('/etc/op/msportal/config.json');
  expect(paths.data).toBe('/home/op/.local/share/msportal');
  expect(paths.logs).toBe('/home/op/.local/state/msportal');
});

test('one folder for everything: --data before MSPORTAL_DATA', () => {
  const env = { MSPORTAL_DATA: '/srv/b', XDG_CONFIG_HOME: '/etc/op' };
  const everything = (folder: string, paths: object) => Object.values(paths).every((p) => String(p).startsWith(folder));
  expect(everything('/srv/a', resolvePaths({ dataDir: '/srv/a', env, home: '/home/op' }))).toBe(true);
  const paths = resolvePaths({ env, home: '/home/op' });
  expect(everything('/srv/b', paths)).toBe(true);
  expect(paths.config).toBe('/srv/b/config.json');
});

test('folders are made for the owner only; what exists is left as it is', () => {
  const home = temporaryFolder();
  chmodSync(home, 0o755);
  const paths = resolvePaths({ env: {}, home });
  ensureFolders(paths);
  ensureFolders(paths);
  expect([paths.data, paths.logs, join(paths.config, '..')].map(modeOf)).toEqual(['700', '700', '700']);
  expect(modeOf(home)).toBe('755');
});
