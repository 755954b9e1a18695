import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/exit.ts';
import { parse } from '../../src/cli/parse.ts';
import { globalOptions, verbNames, verbOf } from '../../src/commands/cli.ts';

test('a verb with arguments, its own and the global options, in any order', () => {
  const invocation = parse([
    '--data',
    '/tmp/here',
    'records',
    '--where',
    'a=1',
    'tickets',
    '--json',
    '--where=b=2',
    '--limit',
    '5',
  ]);
  expect(invocation).toMatchObject({ verb: 'records', args: ['tickets'], json: true, data: '/tmp/here' });
  expect(invocation.options.all('--where')).toEqual(['a=1', 'b=2']);
  expect(invocation.options.integer('--limit')).toBe(5);
  expect(invocation.options.has('--count')).toBe(false);
});

test('nothing at all opens the console, also with a data folder', () => {
  expect(parse([]).verb).toBeNull();
  expect(parse(['--data', 'status'])).toMatchObject({ verb: null, data: 'status' });
});

test('a dash alone is a value, and everything after -- is an argument', () => {
  expect(parse(['connect', 'halo-psa', '--credentials', '-']).options.text('--credentials')).toBe('-');
  expect(parse(['status', '--', '--odd']).args).toEqual(['--odd']);
});

test.each([
  [['stauts'], 'Did you mean "status"?'],
  [['frobnicate'], 'There is no command "frobnicate". All commands: msportal --help'],
  [['sync', 'halo-psa', '--ful'], 'msportal sync has no option --ful. Did you mean "--full"?'],
  [['status', '--full'], 'msportal status has no option --full.'],
  [['status', '-x'], 'has no option -x'],
  [['sync'], 'msportal sync needs ID'],
  [['status', 'a', 'b'], 'does not take "b"'],
  [['status', '--json=yes'], '--json takes no value'],
  [['records', 'tickets', '--limit'], '--limit needs a value'],
  [['connect', 'halo-psa', '--credentials', '--json'], '--credentials needs a value'],
  [['logs', '--run', 'a', '--run', 'b'], '--run is given twice'],
])('%j is refused: %s', (argv, message) => {
  expect(() => parse(argv)).toThrow(UsageError);
  expect(() => parse(argv)).toThrow(message);
});

test.each(['-1', '1.5', 'many', '0'])('a number of %s is refused with what is allowed', (text) => {
  const { options } = parse(['records', 'tickets', `--limit=${text}`]);
  expect(() => options.integer('--limit', { min: 1 })).toThrow('--limit takes a whole number, 1 or more');
});

test('no verb redefines a global option, and secrets have no option of their own', () => {
  const globals = globalOptions.map(({ flag }) => flag);
  for (const name of verbNames) {
    const flags = verbOf(name).options.map(({ flag }) => flag);
    expect(flags.filter((flag) => globals.includes(flag))).toEqual([]);
    expect(flags.filter((flag) => /secret|password|token|key/.test(flag))).toEqual([]);
  }
});
