import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog, type LogLevel } from '../../src/log/log.ts';
import { logFiles, openLogFile } from '../../src/log/log-file.ts';
import { readLog } from '../../src/log/read.ts';
import { createRedactor } from '../../src/text/redact.ts';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'msportal-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'msportal.log');
}

function open(file: string, level: LogLevel = 'debug', ...secrets: string[]) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  const log = createLog({ file, level, redactor, now: () => Date.parse('2026-03-01T12:00:00Z') });
  onTestFinished(() => log.close());
  return log;
}

const line = (n: number, more: object = {}) =>
  `${JSON.stringify({ level: 'info', time: new Date(n).toISOString(), message: `line ${n}`, ...more })}\n`;
const messages = async (...args: Parameters<typeof readLog>) => (await readLog(...args)).map((entry) => entry.message);

test('a line is whole, in words, and on disk when the call returns', async () => {
  const file = place();
  const log = open(file, 'info');
  log.debug('not asked for');
  log.warn('The vendor asks us to wait.', { integration: 'halo-psa', run: 'r1', type: 'tickets', ms: 1200 });
  expect(readFileSync(file, 'utf8')).toBe(
    '{"level":"warn","time":"2026-03-01T12:00:00.000Z","integration":"halo-psa","run":"r1","type":"tickets","ms":1200,"message":"The vendor asks us to wait."}\n',
  );
  expect((await readLog([file]))[0]).toMatchObject({ level: 'warn', type: 'tickets', ms: 1200 });
});

test('no secret gets into the file, wherever it was put, and the lines stay readable', async () => {
  const file = place();
  const secret = 'c4nary"\\secret';
  const log = open(file, 'debug', secret, '987654');
  const basic = Buffer.from(`client:${secret}`).toString('base64');
  log.info(`token ${secret}`, {
    record: secret,
    nested: { [secret]: [secret] },
    count: 1987654,
    url: `/?k=${encodeURIComponent(secret)}`,
  });
  log.error('failed', { error: new Error(`Basic ${basic}`), body: JSON.stringify({ secret }) });
  const text = readFileSync(file, 'utf8');
  for (const form of ['c4nary', '987654', basic.slice(12, -6)]) expect(text).not.toContain(form);
  expect(await messages([file])).toEqual(['token [redacted]', 'failed']);
});

test('the file is for its owner only, also when it was not before', () => {
  const file = place();
  writeFileSync(file, '');
  chmodSync(file, 0o644);
  open(file).info('hello');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a large file is moved aside, at start and while running, also with two writers', async () => {
  const file = place();
  const [current, previous] = logFiles(file);
  writeFileSync(file, line(1).repeat(10));
  const [ours, theirs] = [openLogFile(file, 500), openLogFile(file, 500)];
  expect(readFileSync(previous, 'utf8')).toBe(line(1).repeat(10));
  for (let n = 2; n < 10; n++) (n % 2 ? ours : theirs).write(line(n, { pad: 'x'.repeat(120) }));
  ours.close();
  theirs.close();
  for (const part of [current, previous]) expect(statSync(part).size).toBeLessThan(1_200);
  const newest = await messages([current, previous]);
  expect(newest.slice(-3)).toEqual(['line 7', 'line 8', 'line 9']);
});

test('reading: filters, newest last, over both files, past broken lines', async () => {
  const file = place();
  writeFileSync(`${file}.1`, line(1, { integration: 'stripe' }) + line(2, { integration: 'halo-psa', run: 'r1' }));
  writeFileSync(
    file,
    `${line(3, { integration: 'halo-psa', run: 'r2', level: 'error' })}{"level":"in\nplain words\n\n{"level":"loud","time":"x","message":"y"}\n${line(4, { about: 'halo-psa', level: 'warn' })}${line(5, { integration: 'halo-psa' })}`,
  );
  appendFileSync(file, '{"time":"2026-03-01T12:');
  const files = logFiles(file);
  expect(await messages(files)).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 5']);
  expect(await messages(files, { limit: 2 })).toEqual(['line 4', 'line 5']);
  expect(await messages(files, { limit: 0 })).toEqual([]);
  expect(await messages(files, { integration: 'halo-psa' })).toEqual(['line 2', 'line 3', 'line 5']);
  expect(await messages(files, { integration: 'halo-psa', run: 'r1' })).toEqual(['line 2']);
  expect(await messages(files, { level: 'warn' })).toEqual(['line 3', 'line 4']);
  expect(await messages([`${file}.absent`])).toEqual([]);
});

test('reading takes only the end of a large file, and cuts no character at the edge of a chunk', async () => {
  const file = place();
  const count = 20_000;
  writeFileSync(file, Array.from({ length: count }, (_, n) => line(n, { name: 'Ærø ✓ 東京'.repeat(n % 7) })).join(''));
  const entries = await readLog([file], { limit: count });
  expect(entries).toHaveLength(count);
  expect(entries.every((entry, n) => entry.message === `line ${n}` && entry.name === 'Ærø ✓ 東京'.repeat(n % 7))).toBe(
    true,
  );
  // One line that is longer than several chunks.
  appendFileSync(file, line(count, { name: 'é'.repeat(150_000) }));
  expect((await readLog([file], { limit: 1 }))[0]).toMatchObject({
    message: `line ${count}`,
    name: 'é'.repeat(150_000),
  });
});
