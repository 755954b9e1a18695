import type { DuplicateType } from '../engine/duplicates/duplicate.ts';
import type { SettingsChange } from '../engine/engine.ts';
import type { ChangeKind } from '../portal/change.ts';
import type { SyncIssue } from '../portal/issue.ts';
import type { RecordType } from '../portal/records/index.ts';

export const integrationTabs = [
  'overview',
  'runs',
  'issues',
  'settings',
  'mapping',
  'logs',
  'checks',
  'guide',
] as const;
export type IntegrationTab = (typeof integrationTabs)[number];

export const activityTabs = ['queue', 'runs', 'actions'] as const;
export type ActivityTab = (typeof activityTabs)[number];

export const matchingTabs = ['waiting', 'grid'] as const;
export type MatchingTab = (typeof matchingTabs)[number];

/** Where the operator is: plain data, so that it can be kept between starts and gone back to. */
export type Place =
  | { readonly view: 'integrations' }
  | { readonly view: 'integration'; readonly id: string; readonly tab: IntegrationTab }
  /** Without `id`: begins with the selection of an integration. */
  | { readonly view: 'wizard'; readonly id?: string }
  /** `filter`: what the list begins with; the operator may change it there. */
  | { readonly view: 'records'; readonly type: RecordType; readonly integration?: string; readonly filter?: string }
  /** Everything all integrations know of one company. */
  | { readonly view: 'company'; readonly record: string }
  /** A tenant's Secure Score; `record` is that of the score. */
  | { readonly view: 'score'; readonly record: string }
  /** What companies pay and owe. */
  | { readonly view: 'billing' }
  | { readonly view: 'activity'; readonly tab: ActivityTab }
  | { readonly view: 'settings' }
  /** With `group`: those of one reason and record type (null: those that concern no single type), one by one. */
  | { readonly view: 'issues'; readonly integration?: string; readonly group?: IssueGroupName }
  /** Changes on their way to the vendors. */
  | { readonly view: 'outbox'; readonly integration?: string }
  /** The form for a change of a record, a new record or a note. `change`: one in the outbox that is changed itself. */
  | {
      readonly view: 'edit';
      readonly kind: ChangeKind;
      readonly type: RecordType;
      readonly integration: string;
      readonly record?: string;
      readonly change?: string;
    }
  /** A change whose fields were changed at the vendor too. */
  | { readonly view: 'conflict'; readonly change: string }
  /** Which of the vendors' rows are which of our records. */
  | { readonly view: 'matching'; readonly tab: MatchingTab }
  | { readonly view: 'logs'; readonly integration?: string; readonly run?: string }
  | { readonly view: 'duplicates'; readonly type: DuplicateType }
  | { readonly view: 'doctor' }
  /** A record's story. `record`: its number, name or id, whether it is in the portal or not. */
  | { readonly view: 'explain'; readonly type: RecordType; readonly record: string; readonly integration?: string }
  /** What a full sync would do. With `change`: under these settings, which are saved from there. */
  | { readonly view: 'preview'; readonly id: string; readonly change?: SettingsChange }
  | { readonly view: 'guide'; readonly id: string };

export type IssueGroupName = Pick<SyncIssue, 'reason' | 'type'>;

export type View = Place['view'];
