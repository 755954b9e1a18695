/** How the people, companies and sites of the world look as the vendor's rows. */
import { cities } from '../../../src/simulator/words.ts';
import type { WorldCompany, WorldPerson, WorldSite, WorldTechnician } from '../../../src/simulator/world.ts';
import { picklists } from './picklists.ts';
import { stamp, zoneless } from './times.ts';

export type Value =
  | string
  | number
  | boolean
  | null
  | readonly { readonly name: string; readonly value: string | null }[];
export interface Row {
  readonly id: number;
  [field: string]: Value;
}

export const defaultRole = 29_683_355;
const companyTypeOf = { Managed: 1, 'Ad hoc': 8, Prospect: 3 } as const;

export const countries = [...new Map(cities.map((city) => [city.countryCode, city.country])).entries()].map(
  ([countryCode, name], index) => ({ id: 230 + index, countryCode, displayName: name, name, isActive: true }),
);

/** The number of a ticket's picklist value. */
export function picked(field: string, label: string): number | null {
  const value = picklists.Tickets?.[field]?.find((each) => each.label === label)?.value;
  return value === undefined ? null : Number(value);
}

export function companyRow(id: number, company: WorldCompany, owner: number, now?: number): Row {
  const [main] = company.sites;
  const country = countries.find(({ countryCode }) => countryCode === main.countryCode);
  return {
    id,
    companyName: company.name,
    companyNumber: '',
    companyType: companyTypeOf[company.relationship],
    isActive: company.isActive || now !== undefined,
    phone: main.phone,
    alternatePhone1: '',
    fax: null,
    webAddress: `www.${company.domain}`,
    address1: main.street,
    address2: null,
    additionalAddressInformation: '',
    city: main.city,
    state: main.region,
    postalCode: main.postcode,
    countryID: country?.id ?? null,
    parentCompanyID: null,
    ownerResourceID: owner,
    companyCategoryID: 1,
    // Old answers carry no zone; it is UTC all the same.
    createDate: zoneless(now ?? company.createdAt),
    lastActivityDate: stamp(now ?? company.modifiedAt),
    lastTrackedModifiedDateTime: stamp(now ?? company.createdAt),
    userDefinedFields: [],
  };
}

export function contactRow(id: number, person: WorldPerson, companyID: number, now?: number): Row {
  return {
    id,
    companyID,
    firstName: person.firstName,
    lastName: person.lastName,
    emailAddress: person.email ?? '',
    emailAddress2: '',
    phone: person.phone,
    extension: person.number % 4 === 0 ? String(100 + (person.number % 90)) : null,
    alternatePhone: '',
    mobilePhone: person.mobile ?? '',
    title: person.title,
    // A number here, unlike everywhere else.
    isActive: person.isActive || now !== undefined ? 1 : 0,
    primaryContact: person.number % 10 === 0,
    externalID: '',
    isOptedOutFromBulkEmail: false,
    solicitationOptOut: false,
    surveyOptOut: false,
    createDate: zoneless(now ?? person.createdAt),
    lastActivityDate: stamp(now ?? person.modifiedAt),
    lastModifiedDate: stamp(now ?? person.modifiedAt),
    userDefinedFields: [],
  };
}

export function resourceRow(id: number, technician: WorldTechnician, now?: number): Row {
  return {
    ...blankResource(id),
    firstName: technician.firstName,
    lastName: technician.lastName,
    email: technician.email,
    userName: technician.email.split('@')[0] ?? '',
    title: technician.title,
    isActive: technician.isActive || now !== undefined,
  };
}

export const blankResource = (id: number): Row => ({
  id,
  firstName: '',
  middleName: '',
  lastName: '',
  email: '',
  email2: '',
  emailTypeCode: 'PRIMARY',
  userName: '',
  title: '',
  isActive: true,
  licenseType: 1,
  userType: 10,
  resourceType: 'Employee',
  locationID: 90_682,
  officePhone: '555-0101',
  officeExtension: '',
  mobilePhone: '',
  homePhone: '',
  dateFormat: 'MM/dd/yyyy',
  timeFormat: 'hh:mm a',
  numberFormat: 'X,XXX.XX',
  payrollType: 1,
  internalCost: 0,
  defaultServiceDeskRoleID: defaultRole,
});

/** One of a company's places. The first is the main one. */
export function locationRow(id: number, companyID: number, site: WorldSite, isPrimary: boolean): Row {
  return {
    id,
    companyID,
    name: site.name,
    isActive: true,
    isPrimary,
    address1: site.street,
    city: site.city,
    state: site.region,
    postalCode: site.postcode,
    phone: site.phone,
  };
}
