/** What every PSA's tickets have in common when they are written. */

/** Why these are not written: another field decides them. */
export const decidedByOthers = {
  isClosed: 'It follows the status.',
  contactName: 'It follows the contact.',
  contactEmail: 'It follows the contact.',
  companyName: 'It follows the company.',
  assignedTo: 'It follows the assignee.',
} as const;
