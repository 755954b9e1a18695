/** What is posted, and how it is refused. */
import { jsonBody, type Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { refuse } from './context.ts';

export type Posted = Readonly<Record<string, unknown>>;

export function posted(request: SimulatorRequest): Posted {
  const body = jsonBody(request);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Posted) : {};
}

/** Blanks say nothing. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** Given as text, it is taken too. */
export const whole = (value: unknown): number | undefined =>
  Number.isInteger(Number(value ?? undefined)) && value !== '' ? Number(value) : undefined;

export const invalid = (message: readonly string[]): Refusal => refuse(422, { success: false, message });
