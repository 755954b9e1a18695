import type { PortalReader } from '../../portal/portal.ts';
import type { StoredRecord } from '../../portal/query.ts';
import { definitionOf } from '../../portal/records/index.ts';
import type { ExplainRequest } from './story.ts';

/** Several integrations may know the same number; more are not told. */
const most = 5;

/** The records that a number, a name or an id may mean: by the portal's id, by the vendors' ids, by what they are called. */
export function findRecords(
  reader: PortalReader,
  { type, record, integration }: ExplainRequest,
  integrations: readonly string[],
): StoredRecord[] {
  const asked = record.replace(/^#/, '').trim();
  const own = reader.get(type, asked);
  if (own !== null) return [own];
  const linked = integrations.flatMap((id) => {
    const link = reader.linkOf(id, type, asked);
    return link === null ? [] : (reader.get(type, link.recordId) ?? []);
  });
  const called = definitionOf(type).title.flatMap((field) => {
    const where = [{ field, op: '=', value: asked } as const];
    const scope = integration === undefined ? {} : { integration };
    return reader.query({ type, where, includeGone: true, limit: most, ...scope }).records;
  });
  const all = [...called, ...linked];
  return all.filter((found, index) => all.findIndex(({ id }) => id === found.id) === index).slice(0, most);
}
