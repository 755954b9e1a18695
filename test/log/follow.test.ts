import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followLog } from '../../src/log/follow.ts';
import { createLog } from '../../src/log/log.ts';
import { logFiles, openLogFile } from '../../src/log/log-file.ts';
import { readLog } from '../../src/log/read.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msportal-log-'));
  file = join(folder, 'msportal.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (message: string, more = {}) =>
  `${JSON.stringify({ time: '2026-01-05T12:00:00.000Z', level: 'info', message, ...more })}\n`;

test('new lines come as they are whole, also over a rotation, and only those that fit', async () => {
  const log = openLogFile(file, 330);
  log.write(line('before'));
  const stop = new AbortController();
  // What is done between two looks.
  const steps: (() => void)[] = [
    () => log.write(line('one', { integration: 'a' })),
    () => log.write(`${line('other', { integration: 'b' })}${line('half', { integration: 'a' }).slice(0, 40)}`),
    () => log.write(line('half', { integration: 'a' }).slice(40)),
    () => log.write(line('two', { integration: 'a' })),
    () => log.write(line('three', { integration: 'a' })),
    () => {},
    () => stop.abort(),
  ];
  const seen: string[] = [];
  const next = async () => steps.shift()?.();
  for await (const { message } of followLog(file, { integration: 'a' }, { signal: stop.signal, next }))
    seen.push(message);
  expect(seen).toEqual(['one', 'half', 'two', 'three']);
  // It was moved aside meanwhile.
  expect((await readLog([logFiles(file)[1]])).length).toBeGreaterThan(0);
  log.close();
});

test('a log that is not there yet is waited for', async () => {
  const stop = new AbortController();
  let looks = 0;
  const next = async () => {
    looks += 1;
    if (looks === 1) openLogFile(file).write(line('first'));
    if (looks === 3) stop.abort();
  };
  const seen: string[] = [];
  for await (const { message } of followLog(file, {}, { signal: stop.signal, next })) seen.push(message);
  expect(seen).toEqual(['first']);
});

test('by record, by type, and since a time', async () => {
  let now = Date.parse('2026-01-05T12:00:00Z');
  const redactor = { redact: (text: string) => text, redactDeep: (value: unknown) => value };
  const log = createLog({ file, level: 'debug', redactor, now: () => now });
  const about = (record: string, label: string, type = 'tickets') => ({ record, label, type });
  log.info('a', about('17', '48213 Printer'));
  now += 3_600_000;
  log.info('b', about('18', '148213 Printer'));
  log.info('c', about('48213', '9 Scanner'));
  log.info('d', about('17', '48213 Printer', 'contacts'));
  log.close();
  const messages = async (filter: object) => (await readLog([file], filter)).map(({ message }) => message);
  expect(await messages({ record: '48213' })).toEqual(['a', 'c', 'd']);
  expect(await messages({ record: '48213 printer', type: 'tickets' })).toEqual(['a']);
  expect(await messages({ since: '2026-01-05T12:30:00.000Z' })).toEqual(['b', 'c', 'd']);
});
