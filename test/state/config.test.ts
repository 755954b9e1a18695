import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Config, loadConfig } from '../../src/state/config.ts';
import { temporaryFolder } from './folder.ts';

const ids = ['halo-psa', 'stripe'];

function load(content: unknown) {
  const path = join(temporaryFolder(), 'config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return loadConfig(path, ids);
}

test('no file means the defaults', () => {
  expect(loadConfig(join(temporaryFolder(), 'config.json'))).toEqual({
    log: { level: 'info' },
    sync: { concurrency: 3, fullEveryHours: 24 },
    console: { ascii: 'auto', colours: 'auto', keys: {}, linear: false, readOnly: false },
    notify: {},
    integrations: {},
  });
  expect(load({ sync: { concurrency: 1 } }).sync).toEqual({ concurrency: 1, fullEveryHours: 24 });
});

test.each([
  [{ log: { level: 'verbose' } }, 'log.level is "verbose"; it must be one of "debug", "info", "warn", "error".'],
  [{ sync: { concurrency: '3' } }, 'sync.concurrency is "3"; it must be a whole number from 1 to 16.'],
  [{ sync: { concurrency: 0 } }, 'sync.concurrency is 0; it must be a whole number from 1 to 16.'],
  [{ sync: { fullEveryHours: 1.5 } }, 'sync.fullEveryHours is 1.5; it must be a whole number from 1 to 720.'],
  [{ console: { ascii: 'yes' } }, 'console.ascii is "yes"; it must be true, false or "auto".'],
  [{ log: 'debug' }, 'log is "debug"; it must be an object.'],
  [[], 'The file is []; it must be an object.'],
  [{ integrations: { stripe: { caFile: 5 } } }, 'integrations.stripe.caFile is 5; it must be the path of a PEM file.'],
  [
    { integrations: { stripe: { requestPerWindow: 5 } } },
    'integrations.stripe.requestPerWindow is not known. Did you mean requestsPerWindow?',
  ],
  [{ sync: { concurency: 2 } }, 'sync.concurency is not known. Did you mean concurrency?'],
  [{ colour: 1 }, 'colour is not known. Known here: log, sync, console, notify, integrations.'],
  [{ integrations: { halo_psa: {} } }, 'integrations.halo_psa is not known. Did you mean halo-psa?'],
  ['{"log": ', 'cannot be read'],
])('%j is refused in words', (content, words) => {
  expect(() => load(content)).toThrow(words);
});

test('all problems are named at once', () => {
  expect(() => load({ log: { level: 1 }, sync: { concurrency: 99 } })).toThrow(
    /log\.level is 1;.*\n.*sync\.concurrency is 99;/,
  );
});

test('a CA file is found relative to config.json', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'config.json'), '{"integrations":{"stripe":{"caFile":"ca.pem"}}}');
  expect(loadConfig(join(folder, 'config.json')).integrations.stripe?.caFile).toBe(join(folder, 'ca.pem'));
});

test('the example loads, and shows and explains every key', () => {
  const path = new URL('../../config.example.json', import.meta.url).pathname;
  const loaded = loadConfig(path, ids);
  expect({ ...loaded, integrations: {}, notify: {} }).toEqual(Config.parse({}));

  const missing: string[] = [];
  const walk = (schema: z.core.JSONSchema.BaseSchema, example: Record<string, unknown>, at: string) => {
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      const node = child as z.core.JSONSchema.BaseSchema;
      const place = `${at}${key}`;
      if (!(key in example)) missing.push(place);
      if (node.type !== 'object') {
        if (!(`//${key}` in example)) missing.push(`a note on ${place}`);
      } else if (node.properties) {
        walk(node, example[key] as Record<string, unknown>, `${place}.`);
      } else {
        const entry = (example[key] as Record<string, unknown>)['halo-psa'] as Record<string, unknown>;
        walk(node.additionalProperties as z.core.JSONSchema.BaseSchema, entry, `${place}.halo-psa.`);
      }
    }
  };
  walk(z.toJSONSchema(Config, { io: 'input' }), JSON.parse(readFileSync(path, 'utf8')), '');
  expect(missing).toEqual([]);
});
