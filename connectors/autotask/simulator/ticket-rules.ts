/** What holds for a ticket as a whole, whoever writes which field of it. */
import type { Faults } from '../../../src/simulator/faults.ts';
import { refuse } from './answers.ts';
import type { Instance } from './instance.ts';
import { completeStatus } from './picklists.ts';
import type { Row, Value } from './rows.ts';
import { stamp } from './times.ts';

/** @throws Refusal in the vendor's words */
export function checkTicket(instance: Instance, ticket: Readonly<Record<string, Value>>): void {
  const { assignedResourceID: resource = null, assignedResourceRoleID: role = null, queueID: queue = null } = ticket;
  if ((resource === null) !== (role === null)) {
    throw refuse('When assigning a Resource, you must assign both a assignedResourceID and assignedResourceRoleID.');
  }
  if (queue === null && resource === null)
    throw refuse('A ticket must have a queueID or an assigned resource and role.');
  if (resource !== null && !mayWork(instance, resource, role)) {
    throw refuse('The assignedResourceID and assignedResourceRoleID combination is not valid.');
  }
  const contact = instance.table('Contacts').get(Number(ticket.contactID ?? -1));
  const parent = instance.table('Companies').get(Number(ticket.companyID))?.parentCompanyID ?? null;
  if (contact !== undefined && contact.companyID !== ticket.companyID && contact.companyID !== parent) {
    throw refuse('Reference value on field: contactID of type: Contact does not exist or is invalid.');
  }
}

/** A new ticket with what its category gives it. Some tenants' categories demand what others fill in. */
export function filledByCategory(
  values: Readonly<Record<string, Value>>,
  now: number,
  faults: Faults,
): Readonly<Record<string, Value>> {
  const demanded = ['dueDateTime', 'source'].find((field) => (values[field] ?? null) === null);
  if (faults.isOn('category-demands') && demanded !== undefined) throw refuse(`Missing Required Field: ${demanded}`);
  return { ticketCategory: 3, ticketType: 1, dueDateTime: stamp(now + 86_400_000), ...values };
}

/** With time on it a ticket stays where it is. How the refusal is worded is not known. */
export function refuseMove(before: Readonly<Record<string, Value>>, after: Readonly<Record<string, Value>>): void {
  if (before.companyID !== after.companyID) {
    throw refuse('The companyID cannot be changed because time has been posted to this ticket.');
  }
}

function mayWork(instance: Instance, resource: Value, role: Value): boolean {
  for (const row of instance.table('ResourceServiceDeskRoles').values()) {
    if (row.resourceID === resource && row.roleID === role && row.isActive === true) return true;
  }
  return false;
}

/** The server keeps the dates of completion. That re-opening empties them is expected, not confirmed. */
export function closeOrReopen(instance: Instance, ticket: Row, before: Value, by: number): void {
  const isComplete = ticket.status === completeStatus;
  if (isComplete === (before === completeStatus)) return;
  const now = isComplete ? stamp(instance.clock.now()) : null;
  Object.assign(ticket, { completedDate: now, resolvedDateTime: now, completedByResourceID: isComplete ? by : null });
}
