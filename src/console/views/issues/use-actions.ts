import { retriedText, sumOfRetries } from '../../../engine/issue-words.ts';
import type { IssueFilter } from '../../../portal/issue.ts';
import { counted } from '../../../text/format.ts';
import { useEngine, useStore } from '../../app/context.ts';
import type { ViewCommands } from '../../app/store.ts';

export interface ActedOn {
  /** Which issues; one filter for each group, or one for all that are chosen. */
  readonly filters: readonly IssueFilter[];
  readonly count: number;
}

/** Retrying, dismissing and restoring what is chosen in a list of issues or of their groups. `done`: read it again. */
export function useIssueActions({ filters, count }: ActedOn, done: () => void): ViewCommands {
  const engine = useEngine();
  const store = useStore();
  if (count === 0) return {};
  const change = async (work: (filter: IssueFilter) => Promise<readonly number[]>) => {
    const ids: number[] = [];
    for (const filter of filters) ids.push(...(await work(filter)));
    done();
    return ids;
  };
  const dismiss = async () => {
    const ids = await change((filter) => engine.dismissIssues(filter));
    if (ids.length === 0) {
      // Only dismissed ones were chosen.
      const restored = await change((filter) => engine.restoreIssues(filter));
      return `${counted(restored.length, 'issue')} restored.`;
    }
    store.undoable(`dismissing ${counted(ids.length, 'issue')}`, async () => {
      await change(() => engine.restoreIssues({ ids }));
      return `${counted(ids.length, 'issue')} restored.`;
    });
    return `${counted(ids.length, 'issue')} dismissed. u restores, h shows what is dismissed.`;
  };
  return {
    'issues.retry': () => {
      store.say(`Trying ${counted(count, 'issue')} again.`);
      store.attempt(async () => {
        try {
          return retriedText(sumOfRetries(await Promise.all(filters.map((filter) => engine.retryIssues(filter)))));
        } finally {
          done();
        }
      });
    },
    'issues.dismiss': () => store.attempt(dismiss),
  };
}
