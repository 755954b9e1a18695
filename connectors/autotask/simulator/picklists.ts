/** The named values of an invented tenant. Every list has a value that is not active any more: old records still carry it. */

export interface PicklistValue {
  /** Text, although the fields that hold it are numbers. */
  readonly value: string;
  readonly label: string;
  readonly isDefaultValue: boolean;
  readonly sortOrder: number;
  readonly parentValue: string;
  readonly isActive: boolean;
  readonly isSystem: boolean;
}

/** `value|label`, with `!` in front when it is inactive and `^parent` behind when it belongs to a value of another list. */
const list = (...lines: readonly string[]): readonly PicklistValue[] =>
  lines.map((line, index) => {
    const [, inactive, value = '', label = '', parentValue = ''] = /^(!?)(\w+)\|([^^]+)(?:\^(\d+))?$/.exec(line) ?? [];
    return {
      value,
      label,
      isDefaultValue: index === 0,
      sortOrder: index + 1,
      parentValue,
      isActive: inactive !== '!',
      isSystem: value === '1' || value === '5',
    };
  });

export const completeStatus = 5;
export const newStatus = 1;

export type PicklistsOf = Readonly<Record<string, readonly PicklistValue[]>>;

/** By entity, then field. */
export const picklists: Readonly<Record<string, PicklistsOf>> = {
  Tickets: {
    status: list('1|New', '8|In Progress', '7|Waiting Customer', '16|Re-opened', '!12|On Hold (old)', '5|Complete'),
    // In the order of urgency, which is not that of the numbers.
    priority: list('4|Critical', '1|High', '2|Medium', '3|Low', '!9|Next day (old)'),
    queueID: list(
      '29683354|Service Desk',
      '29683378|Field Engineering',
      '29682833|Client Portal',
      '!29682969|Old Projects',
    ),
    ticketType: list('1|Service Request', '2|Incident', '3|Problem', '4|Change Request', '5|Alert', '!6|Sales (old)'),
    ticketCategory: list('3|Standard', '2|RMM Alert', '!1|Legacy'),
    issueType: list('10|Hardware', '11|Network', '12|Software', '13|Access', '14|Security', '15|Server', '!19|Fax'),
    subIssueType: list(
      '136|Printer^10',
      '137|Laptop^10',
      '138|Wi-Fi^11',
      '139|VPN^11',
      '140|Office^12',
      '141|Accounting^12',
      '142|Password^13',
      '143|Starter or leaver^13',
      '144|E-mail^14',
      '145|Backup^15',
      '!149|Fax line^19',
    ),
    source: list('2|Phone', '4|Email', '6|Web Portal', '!8|Fax'),
  },
  Companies: { companyType: list('1|Customer', '2|Lead', '3|Prospect', '7|Vendor', '8|Ad hoc', '!9|Partner (old)') },
  Resources: {
    licenseType: list('1|Professional', '4|Co-Help Desk', '7|API User', '!3|Time and attendance'),
    userType: list(
      '10|Service Desk User',
      '11|System Administrator',
      '17|API User (system) (API-only)',
      '!12|Team Lead (old)',
    ),
    resourceType: list('Employee|Employee', 'Contractor|Contractor', '!Temp|Temporary'),
    emailTypeCode: list('PRIMARY|Primary', '!OLD|Old'),
  },
  TicketNotes: {
    noteType: list('3|Task Notes', '1|Task Summary', '13|Workflow Rule Note', '!99|Old notes'),
    publish: list('1|All Autotask Users', '2|Internal Only', '4|Internal and Co-Managed', '!9|Old'),
  },
};
