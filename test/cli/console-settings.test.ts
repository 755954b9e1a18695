import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consoleSettings } from '../../src/cli/console-settings.ts';
import { OptionValues } from '../../src/cli/parse.ts';
import { loadConfig } from '../../src/state/config.ts';
import { resolvePaths } from '../../src/state/paths.ts';
import { temporaryFolder } from '../state/folder.ts';

const noOptions = new OptionValues(new Map());

function withConfig(content: object) {
  const paths = resolvePaths({ dataDir: temporaryFolder(), env: {}, home: '/home/nobody' });
  writeFileSync(join(paths.data, 'config.json'), JSON.stringify(content));
  return paths;
}

test('the config file and the command line decide together; keys are written in one notation', () => {
  const content = {
    console: { colours: '16', keys: { '//': 'mine', 'integration.sync': ['Ctrl-Y', 's'] } },
  };
  const paths = withConfig(content);
  loadConfig(paths.config);
  const settings = consoleSettings(paths, new OptionValues(new Map([['--read-only', ['']]])));
  expect(settings).toMatchObject({
    ascii: 'auto',
    colours: '16',
    readOnly: true,
    linear: false,
    keys: { 'integration.sync': ['ctrl+y', 's'] },
  });
  expect(settings.facts).toContainEqual(['Records', `${paths.database} (not there yet)`]);
});

test.each([
  [{ 'integration.snyc': ['y'] }, 'there is no command "integration.snyc". Did you mean "integration.sync"?'],
  [{ 'integration.sync': ['ctrl+banana'] }, 'console.keys.integration.sync: "ctrl+banana" names no key'],
])('a key map that cannot work is refused: %j', (keys, message) => {
  expect(() => consoleSettings(withConfig({ console: { keys } }), noOptions)).toThrow(message);
});
