/** `df`, the filter language for devices: conditions joined by AND. There is no OR. What is not of the language is refused. */
import { Refusal } from '../../../src/simulator/exchange.ts';
import { failure } from './failures.ts';
import { type Device, roleOf } from './model.ts';

type Test = (device: Device) => boolean;

const numbers: Readonly<Record<string, (device: Device) => number | null>> = {
  org: ({ organization }) => organization,
  organization: ({ organization }) => organization,
  loc: ({ location }) => location,
  location: ({ location }) => location,
  role: ({ nodeClass }) => roleOf(nodeClass),
  id: ({ id }) => id,
};

const equal = new Set(['=', 'eq']);
const unequal = new Set(['!=', 'neq', '<>']);
const within = new Set(['in']);
const without = new Set(['nin', 'notin', '!in']);

export interface DeviceFilterOptions {
  /** Whether a device is offline as far as answers tell. */
  readonly offline: Test;
  /** Devices that were taken out of service are listed without being asked for. */
  readonly decommissionedToo: boolean;
}

/** @param df as sent; null: no filter, which means approved devices. @throws Refusal 400 */
export function deviceFilter(df: string | null, options: DeviceFilterOptions): Test {
  if (df === null) return approved(options);
  const parts = df.split(/\s+(?:and|&&)\s+/i).map((part) => part.trim());
  const tests = parts.map((part) => condition(part, options));
  const asksForStatus = parts.some((part) => /^status\b/i.test(part));
  if (!asksForStatus) tests.push(approved(options));
  return (device) => tests.every((test) => test(device));
}

const approved =
  ({ decommissionedToo }: DeviceFilterOptions): Test =>
  ({ approval }) =>
    approval === 'APPROVED' || (decommissionedToo && approval === 'DECOMMISSIONED');

function condition(text: string, { offline }: DeviceFilterOptions): Test {
  if (/^offline$/i.test(text)) return offline;
  if (/^online$/i.test(text)) return (device) => !offline(device);
  // Saved searches: there is none.
  if (/^group\s+\d+$/i.test(text)) return () => false;
  const match = /^(\w+)\s*(=|!=|<>|<|>|!in\b|[a-z]+\b)\s*(.+)$/i.exec(text);
  if (match === null) throw refused(text);
  const [, key = '', operator = '', value = ''] = match;
  const name = key.toLowerCase();
  const number = numbers[name];
  if (number !== undefined)
    return listed(operator.toLowerCase(), value, (device) => String(number(device)), /^\d+$/, text);
  if (name === 'class') return listed(operator.toLowerCase(), value, ({ nodeClass }) => nodeClass, /^[A-Z_]+$/, text);
  if (name === 'status') {
    if (within.has(operator) || without.has(operator)) throw refused(text);
    return listed(operator.toLowerCase(), value, ({ approval }) => approval, /^(APPROVED|PENDING)$/, text);
  }
  if (name === 'created') return created(operator.toLowerCase(), value, text);
  throw refused(text);
}

function listed(operator: string, value: string, of: (device: Device) => string, form: RegExp, text: string): Test {
  if (equal.has(operator) || unequal.has(operator)) {
    if (!form.test(value)) throw refused(text);
    return (device) => (of(device) === value) === equal.has(operator);
  }
  if (!within.has(operator) && !without.has(operator)) throw refused(text);
  const values = /^\((.*)\)$/
    .exec(value)?.[1]
    ?.split(',')
    .map((each) => each.trim());
  if (values === undefined || !values.every((each) => form.test(each))) throw refused(text);
  const set = new Set(values);
  return (device) => set.has(of(device)) === within.has(operator);
}

function created(operator: string, value: string, text: string): Test {
  const plain = /^(\d{4})(\d\d)(\d\d)$/.exec(value);
  const at = Date.parse(plain ? `${plain[1]}-${plain[2]}-${plain[3]}` : value);
  if (Number.isNaN(at)) throw refused(text);
  if (equal.has(operator)) return (device) => Math.floor(device.created / 86_400_000) === Math.floor(at / 86_400_000);
  if (operator === '<' || operator === 'before') return (device) => device.created < at;
  if (operator === '>' || operator === 'after') return (device) => device.created > at;
  throw refused(text);
}

const refused = (text: string): Refusal => new Refusal(failure(400, `Invalid device filter: ${text}`));
