/** Where a command's words go: results to standard output, everything else to standard error. */
import { once } from 'node:events';
import { sanitise } from '../text/sanitise.ts';

/** One JSON value on a line. Raw: JSON writes control characters as escapes. */
export function printJson(value: unknown): void {
  process.stdout.write(`${asciiControls(JSON.stringify(value))}\n`);
}

/** Resolves once the reader has caught up, so that a million lines are never waiting in memory. */
export async function printJsonLine(value: unknown): Promise<void> {
  if (!process.stdout.write(`${asciiControls(JSON.stringify(value))}\n`)) await once(process.stdout, 'drain');
}

/** Plain text for people; whatever a vendor had a hand in must have gone through `plain`. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A cell of a table: harmless, on one line, empty for nothing. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return sanitise(value);
  return sanitise(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** JSON leaves DEL and the eight-bit controls as they are; some terminals obey those. */
function asciiControls(json: string): string {
  return json.replace(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** `msportal records tickets --json | head -1` ends quietly when its reader goes away. */
export function endWhenReaderLeaves(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  // Nobody left to complain to.
  process.stderr.on('error', () => {});
}
