/**
 * Takes customers' content out of what goes to support. By lists of what may stay, so that a field nobody thought of stays out.
 * Secrets are the redactor's business; this is about names, addresses and words of people.
 */
import type { LogEntry } from '../../log/read.ts';
import type { RunRecord } from '../../portal/run.ts';
import type { DeepReadonly, State } from '../../state/schema.ts';

/** Fields of a log entry that say what the program did, and nothing of what is in the records. */
const ownFields = new Set(
  'time level integration run type record outcome reason code status request read created updated unchanged held failed gone requests waitedMs durationMs bytes types trigger full enabled pid version'.split(
    ' ',
  ),
);
const left = '[left out]';

export function stripEntry(entry: LogEntry): Record<string, unknown> {
  const kept = Object.entries(entry).filter(([key]) => ownFields.has(key));
  const { changed } = entry;
  return {
    ...Object.fromEntries(kept),
    message: stripMessage(entry),
    ...(typeof changed === 'object' && changed !== null ? { changed: Object.keys(changed) } : {}),
  };
}

/** Lines about a record begin with what became of it; lines of a failure may quote the vendor behind its status. */
function stripMessage({ message, record, label }: LogEntry): string {
  if (record === undefined && label === undefined) return withoutQuotes(message);
  const end = message.indexOf(':');
  return end < 0 ? left : `${message.slice(0, end)}: ${left}`;
}

/** What stands in quotes, in angle brackets or after an HTTP status is the vendor's or a person's. */
export function withoutQuotes(text: string): string {
  return text
    .replace(/(\(HTTP \d{3}\)): .*/s, `$1: ${left}`)
    .replace(/"[^"]*"/g, `"${left}"`)
    .replace(/<[^>]*>/g, `<${left}>`)
    .replace(/[^\s"<>@]+@[^\s"<>@]+\.[^\s"<>@]+/g, left);
}

export function stripRun({ failure, ...run }: RunRecord) {
  return { ...run, failure: failure === null ? null : { code: failure.code, cause: withoutQuotes(failure.cause) } };
}

/** What was set, without the values of the account: which fields there are, which options, which status. */
export function stripState(state: DeepReadonly<State>) {
  return {
    version: state.version,
    integrations: Object.fromEntries(
      Object.entries(state.integrations).map(([id, { credentials, options, last, memory, ...rest }]) => [
        id,
        {
          ...rest,
          credentials: Object.fromEntries(
            Object.entries(credentials).map(([field, value]) => [
              field,
              typeof value === 'string' ? plain(value) : '[sealed]',
            ]),
          ),
          options: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, shape(value)])),
          memory: Object.keys(memory),
          last: {
            ...last,
            error: last.error === null ? null : { code: last.error.code, cause: withoutQuotes(last.error.cause) },
          },
        },
      ]),
    ),
    drafts: Object.keys(state.drafts),
  };
}

/** Of an address the origin stays: support needs the host. Anything else may name a person. */
function plain(value: string): string {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : value === '' ? '' : '[set]';
}

function shape(value: unknown): unknown {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  return Array.isArray(value) ? `${value.length} chosen` : value === '' ? '' : '[set]';
}

const harHeaders = new Set(
  'content-type content-length date retry-after request-id x-request-id x-correlation-id server'.split(' '),
);

/** A HAR file without bodies, queries and odd headers: who was asked for which path, when, with which outcome. */
export function stripHar(har: unknown): unknown {
  const entries = (har as { log?: { entries?: readonly HarEntry[] } }).log?.entries;
  if (!Array.isArray(entries)) return { log: { version: '1.2', entries: [], comment: 'It was no HAR file.' } };
  return {
    log: {
      version: '1.2',
      creator: { name: 'msportal', version: 'stripped' },
      entries: (entries as readonly HarEntry[]).map(({ startedDateTime, time, request, response, timings }) => ({
        startedDateTime,
        time,
        request: { method: request?.method, url: path(request?.url) },
        response: {
          status: response?.status,
          headers: (response?.headers ?? []).filter(({ name }) => harHeaders.has(name.toLowerCase())),
          content: { size: response?.content?.size, mimeType: response?.content?.mimeType },
        },
        timings,
      })),
    },
  };
}

interface HarEntry {
  readonly startedDateTime?: string;
  readonly time?: number;
  readonly request?: { readonly method?: string; readonly url?: string };
  readonly response?: {
    readonly status?: number;
    readonly headers?: readonly { readonly name: string; readonly value: string }[];
    readonly content?: { readonly size?: number; readonly mimeType?: string };
  };
  readonly timings?: unknown;
}

function path(url: string | undefined): string {
  const parsed = URL.parse(url ?? '');
  return parsed === null ? left : `${parsed.origin}${parsed.pathname}`;
}
