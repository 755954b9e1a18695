/** The setup tables of an invented company: boards with their own statuses and types, priorities, company statuses. */

export interface Board {
  readonly id: number;
  readonly name: string;
  readonly inactiveFlag: boolean;
  readonly projectFlag: boolean;
}

const board = (id: number, name: string, flags: Partial<Board> = {}): Board => ({
  id,
  name,
  inactiveFlag: false,
  projectFlag: false,
  ...flags,
});

export const boards: readonly Board[] = [
  board(1, 'Help Desk'),
  board(2, 'Field Services'),
  board(3, 'Changes'),
  board(4, 'Projects', { projectFlag: true }),
  board(5, 'Old Help Desk', { inactiveFlag: true }),
];

export interface Status {
  readonly id: number;
  readonly name: string;
  readonly board: number;
  readonly sortOrder: number;
  readonly closedStatus: boolean;
  readonly defaultFlag: boolean;
  readonly escalationStatus: string;
}

/** The same names on each board, with ids of their own. "Completed" is not closed, whatever it is called. */
const statusNames = [
  ['New', false, 'NotResponded'],
  ['In Progress', false, 'Responded'],
  ['Waiting Client', false, 'NoEscalation'],
  ['Re-opened', false, 'NotResponded'],
  ['Completed', false, 'Resolved'],
  ['>Closed', true, 'Resolved'],
] as const;
export type StatusName = (typeof statusNames)[number][0];

export const statuses: readonly Status[] = boards.flatMap(({ id: boardId }) =>
  statusNames.map(([name, closedStatus, escalationStatus], index) => ({
    id: 10 * boardId + 6 + index,
    name,
    board: boardId,
    sortOrder: index * 10,
    closedStatus,
    defaultFlag: index === 0,
    escalationStatus,
  })),
);

export function statusOf(boardId: number, name: StatusName): number {
  return statuses.find((status) => status.board === boardId && status.name === name)?.id ?? 0;
}

export interface OfBoard {
  readonly id: number;
  readonly name: string;
  readonly board: number;
}

const typeNames = ['Incident', 'Service Request', 'Problem', 'Change'] as const;
export type TypeName = (typeof typeNames)[number];
export const types: readonly OfBoard[] = boards.flatMap(({ id }) =>
  typeNames.map((name, index) => ({ id: 100 * id + index, name, board: id })),
);
export const subTypes: readonly OfBoard[] = boards.flatMap(({ id }) =>
  ['Hardware', 'Network', 'Software', 'Access', 'Security', 'Server'].map((name, index) => ({
    id: 1000 * id + index,
    name,
    board: id,
  })),
);

export const typeOf = (boardId: number, name: TypeName): number =>
  types.find((type) => type.board === boardId && type.name === name)?.id ?? 0;
export const subTypeOf = (boardId: number, name: string): number | null =>
  subTypes.find((type) => type.board === boardId && type.name === name)?.id ?? null;

export const teams: readonly OfBoard[] = boards.flatMap(({ id }) => [
  { id: 20 + id, name: 'Service Desk', board: id },
  { id: 30 + id, name: 'Field Engineering', board: id },
]);

export const priorities = [
  { id: 6, name: 'Priority 1 - Critical', color: 'Red', sortOrder: 1, defaultFlag: false, level: 'Critical' },
  { id: 7, name: 'Priority 2 - High', color: 'Orange', sortOrder: 3, defaultFlag: false, level: 'High' },
  { id: 8, name: 'Priority 3 - Normal', color: 'Blue', sortOrder: 6, defaultFlag: true, level: 'Medium' },
  { id: 9, name: 'Priority 4 - Low', color: 'Grey', sortOrder: 9, defaultFlag: false, level: 'Low' },
] as const;

export const sources = ['Phone', 'E-mail Connector', 'Portal'].map((name, index) => ({ id: index + 2, name }));
export const levels = ['Low', 'Medium', 'High'].map((name, index) => ({ id: index + 1, name }));

export const companyStatuses = [
  { id: 1, name: 'Active', defaultFlag: true, inactiveFlag: false },
  { id: 2, name: 'Gone dormant', defaultFlag: false, inactiveFlag: true },
  { id: 3, name: 'Inactive on paper only', defaultFlag: false, inactiveFlag: false },
] as const;

export const companyTypes = [
  { id: 1, name: 'Client', defaultFlag: true, vendorFlag: false },
  { id: 2, name: 'Ad hoc', defaultFlag: false, vendorFlag: false },
  { id: 3, name: 'Prospect', defaultFlag: false, vendorFlag: false },
  { id: 4, name: 'Owner', defaultFlag: false, vendorFlag: false },
] as const;

export const communicationTypes = [
  { id: 1, description: 'Email', phoneFlag: false, faxFlag: false, emailFlag: true, defaultFlag: true },
  { id: 2, description: 'Direct', phoneFlag: true, faxFlag: false, emailFlag: false, defaultFlag: true },
  { id: 4, description: 'Cell', phoneFlag: true, faxFlag: false, emailFlag: false, defaultFlag: false },
] as const;

export const licences = { F: 'full', A: 'API', C: 'StreamlineIT', X: 'subcontractor' } as const;
export type Licence = keyof typeof licences;
