import { resolve } from 'node:path';
import { catalogue } from '../../../connectors/index.ts';
import { bytes } from '../../text/format.ts';
import { columns } from '../columns.ts';
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { pathsOf } from '../open.ts';
import { note, plain, print, printJson } from '../output.ts';
import { terminalFacts } from '../terminal.ts';
import { version } from '../version.ts';

const about: Readonly<Record<string, string>> = {
  'versions.json': 'versions of this program, Node and the system',
  'config.json': 'config.json as it is read',
  'state.json': 'integrations and settings; no credentials',
  'doctor.json': 'what the doctor finds now',
  'runs.json': 'run history',
  'counts.json': 'records and sync issues, counted',
  'log.jsonl': 'the newest 20,000 lines of the log',
  'issues.json': 'sync issues with names',
  'traffic.har': 'the recorded traffic',
};

/** Opens no engine, as the doctor; `--har` names a recording made before, and nothing is recorded now. */
export const run: Run = async (invocation, { signal }) => {
  const { gatherBundle, writeBundle } = await import('../../engine/bundle/bundle.ts');
  const { options, json } = invocation;
  const withContent = options.has('--with-content');
  const now = Date.now();
  const file = resolve(options.text('--out') ?? `msportal-support-${new Date(now).toISOString().slice(0, 10)}.tar.gz`);
  const house = {
    paths: pathsOf(invocation),
    env: process.env,
    catalogue,
    now: Date.now,
    terminal: terminalFacts(),
    thorough: true,
    signal,
  };
  const files = await gatherBundle(house, { version, withContent, har: invocation.har });
  const listed = files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text), about: about[name] ?? '' }));
  if (!json) {
    print(
      columns(
        listed.map((each) => [each.name, bytes(each.bytes), each.about]),
        ['left', 'right'],
      ).join('\n'),
    );
    print(
      withContent
        ? 'No secret is in it; names, titles and words of customers are.'
        : 'No secret is in it, and no name, title or word of a customer.',
    );
  }
  const size = await writeBundle(file, files, now);
  if (json) printJson({ file, bytes: size, withContent, files: listed });
  else
    note(`Written: ${plain(file)} (${bytes(size)}). Look into it before you send it: tar -xzOf ${plain(file)} | less`);
  return exitCodes.done;
};
