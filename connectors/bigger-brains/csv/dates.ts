/** Dates as spreadsheets write them. Pure. */
import { utcTime } from '../../../src/connector/values.ts';

export interface DateReading {
  /** How 03/04/2026 is meant. */
  readonly order: 'MDY' | 'DMY';
  /** IANA name: where times without a zone were written. */
  readonly zone: string;
}

/** `wrong-order`: a date that cannot be read in the chosen order, and can in the other. */
export type ReadDate = { readonly at: string } | 'wrong-order' | 'no-date';

export function readDate(text: string, { order, zone }: DateReading): ReadDate {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](.+))?$/.exec(text);
  const [, first, second, third, rest] =
    iso ?? /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?:,?\s+(.+))?$/.exec(text) ?? [];
  if (first === undefined) return 'no-date';
  if (iso !== null && /(?:Z|[+-]\d\d:?\d\d)$/i.test(rest ?? '')) {
    const at = utcTime(`${first}-${second}-${third}T${rest}`);
    return at === null ? 'no-date' : { at };
  }
  const time = timeOf(rest);
  if (time === null) return 'no-date';
  const numbers = [Number(first), Number(second), Number(third)] as const;
  const [year, month, day] = iso !== null ? numbers : inOrder(numbers, order);
  if (!isDay(year, month, day)) {
    const [otherYear, otherMonth, otherDay] = inOrder(numbers, order === 'MDY' ? 'DMY' : 'MDY');
    return iso === null && isDay(otherYear, otherMonth, otherDay) ? 'wrong-order' : 'no-date';
  }
  return { at: new Date(inZone(Date.UTC(year, month - 1, day, ...time), zone)).toISOString() };
}

/** Seconds: `1:05:00`, `1:05` (hours and minutes), `PT1H5M`, `65` (minutes). Null for anything else. */
export function readDuration(text: string): number | null {
  const clock = /^(\d+):(\d\d)(?::(\d\d))?$/.exec(text);
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  const minutes = /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
  return minutes === null ? isoDuration(text) : Math.round(minutes * 60);
}

/** Seconds of an ISO 8601 duration such as `PT1H12M3.5S`. Null for what is none; years and months have no fixed length. */
export function isoDuration(text: string): number | null {
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(text);
  if (found === null || text.length < 3) return null;
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return Math.round((weeks! * 7 + days!) * 86_400 + hours! * 3600 + minutes! * 60 + seconds!);
}

function inOrder([a, b, year]: readonly [number, number, number], order: 'MDY' | 'DMY') {
  const full = year < 100 ? 2000 + year : year;
  return order === 'MDY' ? ([full, a, b] as const) : ([full, b, a] as const);
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1980 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function timeOf(text: string | undefined): [hours: number, minutes: number, seconds: number] | null {
  if (text === undefined || text.trim() === '') return [0, 0, 0];
  const found = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]\.?m\.?)?$/i.exec(text.trim());
  if (found === null) return null;
  const [, hours = '', minutes = '', seconds = '0', half] = found;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0);
  return hour > 23 || Number(minutes) > 59 || Number(seconds) > 59 ? null : [hour, Number(minutes), Number(seconds)];
}

/** The instant at which clocks of that zone show this time. */
function inZone(shown: number, zone: string): number {
  const once = shown - offset(shown, zone);
  // Around a change of the clocks the first guess can be on its other side.
  return shown - offset(once, zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far that zone's clocks are ahead of UTC at this instant, milliseconds. */
function offset(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - at;
}
