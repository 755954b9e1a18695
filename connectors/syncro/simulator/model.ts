/** The rows of a Syncro account as the product keeps them. Times are epoch milliseconds. */
import type { WorldTicket } from '../../../src/simulator/world.ts';

export interface Customer {
  readonly id: number;
  /** Null for residential customers. */
  businessName: string | null;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  address: string;
  address2: string | null;
  city: string;
  state: string;
  zip: string;
  disabled: boolean;
  notes: string | null;
  properties: Record<string, unknown>;
  readonly created: number;
  modified: number;
}
export interface Contact {
  readonly id: number;
  /** Null: a contact of one of the MSP's own vendors. */
  readonly customer: number | null;
  readonly vendor: number | null;
  name: string;
  email: string | null;
  phone: string | null;
  extension: string | null;
  mobile: string;
  title: string | null;
  address1: string | null;
  notes: string;
  readonly created: number;
  modified: number;
}
export interface User {
  readonly id: number;
  name: string;
  email: string;
  group: string;
  readonly admin: boolean;
  disabled: boolean;
  readonly created: number;
  modified: number;
}
export interface Comment {
  readonly id: number;
  readonly subject: string;
  readonly body: string;
  readonly tech: string;
  readonly hidden: boolean;
  readonly user: number | null;
  readonly at: number;
}
export interface Ticket {
  readonly id: number;
  readonly number: number;
  subject: string;
  customer: number;
  contact: number | null;
  user: number | null;
  status: string;
  priority: string | null;
  problemType: string | null;
  type: number | null;
  tags: readonly string[];
  due: string | null;
  properties: Record<string, unknown>;
  assets: readonly number[];
  resolved: number | null;
  readonly created: number;
  modified: number;
  /** Written when first asked for. */
  comments: Comment[] | null;
  readonly origin: WorldTicket | null;
}

export const account = { id: 77, subdomain: 'acme-it', zoneHours: -8 } as const;
/** Plainly invented, in the form of real ones. */
export const apiToken = 'T0123456789abcdef0-0123456789abcdef0123456789abcdef';
/** The token's own user. */
export const ownUser = 101;
export const userToken = '5e7ec0de-0000-4000-8000-0000005e7ec0';

/** What this account has made of the lists: all are texts on the ticket. */
export const statuses: readonly string[] = [
  'New',
  'In Progress',
  'Resolved',
  'Invoiced',
  'Waiting for Parts',
  'Waiting on Customer',
  'Scheduled',
  'Customer Reply',
  'On Hold',
];
export const problemTypes: readonly string[] = [
  'Virus',
  'TuneUp',
  'Hardware',
  'Software',
  'Network',
  'Access',
  'Security',
  'Server',
  'Other',
];
export const priorities: readonly string[] = ['', '0 Urgent', '1 High', '2 Normal', '3 Low'];
export const ticketTypes: readonly { readonly id: number; readonly name: string }[] = [
  { id: 9, name: 'Incident' },
  { id: 10, name: 'Service Request' },
  { id: 11, name: 'Problem' },
  { id: 12, name: 'Change' },
];

export const closes = (status: string): boolean => status === 'Resolved' || status === 'Invoiced';
