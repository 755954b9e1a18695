/** Answers that are good JSON, and not what the vendor documents. */
import { Malformed } from './errors.ts';

/**
 * A connector's own error for them. `vendor`: as the operator calls it; `base`: what all paths begin with.
 * The function takes the path, or the name of what was asked for, and what is odd about it (its first 200 characters are shown).
 */
export function oddAnswerOf(vendor: string, integration: string, base = '') {
  return (path: string, detail?: string): Malformed =>
    new Malformed({
      reason: `${vendor}'s answer for ${base}${path} does not have the form it documents.`,
      fix: `Test the connection. If it stays so, report it with a recording: msportal sync ${integration} --har FILE`,
      ...(detail === undefined ? {} : { detail: detail.slice(0, 200) }),
    });
}
