import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { completion } from '../../src/cli/completion.ts';
import { manPage } from '../../src/cli/man.ts';
import { verbNames, verbOf } from '../../src/commands/cli.ts';
import { temporaryFolder } from '../state/folder.ts';

const words = { integrations: ['halo-psa', 'stripe'], recordTypes: ['companies', 'tickets'] };
const listed = verbNames.filter((name) => !verbOf(name).hidden);

/** What bash offers for the last of these words. */
function offered(...typed: string[]): string[] {
  const file = join(temporaryFolder(), 'completion');
  writeFileSync(file, completion('bash', words));
  const script = `source '${file}'; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _msportal; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script, 'bash', 'msportal', ...typed], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

test('bash completes commands, and what belongs to each', () => {
  expect(offered('')).toEqual(expect.arrayContaining([...listed, '--data']));
  expect(offered('')).not.toContain('demo');
  expect(offered('sy')).toEqual(['sync']);
  expect(offered('sync', '')).toEqual(expect.arrayContaining(['halo-psa', 'stripe', '--full', '--json']));
  expect(offered('sync', '')).not.toContain('--where');
  expect(offered('--data', '/tmp', 'sync', 'h')).toEqual(['halo-psa']);
  expect(offered('sync', 'halo-psa', '--type', 't')).toEqual(['tickets']);
  expect(offered('records', '')).toEqual(expect.arrayContaining(['companies', 'tickets']));
  expect(offered('completion', 'f')).toEqual(['fish']);
  expect(offered('connect', 'halo-psa', '--credentials', '/etc/hostn')).toEqual(['/etc/hostname']);
});

test.each(['zsh', 'fish'] as const)('%s is told of every command and option', (shell) => {
  const script = completion(shell, words);
  for (const name of listed) {
    expect(script).toContain(name);
    for (const { flag } of verbOf(name).options)
      expect(script).toContain(shell === 'fish' ? `-l ${flag.slice(2)}` : flag);
  }
});

test('the manual page has every command, and no line that roff would take for one of its own', () => {
  const page = manPage('1.2.3');
  for (const name of listed) expect(page).toContain(`.SS msportal ${name.replaceAll('-', '\\-')}`);
  const requests = page.split('\n').filter((line) => /^[.']/.test(line));
  expect(requests.filter((line) => !/^\.(TH|SH|SS|TP|PP|B|BR|I|RI|br|nf|fi)\b/.test(line))).toEqual([]);
});
