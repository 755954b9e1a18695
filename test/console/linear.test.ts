import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ConsoleStore } from '../../src/console/app/store.ts';
import { runLinear } from '../../src/console/linear/session.ts';
import { now } from './examples.ts';
import { busyEngine } from './views/busy-engine.ts';

/** Types lines and gives all that was said. Nothing may ever be drawn over: not one escape. */
async function session(...typed: string[]) {
  const engine = busyEngine();
  const input = new PassThrough();
  const output = new PassThrough();
  const store = new ConsoleStore({ onQuit: () => {}, now: () => now });
  await store.attach(engine);
  input.end(typed.map((line) => `${line}\n`).join(''));
  await runLinear({ store, engine, input, output, now: () => now });
  output.end();
  const said = (await output.toArray()).join('');
  expect(said).not.toMatch(/[\u001b\r]/);
  return { said, engine, store };
}

test('every integration is a sentence, with what is wrong and what to do', async () => {
  const { said } = await session();
  expect(said).toContain('Halo PSA: Syncing, 12,340 records, 3 sync issues, last sync 4 min ago.');
  expect(said).toMatch(/Syncro: Error.*The token may not read tickets\. Tick "Tickets - List" on the token\./);
});

test('what is typed is what the palette understands: records with a filter, commands with an integration', async () => {
  const { said, engine } = await session('companies "Company 12"', 'sync stripe', 'issues');
  expect(said).toContain('Name Company 12');
  expect(said).toContain('company missing');
  // Stripe is off: the reason is said, and nothing is asked of the engine.
  expect(said).toContain('Sync now: Stripe is disabled: press e to enable it.');
  expect(engine.calls.filter((call) => call.startsWith('sync'))).toEqual([]);
});

test('what is dangerous asks, and only the full name does it', async () => {
  const { said, engine } = await session('disconnect syncro', 'y', 'disconnect syncro', 'Syncro', 'nonsense', 'quit');
  expect(said).toContain('Type Syncro to do it.');
  expect(said).toContain('Left as it is.');
  expect(engine.calls).toContain('disconnect syncro');
  expect(said).toContain('Nothing is called "nonsense".');
  expect(said).toMatch(/Syncro: Disconnected\./);
});
