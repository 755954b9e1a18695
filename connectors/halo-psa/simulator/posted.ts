/** What a POST body may be, and how its refusals are worded. */
import { type Answer, Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';

export type Posted = Readonly<Record<string, unknown>>;

/** One posted row, done. `row` is read at the end, when all are. */
export interface Saved {
  readonly created: boolean;
  readonly row: () => object;
}

/** The array that every write must be. Ids given as decimals or text are refused with the field's place. */
export function postedRows(request: SimulatorRequest): readonly Posted[] {
  const decimals = new Map<string, string>();
  let body: unknown;
  try {
    body = JSON.parse(request.text, (key: string, value: unknown, context?: { readonly source?: string }) => {
      if (typeof value === 'number' && context?.source?.includes('.') && isId(key)) decimals.set(key, context.source);
      return value;
    });
  } catch {
    throw plain('The request is not valid JSON');
  }
  if (!Array.isArray(body) || !body.every((row) => typeof row === 'object' && row !== null)) {
    throw new Refusal({ status: 400, body: { '': ['The body must be a JSON array of objects.'] } });
  }
  body.forEach((row: Posted, index) => {
    for (const [field, value] of Object.entries(row)) {
      const source = typeof value === 'string' && value !== '' ? value : decimals.get(field);
      // The same field deeper in the row may be the decimal one.
      if (!isId(field) || source === undefined || (typeof value === 'number' && Number(source) !== value)) continue;
      const place = `[${index}].${field}`;
      const answer = { [place]: [`Could not convert string to integer: ${source}. Path '${place}'`] };
      throw new Refusal({ status: 400, body: answer });
    }
  });
  return body;
}

const isId = (field: string): boolean => /^(id|new_status)$|_id$/.test(field);

export function optionalInteger(posted: Posted, field: string): number | undefined {
  const value = posted[field];
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const plainText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** A refusal as a JSON string. */
export const plain = (message: string): Refusal => new Refusal(json(400, message));
/** A refusal as a .NET exception. */
export const exception = (status: number, message: string): Refusal =>
  new Refusal(json(status, { ClassName: 'System.Exception', Message: message, Data: null }));
// A string body would go out as HTML: encoded here.
const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: typeof body === 'string' ? JSON.stringify(body) : body,
});
