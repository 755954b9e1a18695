import { catalogue } from '../../../connectors/index.ts';
import type { Finding } from '../../engine/doctor/finding.ts';
import { wrap } from '../../text/width.ts';
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { pathsOf } from '../open.ts';
import { plain, print, printJson } from '../output.ts';
import { terminalFacts } from '../terminal.ts';

/** Looks at the files themselves and opens no engine: it must work when that cannot, and beside one that runs. */
export const run: Run = async (invocation, { signal }) => {
  const { diagnose } = await import('../../engine/doctor/doctor.ts');
  let said = 0;
  const found = await diagnose(
    {
      paths: pathsOf(invocation),
      env: process.env,
      catalogue,
      now: Date.now,
      terminal: terminalFacts(),
      thorough: true,
      signal,
    },
    (soFar) => {
      if (!invocation.json) for (const finding of soFar.slice(said)) print(findingLines(finding).join('\n'));
      said = soFar.length;
    },
  );
  const count = (status: Finding['status']) => found.filter((finding) => finding.status === status).length;
  const failed = count('failed');
  if (invocation.json) printJson({ ok: failed === 0, findings: found });
  else print(`\n${failed} failed, ${count('warning')} warnings, ${count('untested')} untested, ${count('ok')} ok.`);
  return failed === 0 ? exitCodes.done : exitCodes.failed;
};

const indent = ' '.repeat(10);

/** One finding for people; what is wrong with its cause, what to do, and the command. */
export function findingLines({ status, title, detail, cause, fix, command }: Finding): string[] {
  const head = `${status.padEnd(8)}  ${plain(title)}${detail ? `: ${plain(detail)}` : ''}`;
  const told = [cause, fix].filter((text): text is string => Boolean(text)).flatMap((text) => wrap(plain(text), 90));
  return [
    head,
    ...told.map((text) => `${indent}${text}`),
    ...(command === undefined ? [] : [`${indent}$ ${plain(command)}`]),
  ];
}
