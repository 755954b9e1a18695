import type { ViewProps } from '../view-props.ts';
import { IssueGroupPane } from './group.tsx';
import { IssuesPane } from './pane.tsx';

/** Sync issues in groups, or those of one group. */
export function IssuesView({ place: { integration, group }, width, height }: ViewProps<'issues'>) {
  const area = { width, height, ...(integration === undefined ? {} : { integration }) };
  return group === undefined ? <IssuesPane {...area} /> : <IssueGroupPane {...area} group={group} />;
}
