/** API keys as operators type them. A key tells by its prefix whether it opens live or test data. */
import { z } from 'zod';

const wrongKinds: readonly (readonly [prefix: string, message: string])[] = [
  ['pk_', 'This is a publishable key, which may not read anything. Enter a restricted key (rk_...) or a secret key'],
  ['whsec_', 'This is a webhook secret. Enter a restricted key (rk_...) from Developers > API keys'],
  ['ek_', 'This is a short-lived key for apps. Enter a restricted key (rk_...) from Developers > API keys'],
  ['sk_org_', 'This is the key of an organisation. Enter a restricted key (rk_...) of the account itself'],
];

export const apiKey = z
  .string()
  .trim()
  .superRefine((typed, context) => {
    const wrong = wrongKinds.find(([prefix]) => typed.startsWith(prefix));
    if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong[1] });
    else if (!/^(sk|rk)_(test|live)_[A-Za-z0-9]{3,}$/.test(typed))
      context.addIssue({ code: 'custom', message: 'A key begins with rk_live_, rk_test_, sk_live_ or sk_test_' });
  });

export type Mode = 'live' | 'test';

export const modeOf = (key: string): Mode => (/^[a-z]+_live_/.test(key) ? 'live' : 'test');
