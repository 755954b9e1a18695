/** The lists of an invented Halo instance: statuses, priorities per SLA, ticket types, teams, outcomes. */

export interface Status {
  readonly id: number;
  readonly name: string;
  readonly shortname: string;
  /** 0: for tickets. Other kinds come too when `type=ticket` is not asked for. */
  readonly type: number;
  readonly sequence: number;
  readonly colour: string;
}

export const status = (id: number, name: string, sequence: number, type = 0): Status => ({
  id,
  name,
  shortname: name,
  type,
  sequence,
  colour: type === 0 ? '#2277dd' : '#777777',
});

export const closedStatus = 9;
export const reopenedStatus = 22;
export const statuses: readonly Status[] = [
  status(1, 'New', 1),
  status(2, 'In Progress', 2),
  status(3, 'Action Required', 3),
  status(4, 'With User', 4),
  status(21, 'Updated', 5),
  status(reopenedStatus, 'Re-Opened', 6),
  status(closedStatus, 'Closed', 99),
  status(31, 'Project Active', 1, 1),
  status(32, 'Prospecting', 1, 2),
];

export interface Priority {
  /** A GUID that no ticket refers to. */
  readonly id: string;
  readonly slaid: number;
  /** What a ticket's `priority_id` means, within its `sla_id`. */
  readonly priorityid: number;
  readonly name: string;
  readonly ishidden: boolean;
  readonly colour: string;
  readonly fixhours: number;
}

export const slaNames: Readonly<Record<number, string>> = { 1: 'Standard', 2: 'Premium' };

const priority = (slaid: number, priorityid: number, name: string, fixhours: number): Priority => ({
  id: `3f1d0000-0000-4000-8000-${String(slaid * 1000 + priorityid).padStart(12, '0')}`,
  slaid,
  priorityid,
  name,
  ishidden: false,
  colour: '#ee9911',
  fixhours,
});

/** The numbers repeat from one SLA to the other, with other names. */
export const priorities: readonly Priority[] = [
  priority(1, 1, 'Critical', 4),
  priority(1, 2, 'High', 8),
  priority(1, 3, 'Medium', 16),
  priority(1, 4, 'Low', 40),
  priority(2, 1, 'Emergency', 1),
  priority(2, 2, 'Urgent', 2),
  priority(2, 3, 'Normal', 8),
  priority(2, 4, 'Planned', 24),
];

export interface TicketType {
  readonly id: number;
  readonly name: string;
  readonly use: 'tickets' | 'projects' | 'opportunities';
  readonly sla: number;
  readonly team: string;
  /** Fields without which a create is refused. */
  readonly mandatory: readonly ('Details' | 'Category')[];
}

export const ticketTypes: readonly TicketType[] = [
  { id: 1, name: 'Incident', use: 'tickets', sla: 1, team: 'Service Desk', mandatory: [] },
  { id: 3, name: 'Service Request', use: 'tickets', sla: 2, team: 'Service Desk', mandatory: [] },
  { id: 4, name: 'Problem', use: 'tickets', sla: 1, team: 'Service Desk', mandatory: [] },
  {
    id: 21,
    name: 'Change Request',
    use: 'tickets',
    sla: 2,
    team: 'Field Engineering',
    mandatory: ['Details', 'Category'],
  },
  { id: 5, name: 'Project', use: 'projects', sla: 1, team: 'Field Engineering', mandatory: [] },
  { id: 6, name: 'Opportunity', use: 'opportunities', sla: 1, team: 'Sales', mandatory: [] },
];

export interface Team {
  readonly id: number;
  readonly name: string;
  readonly department_id: number;
  readonly forrequests: boolean;
}

export const teams: readonly Team[] = [
  { id: 14, name: 'Service Desk', department_id: 3, forrequests: true },
  { id: 15, name: 'Field Engineering', department_id: 3, forrequests: true },
  { id: 17, name: 'Sales', department_id: 4, forrequests: false },
];

export const internalNote = 7;
export const outcomes: readonly { readonly id: number; readonly outcome: string }[] = [
  { id: 1, outcome: 'Email User' },
  { id: internalNote, outcome: 'Internal Note' },
  { id: 12, outcome: 'Phone Call' },
  { id: 15, outcome: 'Logged' },
];

export const relationships: readonly { readonly id: number; readonly name: string }[] = [
  { id: 1, name: 'Managed' },
  { id: 2, name: 'Ad hoc' },
  { id: 3, name: 'Prospect' },
];

const named = (names: readonly string[]) => names.map((name, index) => ({ id: index + 1, name }));

/** `/Lookup?lookupid=N`. */
export const lookupLists: Readonly<Record<string, readonly { readonly id: number; readonly name: string }[]>> = {
  12: named(['Whole company', 'Department', 'One person']),
  22: named(['E-mail', 'Portal', 'Telephone', 'API']),
  27: named(['High', 'Medium', 'Low']),
  89: relationships,
};
