/** ConnectWise's dialect of JSON patches: bare names that tell capitals apart, references always whole. */
import { Rejected } from '../../src/connector/errors.ts';
import type { Row } from './api.ts';

/** By the vendor's names. Null empties. */
export type Properties = Readonly<Record<string, Property>>;
export type Property = { readonly id: number } | string | null;

export interface Operation {
  readonly op: 'replace' | 'remove';
  readonly path: string;
  readonly value?: Property;
}

export function operations(properties: Properties): Operation[] {
  return Object.entries(properties).map(([path, value]) =>
    value === null ? { op: 'remove', path } : { op: 'replace', path, value },
  );
}

/**
 * The vendor warns that a patch may be answered 200 with nothing changed. What became something else than was asked is taken as it
 * is: a workflow rule of the tenant made it so.
 * @param fieldOf the canonical name of a property
 * @throws Rejected naming what was left as it was
 */
export function requireDone(
  properties: Properties,
  before: Row,
  after: Row,
  fieldOf: Readonly<Record<string, string>>,
): void {
  const left = Object.entries(properties).filter(
    ([name, wanted]) => said(after[name]) === said(before[name]) && said(after[name]) !== said(wanted),
  );
  if (left.length === 0) return;
  const reason = 'ConnectWise answered that it was done, and left it as it was.';
  const names = left.map(([name]) => fieldOf[name] ?? name);
  throw new Rejected(Object.fromEntries(names.map((name) => [name, reason])), {
    reason: `ConnectWise answered that it was done, and left this as it was: ${names.join(', ')}.`,
    fix: 'Something there may keep it as it is. Change it in ConnectWise, or withdraw the change.',
  });
}

/** A reference by its id, a text without what the vendor may do to blanks. */
function said(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'id' in value) return value.id;
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : (value ?? '');
}
