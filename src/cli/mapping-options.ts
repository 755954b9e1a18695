/** `--map` and `--unmap`: what a vendor's values are called here. */
import type { Engine } from '../engine/engine.ts';
import type { IntegrationView } from '../engine/snapshot.ts';
import { called, type Pairs, without } from '../engine/sync/value-table.ts';
import type { ValueTables } from '../engine/sync/values.ts';
import { isRecordType, type RecordType } from '../portal/records/names.ts';
import { UsageError } from './exit.ts';
import { plain } from './output.ts';
import type { OptionValues } from './parse.ts';

type Tables = Record<string, Record<string, Pairs>>;

/** The whole mapping as it is to be; null where neither option is given. Throws UsageError. */
export async function mappingFrom(
  options: OptionValues,
  engine: Engine,
  { id, sync }: IntegrationView,
): Promise<ValueTables | null> {
  const [named, dropped] = [options.all('--map'), options.all('--unmap')];
  if (named.length + dropped.length === 0) return null;
  const tables: Tables = structuredClone(sync.mapping ?? {}) as Tables;
  const put = (type: RecordType, field: string, pairs: Pairs) => {
    const { [field]: _, ...others } = tables[type] ?? {};
    tables[type] = pairs.length === 0 ? others : { ...others, [field]: pairs };
  };
  for (const text of dropped) {
    const { type, field, rest } = parts(text, '--unmap takes TYPE.FIELD or TYPE.FIELD:VALUE');
    put(type, field, rest === undefined ? [] : without(tables[type]?.[field], rest));
  }
  for (const text of named) {
    const takes = '--map takes TYPE.FIELD:VALUE=NAME';
    const { type, field, rest = '' } = parts(text, takes);
    const at = rest.lastIndexOf('=');
    if (at < 1 || at === rest.length - 1) throw new UsageError(`${takes}; "${text}" is not that.`);
    const pairs = tables[type]?.[field];
    const names = pairs === undefined ? await namesOf(engine, id, type, field) : [];
    put(type, field, called(pairs, names, rest.slice(0, at), rest.slice(at + 1)));
  }
  return tables;
}

function parts(text: string, takes: string): { type: RecordType; field: string; rest: string | undefined } {
  const [, type = '', field = '', rest] = /^(\w+)\.(\w+)(?::(.*))?$/s.exec(text) ?? [];
  if (field === '' || rest === '') throw new UsageError(`${takes}; "${text}" is not that.`);
  if (!isRecordType(type)) throw new UsageError(`${takes}; there is no record type "${type}".`);
  return { type, field, rest };
}

/** All that the vendor has in this field. */
async function namesOf(engine: Engine, id: string, type: RecordType, field: string): Promise<readonly string[]> {
  const { recordTypes } = await engine.manifest(id);
  const list = recordTypes.find((spec) => spec.type === type)?.named?.[field];
  // The engine says which fields have a list.
  if (list === undefined) return [];
  const names = ((await engine.lookups(id)).lists[list] ?? []).map(({ name }) => name);
  if (names.length > 0) return names;
  throw new UsageError(
    `The vendor's list for ${type}.${field} could not be read, and a table of one value would hold back all others.`,
  );
}

/** `tickets.status: New = Open, Closed = Closed`, a line for each field that has a table. */
export function mappingLines(mapping: ValueTables): string[] {
  return Object.entries(mapping).flatMap(([type, fields]) =>
    Object.entries(fields)
      .filter(([, pairs]) => pairs.length > 0)
      .map(([field, pairs]) => {
        const named = pairs.map(({ vendor, portal }) => `${plain(vendor)} = ${plain(portal)}`);
        return `  ${type}.${field}: ${named.join(', ')}`;
      }),
  );
}
