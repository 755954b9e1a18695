/** All record types. A new one is a file beside this and a line in `recordTypes`, in dependency order. */
import type { z } from 'zod';
import { alerts } from './alert.ts';
import { companies } from './company.ts';
import { contacts } from './contact.ts';
import type { RecordTypeDefinition } from './define.ts';
import { devices } from './device.ts';
import { locations } from './location.ts';
import { tickets } from './ticket.ts';
import { users } from './user.ts';

export const recordTypes = { companies, contacts, users, tickets, locations, devices, alerts } as const;

export type RecordType = keyof typeof recordTypes;
export type RecordOf<T extends RecordType> = z.infer<(typeof recordTypes)[T]['schema']>;
export type PortalRecord = { [T in RecordType]: RecordOf<T> }[RecordType];
/** What connectors give, per type. */
export type SourceRecords = { [T in RecordType]: z.infer<(typeof recordTypes)[T]['source']> };

export const recordTypeNames = Object.keys(recordTypes) as RecordType[];

/** The definition without its exact shape, for code that treats all types alike. */
export function definitionOf(type: RecordType): RecordTypeDefinition {
  return recordTypes[type];
}

export function isRecordType(value: string): value is RecordType {
  return Object.hasOwn(recordTypes, value);
}
