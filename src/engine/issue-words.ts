/** What came of a retry, in a sentence or two. */
import { counted } from '../text/format.ts';
import type { IssuesRetried } from './issue-commands.ts';

export function sumOfRetries(all: readonly IssuesRetried[]): IssuesRetried {
  const sum = (key: 'tried' | 'settled' | 'undecided') => all.reduce((total, each) => total + each[key], 0);
  return {
    tried: sum('tried'),
    settled: sum('settled'),
    undecided: sum('undecided'),
    runs: all.flatMap(({ runs }) => runs),
  };
}

export function retriedText({ tried, settled, undecided, runs }: IssuesRetried): string {
  const decide = `${counted(undecided, 'issue')} ${undecided === 1 ? 'needs' : 'need'} a decision instead.`;
  if (tried === 0) return undecided === 0 ? 'There was nothing to try again.' : decide;
  const left = tried - settled;
  const stand = left === 1 ? '1 still stands' : `${left} still stand`;
  const outcome =
    left === 0
      ? tried === 1
        ? 'it is settled'
        : 'all are settled'
      : settled === 0
        ? stand
        : `${settled} settled, ${stand}`;
  const failure = runs.find((run) => run.failure !== null)?.failure;
  const failed = failure == null ? [] : [`The sync failed: ${failure.cause} ${failure.fix}`];
  const stopped =
    failed.length === 0 && runs.some(({ status }) => status !== 'succeeded') ? ['The sync was stopped.'] : [];
  return [
    `${counted(tried, 'issue')} tried again: ${outcome}.`,
    ...failed,
    ...stopped,
    ...(undecided > 0 ? [decide] : []),
  ].join(' ');
}
