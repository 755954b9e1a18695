/** What can be chosen in a row of the form. */
import type { Engine } from '../../../engine/engine.ts';
import type { ValueTable } from '../../../engine/sync/values.ts';
import { definitionOf, type RecordType } from '../../../portal/records/index.ts';
import type { Suggestion } from '../../app/overlay.ts';
import { cell } from '../records/columns.ts';

/** As many as the box shows, and a few to scroll. */
const most = 50;

/** Names of a vendor's list; where the operator has a table of values for the field, the portal's names of it. */
export async function choiceNames(
  engine: Engine,
  integration: string,
  list: string,
  table: ValueTable[string] | undefined,
): Promise<readonly string[]> {
  if (table !== undefined && table.length > 0) return [...new Set(table.map(({ portal }) => portal))];
  const { lists } = await engine.lookups(integration);
  return [...new Set((lists[list] ?? []).filter(({ inactive }) => inactive !== true).map(({ name }) => name))];
}

export function among(names: readonly string[], text: string): readonly Suggestion[] {
  const needle = text.trim().toLowerCase();
  const fitting = names.filter((name) => name.toLowerCase().includes(needle));
  const begins = (name: string) => name.toLowerCase().startsWith(needle);
  return [...fitting.filter(begins), ...fitting.filter((name) => !begins(name))]
    .slice(0, most)
    .map((name) => ({ value: name, label: name }));
}

/** Records that the integration has, by their names. `company`: only those of this company. */
export async function recordsCalled(
  engine: Engine,
  query: { readonly type: RecordType; readonly integration?: string; readonly company?: string },
  text: string,
): Promise<readonly Suggestion[]> {
  const { type, integration, company } = query;
  const definition = definitionOf(type);
  const needle = text.trim();
  const { records } = await engine.records({
    type,
    ...(integration === undefined ? {} : { integration }),
    where: [
      ...(needle === '' ? [] : ([{ op: 'text', value: needle }] as const)),
      ...(company === undefined || !('companyId' in definition.schema.shape)
        ? []
        : ([{ field: 'companyId', op: '=', value: company }] as const)),
    ],
    limit: most,
  });
  return records.map((record) => {
    const [label = record.id, ...rest] = definition.title.map((field) => cell(record[field])).filter(Boolean);
    return { value: record.id, label, ...(rest.length === 0 ? {} : { detail: rest.join('  ') }) };
  });
}
