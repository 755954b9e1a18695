/**
 * Takes known secrets out of text before it leaves the process: logs, traces, error details.
 * It looks for the values themselves, in every form they travel in, wherever they turn up.
 */

export interface Redactor {
  /** Values shorter than 6 characters are ignored: they would match by accident everywhere. */
  add(secret: string): void;
  /** For short-lived secrets (access tokens), once they are replaced: a process that runs for months must not collect them. */
  forget(secret: string): void;
  redact(text: string): string;
  /** A JSON-like copy of `value` with every string, key and number redacted. */
  redactDeep(value: unknown): unknown;
}

const REPLACEMENT = '[redacted]';
const SHORTEST = 6;
/** Deeper values are not printed at all: what cannot be searched is not let out. */
const DEEPEST = 32;

export function createRedactor(): Redactor {
  const formsOf = new Map<string, readonly string[]>();
  let forms: readonly string[] = [];
  const collect = () => {
    forms = [...new Set([...formsOf.values()].flat())];
  };

  function redact(text: string): string {
    // Every occurrence of every form is found before anything is replaced: where two secrets overlap in the
    // text, replacing the first would leave an unrecognisable, but still secret, rest of the other.
    const found: [start: number, end: number][] = [];
    for (const form of forms) {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) found.push([at, at + form.length]);
    }
    return found.length === 0 ? text : cover(text, found);
  }

  function deep(value: unknown, ancestors: readonly object[]): unknown {
    if (typeof value === 'string') return redact(value);
    if (typeof value === 'bigint') return redact(String(value));
    if (typeof value === 'number') {
      const text = String(value);
      const safe = redact(text);
      return safe === text ? value : safe;
    }
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (ancestors.includes(value)) return '[circular]';
    if (ancestors.length >= DEEPEST) return '[too deep]';
    const path = [...ancestors, value];
    if ('toJSON' in value && typeof value.toJSON === 'function') return deep(value.toJSON(), path);
    if (Array.isArray(value)) return value.map((item) => deep(item, path));
    if (value instanceof Map || value instanceof Set) return deep([...value], path);
    // An error's own words are not enumerable.
    const entries = value instanceof Error ? errorEntries(value) : Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [redact(key), deep(item, path)]));
  }

  return {
    add(secret) {
      const value = secret.trim();
      if (value.length < SHORTEST || formsOf.has(value)) return;
      formsOf.set(value, formsIn(value));
      collect();
    },
    forget(secret) {
      if (formsOf.delete(secret.trim())) collect();
    },
    redact,
    redactDeep: (value) => deep(value, []),
  };
}

/** Replaces the union of the ranges; ranges that touch or overlap become one replacement. */
function cover(text: string, ranges: [start: number, end: number][]): string {
  ranges.sort((a, b) => a[0] - b[0]);
  let result = '';
  let done = 0;
  let [start, end] = ranges[0]!;
  for (const [nextStart, nextEnd] of ranges) {
    if (nextStart <= end) {
      end = Math.max(end, nextEnd);
      continue;
    }
    result += text.slice(done, start) + REPLACEMENT;
    done = end;
    [start, end] = [nextStart, nextEnd];
  }
  return `${result}${text.slice(done, start)}${REPLACEMENT}${text.slice(end)}`;
}

function errorEntries(error: Error): [string, unknown][] {
  const { name, message, stack, cause } = error;
  const own = Object.entries(error).filter(([key]) => key !== 'cause');
  return [
    ['name', name],
    ['message', message],
    ['stack', stack],
    ...own,
    ...(cause === undefined ? [] : [['cause', cause] as [string, unknown]]),
  ];
}

/** The value as it is, and as it looks in URLs, form bodies, JSON and base64. */
function formsIn(secret: string): string[] {
  const url = encodeURIComponent(secret.toWellFormed());
  const json = JSON.stringify(secret).slice(1, -1);
  const escapes = /%[0-9A-F]{2}/g;
  const forms = [
    secret,
    url,
    url.replace(escapes, (code) => code.toLowerCase()),
    url.replaceAll('%20', '+'),
    new URLSearchParams({ s: secret }).toString().slice(2),
    json,
    json.replaceAll('/', '\\/'),
    ...base64Forms(secret),
  ];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST);
}

/**
 * Base64 of a text that contains the secret at any place ("user:secret" in Basic sign-in). Its characters depend on
 * where the secret starts within a group of three bytes, so there are three; those at either end that
 * also carry bits of the neighbours are left out.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + bytes.length) * 8) / 6);
    const certain = encoded.slice(first, last);
    return [certain, certain.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
