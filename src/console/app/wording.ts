/** Times as the screen says them: in steps coarse enough that a quiet screen stays still. */
import { relativeTime } from '../../text/format.ts';

const minute = 60_000;
const hour = 60 * minute;

/** `in 4 min`, `now`: never seconds, which would be wrong between two looks at the clock. */
export function until(at: string, now: number): string {
  const left = Date.parse(at) - now;
  return left <= 0 ? 'now' : relativeTime(now + Math.max(left, minute), now);
}

/** `about 3 min left`: rounded, for an estimate that jumps says too much. */
export function remaining(ms: number): string {
  if (ms < 10_000) return 'a few seconds left';
  if (ms < minute) return `about ${Math.ceil(ms / 10_000) * 10} s left`;
  if (ms < hour) return `about ${Math.round(ms / minute)} min left`;
  return `about ${(ms / hour).toFixed(1)} h left`;
}

/** Local time to the minute, `2026-03-01 14:05`; the text itself when it is no time. */
export function stamp(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two);
  return `${year}-${month}-${day} ${clock(at)}`;
}

/** Local time of day: `14:05`, or with seconds `14:05:33`. */
export function clock(at: string, seconds = false): string {
  const date = new Date(at);
  const parts = [date.getHours(), date.getMinutes(), ...(seconds ? [date.getSeconds()] : [])];
  return parts.map(two).join(':');
}

const two = (part: number) => String(part).padStart(2, '0');
