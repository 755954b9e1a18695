/**
 * What is asked for of each row, and its forms. The keys are the `fields` of the requests.
 *
 * Older releases write null where newer ones leave a property out, so both are taken alike. Times are under
 * `_info`. Texts can have NUL characters, which no database likes.
 */
import { z } from 'zod';

const id = z.number().int();
const text = z
  .string()
  .transform((value) => value.replaceAll('\u0000', ''))
  .nullish();
const flag = z.boolean().nullish();
const amount = z.number().nullish();
const reference = z.object({ id: id.nullish(), name: text }).nullish();
const info = z.object({ lastUpdated: text, dateEntered: text, updatedBy: text }).nullish();

export const companyRow = z.object({
  id,
  identifier: text,
  name: text,
  status: reference,
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  zip: text,
  country: reference,
  phoneNumber: text,
  website: text,
  types: z.array(z.object({ name: text })).nullish(),
  deletedFlag: flag,
  _info: info,
});
export const contactRow = z.object({
  id,
  firstName: text,
  lastName: text,
  company: reference,
  inactiveFlag: flag,
  title: text,
  defaultPhoneNbr: text,
  defaultPhoneExtension: text,
  types: z.array(z.object({ name: text })).nullish(),
  communicationItems: z
    .array(z.object({ type: reference, value: text, defaultFlag: flag, communicationType: text }))
    .nullish(),
  _info: info,
});
export const memberRow = z.object({
  id,
  identifier: text,
  firstName: text,
  lastName: text,
  title: text,
  type: reference,
  licenseClass: text,
  inactiveFlag: flag,
  primaryEmail: text,
  defaultEmail: text,
  officeEmail: text,
  mobileEmail: text,
  homeEmail: text,
  lastLogin: text,
  _info: info,
});
export const ticketRow = z.object({
  id,
  summary: text,
  recordType: text,
  board: reference,
  status: reference,
  company: reference,
  contact: reference,
  contactName: text,
  contactEmailAddress: text,
  type: reference,
  subType: reference,
  item: reference,
  owner: reference,
  priority: reference,
  budgetHours: amount,
  actualHours: amount,
  closedFlag: flag,
  closedDate: text,
  mergedParentTicket: reference,
  _info: info,
});
export type CompanyRow = z.infer<typeof companyRow>;
export type ContactRow = z.infer<typeof contactRow>;
export type MemberRow = z.infer<typeof memberRow>;
export type TicketRow = z.infer<typeof ticketRow>;
export type Reference = z.infer<typeof reference>;
export type Stamps = z.infer<typeof info>;
