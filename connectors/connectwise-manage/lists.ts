/** The lists that are read, and which fields of their rows: those that `rows.ts` describes. */
import type { z } from 'zod';
import type { List } from './api.ts';
import { companyRow, contactRow, memberRow, ticketRow } from './rows.ts';

const fieldsOf = (row: z.ZodObject) => Object.keys(row.shape);

export const companies: List = { path: 'company/companies', fields: fieldsOf(companyRow) };
export const contacts: List = { path: 'company/contacts', fields: fieldsOf(contactRow) };
export const members: List = { path: 'system/members', fields: fieldsOf(memberRow) };
export const tickets: List = { path: 'service/tickets', fields: fieldsOf(ticketRow) };
/** With a request for each ticket, a page of the largest size would be lost for minutes when a run is cut. */
export const ticketsWithNotes: List = { ...tickets, size: 100 };
