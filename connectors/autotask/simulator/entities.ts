/** The entities that are served, with the metadata of their fields: what a query may name, what a write must have. */

export type FieldType = 'integer' | 'string' | 'datetime' | 'boolean' | 'double';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly length: number;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly queryable: boolean;
  readonly picklist: boolean;
  /** Entity that an id refers to. */
  readonly reference: string | null;
  /** Field whose value decides which values of this picklist go. */
  readonly parent: string | null;
}

export interface Entity {
  readonly name: string;
  readonly fields: readonly Field[];
  /** By name in lower case: names in requests ignore case. */
  readonly byName: ReadonlyMap<string, Field>;
  readonly canCreate: boolean;
  readonly canUpdate: boolean;
  readonly hasUserDefinedFields: boolean;
}

const types: Readonly<Record<string, FieldType>> = {
  int: 'integer',
  text: 'string',
  time: 'datetime',
  bool: 'boolean',
  real: 'double',
};

/**
 * One field a line: name, type (with the length of a text), then any of `required`, `readonly`, `hidden` (not
 * queryable), `picklist`, `->Entity`, `^parentField`.
 */
function fields(lines: string): Field[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', kind = '', ...flags] = line.trim().split(/\s+/);
      const [, type = '', length = '0'] = /^([a-z]+)(\d*)$/.exec(kind) ?? [];
      const after = (mark: string) => flags.find((flag) => flag.startsWith(mark))?.slice(mark.length) ?? null;
      return {
        name,
        type: types[type] ?? 'string',
        length: Number(length),
        required: flags.includes('required'),
        readOnly: flags.includes('readonly'),
        queryable: !flags.includes('hidden'),
        picklist: flags.includes('picklist'),
        reference: after('->'),
        parent: after('^'),
      };
    });
}

function entity(name: string, lines: string, can: { create?: boolean; update?: boolean; udf?: boolean } = {}): Entity {
  const all = fields(`id int required readonly\n${lines}`);
  return {
    name,
    fields: all,
    byName: new Map(all.map((field) => [field.name.toLowerCase(), field])),
    canCreate: can.create ?? false,
    canUpdate: can.update ?? false,
    hasUserDefinedFields: can.udf ?? false,
  };
}

const list = [
  entity(
    'Companies',
    `companyName text100 required
     companyNumber text50
     companyType int required picklist
     isActive bool
     phone text25 required
     alternatePhone1 text25
     fax text25
     webAddress text255
     address1 text128
     address2 text128
     additionalAddressInformation text100
     city text50
     state text40
     postalCode text10
     countryID int ->Countries
     parentCompanyID int ->Companies
     ownerResourceID int required ->Resources
     companyCategoryID int
     createDate time readonly
     lastActivityDate time readonly
     lastTrackedModifiedDateTime time readonly`,
    { create: true, update: true, udf: true },
  ),
  entity(
    'Contacts',
    `companyID int required ->Companies
     firstName text50 required
     lastName text50 required
     emailAddress text254
     emailAddress2 text254
     phone text25
     extension text10
     alternatePhone text25
     mobilePhone text25
     title text50
     isActive int required
     primaryContact bool
     externalID text50
     isOptedOutFromBulkEmail bool hidden
     solicitationOptOut bool hidden
     surveyOptOut bool hidden
     createDate time readonly
     lastActivityDate time readonly
     lastModifiedDate time readonly`,
    { create: true, update: true, udf: true },
  ),
  entity(
    'Resources',
    `firstName text50 required
     middleName text50
     lastName text50 required
     email text254 required
     email2 text254
     emailTypeCode text20 required picklist
     userName text32 required
     title text50
     isActive bool
     licenseType int required readonly picklist
     userType int required readonly picklist
     resourceType text20 picklist
     locationID int readonly
     officePhone text25
     officeExtension text10
     mobilePhone text25
     homePhone text25
     dateFormat text20 readonly
     timeFormat text20 readonly
     numberFormat text20
     payrollType int
     internalCost real readonly
     defaultServiceDeskRoleID int hidden`,
    { update: true },
  ),
  entity(
    'Tickets',
    `ticketNumber text50 readonly
     title text255 required
     description text8000
     companyID int required ->Companies
     companyLocationID int
     contactID int ->Contacts
     assignedResourceID int ->Resources
     assignedResourceRoleID int ->Roles
     status int required picklist
     priority int required picklist
     queueID int picklist
     ticketCategory int picklist
     ticketType int picklist
     issueType int picklist
     subIssueType int picklist ^issueType
     source int picklist
     billingCodeID int
     externalID text50
     createDate time readonly
     creatorResourceID int readonly ->Resources
     creatorType int readonly hidden
     createdByContactID int ->Contacts
     dueDateTime time
     completedDate time readonly
     completedByResourceID int readonly ->Resources
     resolvedDateTime time readonly
     resolution text32000
     lastActivityDate time readonly
     lastActivityPersonType int readonly hidden
     lastActivityResourceID int readonly ->Resources
     lastTrackedModificationDateTime time readonly`,
    { create: true, update: true, udf: true },
  ),
  entity(
    'TicketNotes',
    `ticketID int required ->Tickets
     title text250
     description text32000 required
     noteType int required picklist
     publish int required picklist
     createDateTime time readonly
     lastActivityDate time readonly
     creatorResourceID int readonly ->Resources
     createdByContactID int ->Contacts`,
    { create: true, update: true },
  ),
  entity(
    'DeletedTicketLogs',
    `ticketID int readonly
     ticketNumber text50 readonly
     ticketTitle text255 readonly
     deletedByResourceID int readonly ->Resources
     deletedDateTime time readonly`,
  ),
  entity(
    'CompanyLocations',
    `companyID int ->Companies
     name text100
     isActive bool
     isPrimary bool
     address1 text128
     city text50
     state text40
     postalCode text10
     phone text25`,
  ),
  entity('Countries', 'countryCode text2\n displayName text100\n name text100\n isActive bool'),
  entity('Roles', 'name text200\n isActive bool'),
  entity(
    'ResourceServiceDeskRoles',
    'resourceID int ->Resources\n roleID int ->Roles\n isActive bool\n isDefault bool',
  ),
  entity('TicketCategories', 'name text30\n isActive bool'),
] as const;

export const entities: ReadonlyMap<string, Entity> = new Map(list.map((each) => [each.name, each]));

/** @throws RangeError for a name that is not among them */
export function entityNamed(name: string): Entity {
  const found = entities.get(name);
  if (found === undefined) throw new RangeError(`no entity ${name}`);
  return found;
}
