/**
 * The README's tables and its picture come from the program. After a change: `UPDATE_README=1 npx vitest run
 * --config test/vitest.config.ts test/readme.test.tsx`, and look at what changed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../connectors/index.ts';
import { keyReference, verbReference } from '../src/commands/reference.ts';
import { labelOf } from '../src/portal/records/names.ts';
import { at, fresh, integration, progress, snapshotOf } from './console/examples.ts';
import { FakeEngine } from './console/fake-engine.ts';
import { svgOf } from './console/svg.ts';
import { openConsole } from './console/views/open-console.tsx';

const file = (name: string) => new URL(`../${name}`, import.meta.url);
const update = process.env.UPDATE_README === '1';

async function integrationTable(): Promise<string> {
  const rows = await Promise.all(
    catalogue.map(async ({ id, name, summary, load }) => {
      const manifest = (await load?.())?.manifest;
      const types = manifest?.recordTypes.map(({ type, direction }) => {
        const label = labelOf(type).toLowerCase();
        return direction === 'link'
          ? `${label} (linked only)`
          : direction === 'two-way'
            ? `${label} (both ways)`
            : label;
      });
      const note = manifest?.experimental === undefined ? '' : ` ${manifest.experimental}`;
      return `| ${name} | \`${id}\` | ${summary} | ${types?.join(', ') ?? 'coming'}${note} |`;
    }),
  );
  return `| Integration | ID | For | Records |\n|---|---|---|---|\n${rows.join('\n')}`;
}

test('the tables of the README are those of the program', async () => {
  const blocks = { integrations: await integrationTable(), commands: verbReference(), keys: keyReference() };
  let readme = readFileSync(file('README.md'), 'utf8');
  const written = Object.entries(blocks).reduce((text, [name, block]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest = ''] = text.split(begin);
    return `${before}${begin}\n${block}\n${end}${rest.split(end)[1] ?? ''}`;
  }, readme);
  if (update) {
    writeFileSync(file('README.md'), written);
    readme = written;
  }
  expect(readme).toBe(written);
});

test('the picture of the README is what the screen shows', async () => {
  const size = { columns: 100, rows: 26 };
  const { screen } = await openConsole(size, new FakeEngine(dayAtAnMsp()));
  const picture = svgOf(screen, size.columns, size.rows, 'MSPortal Console: the list of integrations');
  await screen.unmount();
  if (update) writeFileSync(file('screen.svg'), picture);
  expect(readFileSync(file('screen.svg'), 'utf8')).toBe(picture);
});

function dayAtAnMsp() {
  return snapshotOf([
    integration('halo-psa', { status: 'syncing', run: progress(), issues: 2 }),
    integration('connectwise-manage', {
      records: { companies: 231, contacts: 1904, users: 18, tickets: 8412 },
      issues: 0,
      lastSync: at(-2),
      nextSync: at(13),
    }),
    integration('autotask', {
      status: 'error',
      failures: 2,
      issues: 1,
      nextSync: at(28),
      error: {
        code: 'rate-limited',
        cause: 'Autotask has used its 10,000 requests of this hour.',
        fix: 'Nothing to do: it goes on by itself.',
      },
    }),
    fresh('syncro'),
    integration('ninjarmm', {
      records: { locations: 301, devices: 2960, alerts: 41 },
      issues: 0,
      lastSync: at(-9),
      nextSync: at(21),
    }),
    integration('microsoft-365', {
      records: { tenants: 212, licenses: 860, secureScores: 212, scoreControls: 9540 },
      issues: 0,
    }),
    integration('stripe', {
      records: { customers: 198, subscriptions: 240, invoices: 3120, payments: 2980 },
      issues: 0,
      lastSync: at(-1),
      nextSync: at(4),
    }),
    integration('bigger-brains', {
      records: { courses: 64, learners: 1020, enrollments: 4100, completions: 2890 },
      issues: 0,
    }),
  ]);
}
