/** The rows as the product keeps them. Times are epoch milliseconds. */
import type { WorldSite, WorldTicket } from '../../../src/simulator/world.ts';
import type { Licence } from './lookups.ts';

interface Kept {
  readonly id: number;
  readonly created: number;
  modified: number;
  /** Identifier of the member who changed it last. */
  updatedBy: string;
}

export interface Company extends Kept {
  readonly identifier: string;
  name: string;
  status: number;
  readonly type: number;
  readonly website: string;
  readonly sites: readonly WorldSite[];
  phone: string;
  defaultContact: number | null;
  deleted: boolean;
}

export interface Contact extends Kept {
  readonly company: number | null;
  readonly site: number;
  firstName: string;
  readonly lastName: string | null;
  readonly inactive: boolean;
  title: string | null;
  readonly isDefault: boolean;
  readonly email: string | null;
  phone: string | null;
  readonly mobile: string | null;
}

export interface Member extends Kept {
  readonly identifier: string;
  firstName: string;
  lastName: string | null;
  title: string;
  readonly licence: Licence;
  readonly inactive: boolean;
  email: string;
  readonly lastLogin: number | null;
}

export interface Note {
  readonly id: number;
  text: string;
  readonly detailDescriptionFlag: boolean;
  readonly internalAnalysisFlag: boolean;
  readonly resolutionFlag: boolean;
  readonly member: number | null;
  readonly created: number;
}

export interface Ticket extends Kept {
  summary: string;
  board: number;
  status: number;
  company: number;
  contact: number | null;
  contactName: string | null;
  contactEmail: string | null;
  /** May name a member who is gone. */
  owner: number | null;
  priority: number;
  type: number | null;
  subType: number | null;
  team: number | null;
  source: number | null;
  severity: string;
  impact: string;
  closed: number | null;
  closedBy: string | null;
  mergedInto: number | null;
  externalXRef: string | null;
  customFields: readonly CustomField[];
  /** Written when first asked for. */
  notes: Note[] | null;
  readonly origin: WorldTicket | null;
}

export interface CustomField {
  readonly id: number;
  readonly caption: string;
  readonly type: string;
  readonly value: unknown;
}
