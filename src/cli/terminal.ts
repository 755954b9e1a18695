import { detectCapabilities } from '../console/terminal/capabilities.ts';
import type { TerminalFacts } from '../engine/doctor/finding.ts';

/** The terminal this command was started in, for the doctor. */
export function terminalFacts(): TerminalFacts {
  const { interactive, reason, colour, unicode, columns, rows } = detectCapabilities(process.env, process);
  return { interactive, reason, colour, unicode, columns, rows };
}
