/** By which keys two records are likely the same. Pure: a row gives its keys, equal keys make a group. */
import type { ScannedRow } from '../../portal/query.ts';
import type { DuplicateType } from './duplicate.ts';

export interface Key {
  /** Which rule, and its value; equal in two rows means likely the same. */
  readonly value: string;
  readonly confidence: number;
  readonly reason: string;
  /** Epoch milliseconds: rows only belong together when they are near each other in time. */
  readonly at?: number;
}

export interface Rules {
  /** What is read of each row. */
  readonly fields: readonly string[];
  readonly title: readonly string[];
  keys(row: ScannedRow): readonly Key[];
}

/** Tickets made further apart than this are two, milliseconds. */
export const nearMs = 60 * 60_000;
/** More rows than this under one key tell of a shared mailbox or a switchboard, not of one record. */
export const crowd = 12;

export const rules: Readonly<Record<DuplicateType, Rules>> = {
  companies: {
    fields: ['name', 'website', 'phone', 'provider', 'externalId'],
    title: ['name'],
    keys: (row) => {
      const [name, domain, phone] = [
        companyName(text(row.name)),
        domainOf(text(row.website)),
        phoneOf(text(row.phone)),
      ];
      return present([
        name && {
          value: `name ${name}`,
          confidence: 0.85,
          reason: `same name but for its legal form and signs (${name})`,
        },
        domain && { value: `domain ${domain}`, confidence: 0.8, reason: `same web address ${domain}` },
        phone && { value: `phone ${phone}`, confidence: 0.5, reason: 'same phone number' },
      ]);
    },
  },
  contacts: {
    fields: ['fullName', 'email', 'phone', 'mobile', 'companyId', 'lastName', 'provider', 'externalId'],
    title: ['fullName', 'email'],
    keys: (row) => {
      const email = emailOf(text(row.email));
      const name = words(text(row.fullName));
      const last = words(text(row.lastName));
      const company = text(row.companyId);
      const phones = [row.mobile, row.phone].map((each) => phoneOf(text(each)));
      return present([
        email && { value: `email ${email}`, confidence: 0.95, reason: `same e-mail address ${email}` },
        name &&
          company && { value: `name ${company} ${name}`, confidence: 0.8, reason: 'same name at the same company' },
        ...phones.map(
          (phone) =>
            phone &&
            last && { value: `phone ${phone} ${last}`, confidence: 0.7, reason: 'same phone number and last name' },
        ),
      ]);
    },
  },
  users: {
    fields: ['fullName', 'email', 'provider', 'externalId'],
    title: ['fullName', 'email'],
    keys: (row) => {
      const [email, name] = [emailOf(text(row.email)), words(text(row.fullName))];
      return present([
        email && { value: `email ${email}`, confidence: 0.95, reason: `same e-mail address ${email}` },
        name && { value: `name ${name}`, confidence: 0.6, reason: 'same name' },
      ]);
    },
  },
  tickets: {
    fields: ['ticketNumber', 'title', 'companyId', 'createdAt', 'provider', 'externalId'],
    title: ['ticketNumber', 'title'],
    keys: (row) => {
      const [title, company, at] = [words(text(row.title)), text(row.companyId), Date.parse(text(row.createdAt))];
      if (title === '' || company === '' || Number.isNaN(at)) return [];
      // Its own hour and the next: whatever is less than an hour away shares one of them, and what recurs every day none.
      const hour = Math.floor(at / nearMs);
      const reason = 'same company and title within an hour';
      return [hour, hour + 1].map((each) => ({
        value: `ticket ${each} ${company} ${title}`,
        confidence: 0.8,
        reason,
        at,
      }));
    },
  },
};

const legalForms =
  /\b(?:incorporated|inc|llc|llp|lp|ltd|limited|plc|corp|corporation|co|company|gmbh|mbh|ag|kg|ohg|ug|se|sa|sas|sarl|srl|spa|bv|nv|oy|oyj|ab|as|aps|pty|pte|kk|sl|lda)\b/g;

/** `The Acme Co., Ltd.` and `ACME` are one name. */
export function companyName(name: string): string {
  // Dots within a form go first: `S.A.` would be two words.
  const plain = words(name.replaceAll('.', ''));
  const short = plain.replace(/^the /, '').replace(legalForms, ' ').replace(/\s+/g, ' ').trim();
  return short === '' ? plain : short;
}

/** Lower case, without accents and signs, single spaces. */
export function words(value: string): string {
  return value
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Mail domains and page builders that say nothing about whose they are. */
const shared = new Set([
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'facebook.com',
  'linkedin.com',
]);

export function domainOf(address: string): string {
  if (address === '') return '';
  const url = URL.parse(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  const host = url?.hostname.replace(/^www\./, '') ?? '';
  return host.includes('.') && !shared.has(host) ? host : '';
}

function emailOf(value: string): string {
  const email = value.trim().toLowerCase();
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) ? email : '';
}

/** The last nine digits: a country code may be written or not. Shorter ones are extensions. */
export function phoneOf(value: string): string {
  const digits = value.replace(/\D/g, '');
  return digits.length < 7 ? '' : digits.slice(-9);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const present = (keys: readonly (Key | '')[]): readonly Key[] => keys.filter((key) => key !== '');
