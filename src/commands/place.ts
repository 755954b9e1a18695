import type { RecordType } from '../portal/records/index.ts';

export const integrationTabs = ['overview', 'runs', 'issues', 'settings', 'guide'] as const;
export type IntegrationTab = (typeof integrationTabs)[number];

/** Where the operator is: plain data, so that it can be kept between starts and gone back to. */
export type Place =
  | { readonly view: 'integrations' }
  | { readonly view: 'integration'; readonly id: string; readonly tab: IntegrationTab }
  /** Without `id`: begins with the selection of an integration. */
  | { readonly view: 'wizard'; readonly id?: string }
  | { readonly view: 'records'; readonly type: RecordType; readonly integration?: string }
  | { readonly view: 'issues'; readonly integration?: string }
  | { readonly view: 'logs'; readonly integration?: string; readonly run?: string }
  | { readonly view: 'guide'; readonly id: string };

export type View = Place['view'];
