/** How many sync issues an integration has. */

import type { IssueSum } from '../portal/issue.ts';
import { isLeftOut } from '../portal/issue-reasons.ts';

/**
 * What the settings leave out is told apart: nothing is wrong with it, so that it is no figure to worry about, however large.
 * @param sums of all integrations
 */
export function issueCounts(sums: readonly IssueSum[], id: string): { issues: number; leftOut: number } {
  const counts = { issues: 0, leftOut: 0 };
  for (const { integration, reason, count } of sums) {
    if (integration === id) counts[isLeftOut(reason) ? 'leftOut' : 'issues'] += count;
  }
  return counts;
}
