import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parse } from '../../../src/cli/parse.ts';
import { actionLines } from '../../../src/console/app/action-lines.ts';
import { commands } from '../../../src/engine/attributed.ts';
import type { Engine } from '../../../src/engine/engine.ts';

const row = { integration: 'halo-psa', type: 'contacts', externalId: "O'Hara; rm" } as const;
const change = { fields: { title: 'It is "late"', status: null }, recordId: 'r1', integration: 'halo-psa' } as const;

/** What each method is asked, and what the command line would be. */
const asked: readonly (readonly [keyof Engine, readonly unknown[], string])[] = [
  [
    'connect',
    [{ id: 'stripe', credentials: { key: 'sk_live_1' }, settings: { intervalMinutes: 5 }, types: ['products'] }],
    'connect stripe --credentials FILE --type products --interval 5',
  ],
  [
    'configure',
    ['halo-psa', { conflicts: 'vendor', readOnly: true }],
    'configure halo-psa --conflicts vendor --read-only on',
  ],
  ['configure', ['halo-psa', { options: { boards: ['1', '2 b'] } }], "configure halo-psa --option 'boards=1,2 b'"],
  ['enable', ['halo-psa'], 'enable halo-psa'],
  ['disable', ['halo-psa'], 'disable halo-psa'],
  ['disconnect', ['halo-psa'], 'disconnect halo-psa'],
  ['sync', ['halo-psa', { full: true, types: ['tickets'] }], 'sync halo-psa --type tickets --full'],
  ['cancel', ['halo-psa'], 'queue cancel halo-psa'],
  ['runFirst', ['halo-psa'], 'queue first halo-psa'],
  [
    'dismissIssues',
    [{ integration: 'halo-psa', type: 'tickets', reason: 'refused' }],
    'issues dismiss --integration halo-psa --type tickets --reason refused',
  ],
  ['restoreIssues', [{ ids: [7] }], 'issues restore 7'],
  ['retryIssues', [{ integration: 'halo-psa' }], 'issues retry --integration halo-psa'],
  [
    'propose',
    [{ ...change, type: 'tickets', kind: 'update' }],
    `tickets edit r1 --set 'title=It is "late"' --set status= --integration halo-psa --later`,
  ],
  [
    'propose',
    [{ ...change, type: 'tickets', kind: 'note', fields: { text: 'Called\n$(x)', private: false } }],
    "tickets note r1 --text 'Called↵$(x)' --public --integration halo-psa --later",
  ],
  ['retryChange', ['c1'], 'outbox retry c1'],
  ['withdrawChange', ['c1'], 'outbox withdraw c1'],
  ['editChange', ['c1', { title: 'x' }, ['status']], 'outbox edit c1 --set title=x --drop status'],
  ['resolveConflict', ['c1', { title: 'portal' }], 'conflicts resolve c1 --set title=portal'],
  ['link', [row, 'r1'], "link halo-psa 'O'\\''Hara; rm' r1 --type contacts"],
  ['unlink', [row], "unlink halo-psa 'O'\\''Hara; rm' --type contacts"],
  ['createFromRow', [row], "matches create 'O'\\''Hara; rm' --integration halo-psa --type contacts"],
  ['ignoreRow', [row], "matches ignore 'O'\\''Hara; rm' --integration halo-psa --type contacts"],
  ['mergeRecords', ['companies', 'a', 'b'], 'merge a b'],
  ['quickMatch', [{}], 'matches quick'],
];

const lineOf = (method: keyof Engine, args: readonly unknown[]) =>
  (actionLines[method] as (...args: unknown[]) => { line: string | null } | null)(...args)?.line;

test('everything that others should see has a line, but what changes nothing', () => {
  const said = Object.keys(actionLines).toSorted();
  expect(said).toEqual(
    Object.keys(commands)
      .filter((name) => name !== 'test' && name !== 'preview')
      .toSorted(),
  );
  expect([...new Set(asked.map(([method]) => method))].toSorted()).toEqual(said);
});

test.each(asked)('%s: the command line understands what it is told, as a shell gives it', (method, args, line) => {
  expect(lineOf(method, args)).toBe(`msportal ${line}`);
  const words = execFileSync('/bin/sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`], {
    encoding: 'utf8',
  });
  expect(() => parse(words.split('\0').slice(0, -1))).not.toThrow();
});

test('there is no line for what the command line has no word for', () => {
  expect(lineOf('configure', ['halo-psa', { types: ['tickets'] }])).toBeNull();
  expect(lineOf('propose', [{ ...change, type: 'companies', kind: 'update' }])).toBeNull();
  expect(lineOf('dismissIssues', [{ words: [{ not: false, value: 'x' }] }])).toBeNull();
});
