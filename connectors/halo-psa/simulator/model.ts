/** The rows of a Halo instance as the product keeps them. Times are epoch milliseconds. */
import type { WorldTicket } from '../../../src/simulator/world.ts';

export interface Client {
  readonly id: number;
  name: string;
  website: string;
  inactive: boolean;
  relationship: string;
  mainSite: number;
  readonly created: number;
  modified: number;
}
export interface Site {
  readonly id: number;
  readonly client: number;
  readonly name: string;
  phone: string;
  readonly lines: readonly [string, string, string, string];
  readonly postcode: string;
  readonly country: string;
  readonly region: string;
  modified: number;
}
export interface User {
  readonly id: number;
  readonly site: number;
  readonly client: number;
  /** The placeholder each site has. */
  readonly general: boolean;
  firstName: string;
  surname: string;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  title: string | null;
  inactive: boolean;
  linkedAgent: number;
  readonly created: number;
  modified: number;
}
export interface Agent {
  readonly id: number;
  name: string;
  firstName: string | null;
  surname: string | null;
  email: string | null;
  jobTitle: string | null;
  team: string;
  disabled: boolean;
  readonly api: boolean;
  readonly lastLogin: number | null;
  modified: number;
}
export interface Action {
  readonly id: number;
  readonly outcome: number;
  readonly who: string;
  readonly agent: number;
  readonly at: number;
  note: string;
  html: string;
  readonly hidden: boolean;
  readonly application: string | null;
  readonly hours: number;
}
export interface Ticket {
  readonly id: number;
  readonly use: 'ticket' | 'project' | 'opportunity';
  summary: string;
  details: string;
  /** As posted; absent: made from `details`. */
  html: string | null;
  status: number;
  type: number;
  priority: number;
  client: number;
  site: number;
  user: number;
  agent: number;
  team: string;
  category: string;
  readonly created: number;
  modified: number;
  lastAction: number;
  closed: number | null;
  /** Stays after re-opening. */
  wasClosed: boolean;
  mergedInto: number;
  deleted: boolean;
  clientReference: string;
  reportedBy: string | null;
  customFields: readonly unknown[];
  changeSeq: number;
  /** Written when first asked for. */
  actions: Action[] | null;
  readonly origin: WorldTicket | null;
}

/** The client, site and user that stand for "we do not know who". */
export const unknownId = 1;
/** The system agent that stands for "nobody". */
export const unassigned = 1;
/** The API-only agent that the application acts as. */
export const apiAgent = 2;
export const applicationName = 'MSPortal console';

export function paragraph(text: string): string {
  return `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`;
}
