/** Writing the profiles of members. They are not created from here: each needs a licence, a role and a password. */
import { z } from 'zod';
import { rejected } from '../../src/connector/psa/names.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { orNull, splitName } from '../../src/connector/values.ts';
import type { FieldValue, FieldValues, RecordWriter } from '../../src/connector/writer.ts';
import type { ConnectWiseApi, Row } from './api.ts';
import { noLongerThere, oddAnswer } from './failures.ts';
import { members } from './lists.ts';
import { emailField, mapRow, type Selection, toUser } from './mapping.ts';
import { operations, type Properties, requireDone } from './patch.ts';
import { type MemberRow, memberRow } from './rows.ts';

export function memberWriter(api: ConnectWiseApi, selection: Selection): RecordWriter {
  const mapped = (row: Row): SourceItem =>
    mapRow(row, memberRow, (each) => toUser(each, selection)) ?? { kind: 'gone', externalId: String(row.id) };
  return {
    async current(externalId, signal) {
      const row = await api.one(members, externalId, signal);
      return row === null ? { kind: 'gone', externalId } : mapped(row);
    },
    async update(externalId, fields, signal) {
      const before = await api.one(members, externalId, signal);
      if (before === null) throw noLongerThere('member');
      const parsed = memberRow.safeParse(before);
      if (!parsed.success) throw oddAnswer(members.path, z.prettifyError(parsed.error));
      const properties = memberProperties(fields, parsed.data);
      const after = await api.write('PATCH', `${members.path}/${externalId}`, operations(properties), signal);
      requireDone(properties, before, after, fieldOf);
      return mapped(after);
    },
  };
}

const fieldOf: Readonly<Record<string, string>> = {
  firstName: 'fullName',
  lastName: 'fullName',
  title: 'title',
  primaryEmail: 'email',
  officeEmail: 'email',
  mobileEmail: 'email',
  homeEmail: 'email',
};

/** @throws Rejected with the field */
export function memberProperties({ fullName, title, email }: FieldValues, before: MemberRow): Properties {
  if (isBlank(fullName)) throw rejected('fullName', 'A member of ConnectWise has a name; it cannot be emptied.');
  if (isBlank(email)) throw rejected('email', 'ConnectWise sends its notices there; it cannot be emptied.');
  return {
    ...(fullName === undefined ? {} : nameProperties(String(fullName), before)),
    ...(title === undefined ? {} : { title: isBlank(title) ? null : String(title) }),
    ...(email === undefined ? {} : { [emailField(before)]: String(email) }),
  };
}

/** Keeps the part that stays: where a name of three words is divided, only the member knows. */
function nameProperties(fullName: string, before: MemberRow): Properties {
  const name = fullName.trim().replace(/\s+/g, ' ');
  const [first, last] = [orNull(before.firstName), orNull(before.lastName)];
  if (first !== null && name.startsWith(`${first} `)) return { lastName: name.slice(first.length + 1) };
  if (last !== null && name.endsWith(` ${last}`)) return { firstName: name.slice(0, -last.length - 1) };
  const split = splitName(name);
  return { firstName: split.first, lastName: split.last };
}

const isBlank = (value: FieldValue | undefined) => value === null || (typeof value === 'string' && value.trim() === '');
