import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

// Part of the tests, so that the closing line of a test run counts them.
test.each([
  ['types', 'tsc', ['-p', '.', '--pretty', 'false']],
  ['format, lint and import directions', 'biome', ['check', '--error-on-warnings', '--colors=off', '.']],
])('%s', async (_, command, args) => {
  const ended = await run(command, args).then(
    () => 'no complaint',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
  expect(ended).toBe('no complaint');
});
