/** Plain words for times, amounts and sizes, the same on screen and on the command line. Pure: the caller says what `now` is. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * "just now", "3 min ago", "in 2 min". Under a minute the past is "just now", so that an idle screen
 * does not change every second; the future counts seconds, for one waits for it.
 * @param time ISO or epoch milliseconds
 * @param now epoch milliseconds
 */
export function relativeTime(time: string | number, now: number): string {
  const at = typeof time === 'number' ? time : Date.parse(time);
  if (Number.isNaN(at)) return 'unknown';
  const distance = at - now;
  if (distance > -MINUTE && distance < SECOND / 2) return 'just now';
  const span = roundedSpan(Math.abs(distance));
  return distance < 0 ? `${span} ago` : `in ${span}`;
}

/** One unit is enough for a distance in time: "42 s", "3 min", "5 h", "12 d". */
function roundedSpan(ms: number): string {
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(ms / HOUR);
  if (hours < 24) return `${hours} h`;
  return `${count(Math.round(ms / DAY))} d`;
}

/** How long something took, milliseconds: "340 ms", "4.2 s", "42 s", "3 min 5 s", "2 h 14 min", "3 d 4 h". */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  const whole = Math.max(0, Math.round(ms));
  if (whole < SECOND) return `${whole} ms`;
  if (whole < 9_950) return `${(whole / SECOND).toFixed(1)} s`;
  const seconds = Math.round(whole / SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return pair(seconds, 60, 'min', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return pair(minutes, 60, 'h', 'min');
  return pair(Math.round(minutes / 60), 24, 'd', 'h');
}

function pair(total: number, per: number, large: string, small: string): string {
  const rest = total % per;
  return `${count(Math.floor(total / per))} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

/** A whole number with thousands separators: "1,234,567". */
export function count(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 company", "1,200 companies". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** A size in decimal units: "812 B", "1.4 kB", "38 MB". */
export function bytes(n: number): string {
  let value = n;
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    if (value < 999.5) return `${value < 9.95 && unit !== 'B' ? value.toFixed(1) : Math.round(value)} ${unit}`;
    value /= 1_000;
  }
  return `${value < 9.95 ? value.toFixed(1) : count(value)} TB`;
}
