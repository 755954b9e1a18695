/** What is asked of the engine for a screen of sync issues. Pure. */
import type { Snapshot } from '../../../engine/snapshot.ts';
import type { IssueFilter } from '../../../portal/issue.ts';
import { parseTerms } from '../../../text/filter.ts';

/** The words of a filter; terms of a field are not among them. */
export const wordsOf = (text: string): NonNullable<IssueFilter['words']> =>
  parseTerms(text).flatMap(({ field, not, value }) => (field === null ? [{ not, value }] : []));

/** How many issues there are, of one integration or of all: lists of them are read again when it changes. */
export const issueTotal = (snapshot: Snapshot | null, integration: string | undefined): number =>
  (snapshot?.integrations ?? []).reduce(
    (sum, view) => sum + (integration === undefined || view.id === integration ? view.issues + view.leftOut : 0),
    0,
  );
