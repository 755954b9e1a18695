import type { Redactor } from '../text/redact.ts';

const excerptLength = 200;

/**
 * The first 200 safe characters of something a vendor sent: no control or direction-changing character,
 * no secret, white space folded. Secrets go before the cut, so that half of one is never left over.
 */
export function excerpt(text: string, redactor: Redactor): string {
  // A long page is cut early, with room for secrets that straddle the cut.
  const clean = text
    .slice(0, 20 * excerptLength)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const safe = [...redactor.redact(clean)];
  return safe.length > excerptLength ? `${safe.slice(0, excerptLength).join('')}…` : safe.join('');
}
