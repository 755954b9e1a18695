/** What config.json and the command line say about the console, read before anything heavy is loaded. */
import { existsSync } from 'node:fs';
import { commandById, commands } from '../commands/table.ts';
import { keyId, parseKey } from '../console/keys/key.ts';
import { type ConsoleSettings, defaultSettings } from '../console/settings.ts';
import type { Paths } from '../state/paths.ts';
import { peekConfig } from '../state/peek.ts';
import { UsageError } from './exit.ts';
import { didYouMean, type OptionValues } from './parse.ts';
import { version } from './version.ts';

/**
 * The file is not validated here: the engine does that, and says what is wrong with it. Only what it cannot know is
 * checked: commands and keys.
 * @throws UsageError when `console.keys` names a command or a key that does not exist
 */
export function consoleSettings(paths: Paths, options: OptionValues): ConsoleSettings {
  const { console: own = {} } = peekConfig(paths.config);
  return {
    ascii: own.ascii ?? defaultSettings.ascii,
    colours: own.colours ?? defaultSettings.colours,
    linear: options.has('--linear') || own.linear === true,
    readOnly: options.has('--read-only') || own.readOnly === true,
    keys: checkedKeys(own.keys ?? {}, paths.config),
    facts: [
      ['msportal', version],
      ['Node', process.versions.node],
      ...Object.entries(paths).map(([name, path]): [string, string] => [
        names[name] ?? name,
        existsSync(path) ? path : `${path} (not there yet)`,
      ]),
    ],
  };
}

const names: Readonly<Record<string, string>> = {
  config: 'Configuration',
  data: 'Data folder',
  state: 'State',
  database: 'Records',
  lock: 'Lock',
  endpoint: 'For other consoles',
  keyFile: 'Key of the secrets',
  logs: 'Logs',
  log: 'Log',
};

function checkedKeys(keys: Readonly<Record<string, unknown>>, file: string): ConsoleSettings['keys'] {
  const checked: Record<string, readonly string[]> = {};
  for (const [id, given] of Object.entries(keys)) {
    if (id.startsWith('//')) continue;
    if (commandById(id) === undefined) {
      const known = commands.map((command) => command.id);
      throw new UsageError(`${file}: console.keys: there is no command "${id}".${didYouMean(id, known)}`);
    }
    const list = (Array.isArray(given) ? given : [given]).map(String);
    try {
      checked[id] = list.map((key) => keyId(parseKey(key)));
    } catch (error) {
      throw new UsageError(`${file}: console.keys.${id}: ${(error as Error).message}`);
    }
  }
  return checked;
}
