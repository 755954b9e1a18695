/** What a request says that the vendor does not document. Lax vendors ignore it silently, which hides mistakes; strict mode does not. */
import { isForm, jsonBody, type Route, type SimulatorRequest } from './exchange.ts';

/** Sent by HTTP clients themselves, or needed by every API. */
const generalHeaders = new Set(
  'host connection accept accept-encoding accept-language authorization content-type content-length transfer-encoding user-agent keep-alive expect sec-fetch-mode cache-control pragma'.split(
    ' ',
  ),
);

/** One line each: `GET /api/Tickets: query parameter "pagesize"`. */
export function undocumented(request: SimulatorRequest, route: Route, headers: readonly string[]): string[] {
  const found: string[] = [];
  const known = new Set(headers.map((name) => name.toLowerCase()));
  for (const name of Object.keys(request.headers)) {
    if (!generalHeaders.has(name) && !known.has(name)) found.push(`header "${name}"`);
  }
  if (route.query) {
    const names = new Set([...request.query.keys()].map((name) => name.replace(/\[.*$/, '')));
    for (const name of names) if (!route.query.includes(name)) found.push(`query parameter "${name}"`);
  }
  if (route.body) {
    for (const name of bodyFields(request)) if (!route.body.includes(name)) found.push(`body field "${name}"`);
  }
  return found.map((what) => `${route.method} ${route.path}: ${what}`);
}

function bodyFields(request: SimulatorRequest): Set<string> {
  if (isForm(request)) return new Set(new URLSearchParams(request.text).keys());
  const body = jsonBody(request);
  const objects = (Array.isArray(body) ? body : [body]).filter((item) => typeof item === 'object' && item !== null);
  return new Set(objects.flatMap((item) => Object.keys(item as object)));
}
