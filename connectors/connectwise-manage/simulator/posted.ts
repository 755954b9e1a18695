/** Reading what was posted: the form of bodies, references by id or name, and the complaints about them. */
import { jsonBody, Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { error } from './context.ts';

export type Posted = Readonly<Record<string, unknown>>;

interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly field: string;
}

export const invalid = (resource: string, ...errors: Complaint[]): Refusal =>
  new Refusal(
    error(
      400,
      'InvalidObject',
      `${resource} object is invalid`,
      errors.map((each) => ({ ...each, resource })),
    ),
  );

export function posted(request: SimulatorRequest): Posted {
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('ticket');
  return body as Posted;
}

export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  /** A name, letters as they are; a slash in front is taken too. */
  readonly path: string;
  readonly value: unknown;
}

export function operations(request: SimulatorRequest): Operation[] {
  const body = jsonBody(request);
  if (!Array.isArray(body)) throw invalid('operation');
  return body.map((each: Posted) => {
    const { op, path, value } = each ?? {};
    if ((op !== 'add' && op !== 'replace' && op !== 'remove') || typeof path !== 'string') throw invalid('operation');
    return { op, path: path.replace(/^\//, ''), value: op === 'remove' ? null : value };
  });
}

/** `{"id": 7}`, or by name or identifier. @throws Refusal 400, or 500 for what is no reference at all */
function referred(field: string, value: unknown): { id?: unknown; name?: unknown; identifier?: unknown } {
  if (typeof value === 'object' && value !== null) {
    const { id } = value as Posted;
    if (id !== undefined && typeof id !== 'number') throw unconvertible(id, `${field}.id`);
    return value;
  }
  throw unconvertible(value, field);
}

const unconvertible = (value: unknown, path: string): Refusal =>
  new Refusal({
    status: 500,
    body: { code: 'ConnectWiseApi', message: `Error converting value "${value}" to type 'Int32'. Path '${path}'.` },
  });

export function idIn(
  rows: Iterable<{ readonly id: number; readonly name?: string; readonly identifier?: string }>,
  field: string,
  value: unknown,
  what: string,
): number {
  const wanted = referred(field, value);
  for (const row of rows) {
    const fits =
      wanted.id === undefined
        ? (wanted.identifier !== undefined && wanted.identifier === row.identifier) ||
          (wanted.name !== undefined && wanted.name === row.name)
        : wanted.id === row.id;
    if (fits) return row.id;
  }
  const message = `${what} ${wanted.id ?? wanted.identifier ?? wanted.name} not found`;
  throw invalid('ticket', { code: 'NotFound', message, field: `${field}/id` });
}

export const missing = (field: string): Refusal =>
  invalid('ticket', { code: 'MissingRequiredField', message: `The ${field} field is required.`, field });

export function limited(field: string, value: unknown, longest: number): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw unconvertible(value, field);
  if (value.length > longest) {
    const message = `The field ${field} must be a string with a maximum length of ${longest}.`;
    throw invalid('ticket', { code: 'MaxLengthField', message, field });
  }
  return value;
}
