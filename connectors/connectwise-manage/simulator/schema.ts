/** What each resource has: names that filters, orders and `fields` may use, by kind. Anything else is refused by name. */

export type Kind = 'number' | 'text' | 'boolean' | 'date' | 'enum' | 'reference' | 'list' | 'object';
export type Schema = Readonly<Record<string, Kind>>;

const kinds = (kind: Kind, names: string): Schema => Object.fromEntries(names.split(' ').map((name) => [name, kind]));

/** The times can be filtered and ordered by at the top, where no answer has them. */
const times = kinds('date', 'lastUpdated dateEntered');
const always: Schema = { id: 'number', _info: 'object', ...times };

export const companySchema: Schema = {
  ...always,
  ...kinds('text', 'identifier name addressLine1 addressLine2 city state zip phoneNumber faxNumber website'),
  ...kinds('reference', 'status country territory market site defaultContact parentCompany'),
  ...kinds('boolean', 'deletedFlag leadFlag isVendorFlag'),
  ...kinds('date', 'dateAcquired'),
  ...kinds('list', 'types customFields'),
};
export const contactSchema: Schema = {
  ...always,
  ...kinds('text', 'firstName lastName title defaultPhoneType defaultPhoneNbr defaultPhoneExtension mobileGuid'),
  ...kinds('reference', 'company site department relationship'),
  ...kinds('boolean', 'inactiveFlag defaultFlag'),
  ...kinds('list', 'types communicationItems customFields'),
};
export const memberSchema: Schema = {
  ...always,
  ...kinds('text', 'identifier firstName lastName title primaryEmail defaultEmail officeEmail mobileEmail homeEmail'),
  ...kinds('text', 'defaultPhone officePhone mobilePhone'),
  ...kinds('enum', 'licenseClass'),
  ...kinds('reference', 'securityRole type timeZone workRole defaultLocation defaultDepartment'),
  ...kinds('boolean', 'inactiveFlag'),
  ...kinds('date', 'hireDate inactiveDate lastLogin'),
  ...kinds('list', 'serviceBoardTeamIds customFields'),
};
export const ticketSchema: Schema = {
  ...always,
  ...kinds(
    'text',
    'summary contactName contactEmailAddress contactPhoneNumber resources externalXRef poNumber closedBy',
  ),
  ...kinds('text', 'slaStatus'),
  ...kinds('enum', 'recordType severity impact'),
  ...kinds('reference', 'board status company site contact type subType item team owner priority source agreement'),
  ...kinds('reference', 'mergedParentTicket'),
  ...kinds('number', 'parentTicketId budgetHours actualHours'),
  ...kinds('boolean', 'closedFlag customerUpdatedFlag hasChildTicket'),
  ...kinds('date', 'closedDate requiredDate dateResolved dateResplan dateResponded estimatedStartDate'),
  ...kinds('list', 'customFields'),
};
export const noteSchema: Schema = {
  ...always,
  ...kinds('number', 'ticketId'),
  ...kinds('text', 'text createdBy'),
  ...kinds('boolean', 'detailDescriptionFlag internalAnalysisFlag resolutionFlag issueFlag internalFlag externalFlag'),
  ...kinds('boolean', 'customerUpdatedFlag'),
  ...kinds('reference', 'member contact'),
  ...kinds('date', 'dateCreated'),
};
/** Boards, statuses, types and the like. */
export const setupSchema: Schema = {
  ...always,
  ...kinds('text', 'name description identifier color level escalationStatus fullName firstName lastName licenseClass'),
  ...kinds('text', 'defaultEmail addressLine1 addressLine2 city zip phoneNumber'),
  ...kinds('number', 'sortOrder'),
  ...kinds('boolean', 'inactiveFlag projectFlag displayOnBoard inactive closedStatus defaultFlag vendorFlag'),
  ...kinds('boolean', 'phoneFlag faxFlag emailFlag primaryAddressFlag'),
  ...kinds('reference', 'board location department'),
};

export const enums: Readonly<Record<string, readonly string[]>> = {
  licenseClass: ['F', 'A', 'C', 'X'],
  recordType: ['ServiceTicket', 'ProjectTicket', 'ProjectIssue'],
  severity: ['Low', 'Medium', 'High'],
  impact: ['Low', 'Medium', 'High'],
  communicationType: ['Email', 'Phone', 'Fax'],
};
