/** The filter line: words, `!word`, `field:value`, `field:>value`, `!field:value`. All must hold. */
import type { Condition } from '../../../portal/portal.ts';
import type { RecordTypeDefinition } from '../../../portal/records/define.ts';
import { nearest } from '../../../text/nearest.ts';

export type ParsedFilter =
  | { readonly ok: true; readonly where: readonly Condition[] }
  | { readonly ok: false; readonly problem: string };

type Term = { readonly ok: true; readonly condition: Condition } | { readonly ok: false; readonly problem: string };

/** Field names in any case, and short: `company:acme` finds `companyName`. Quotes hold words together. */
export function parseFilter(text: string, definition: RecordTypeDefinition): ParsedFilter {
  const where: Condition[] = [];
  for (const [, not, field, relation, quoted, bare] of text.matchAll(term)) {
    const value = quoted ?? bare ?? '';
    if (value === '') continue;
    const parsed =
      field === undefined ? word(value, not === '!') : compare(definition, field, relation, value, not === '!');
    if (!parsed.ok) return parsed;
    where.push(parsed.condition);
  }
  return { ok: true, where };
}

const term = /(!)?(?:([A-Za-z][A-Za-z]*):(>=|<=|>|<|=)?)?(?:"([^"]*)"?|(\S+))/g;

function word(value: string, not: boolean): Term {
  return { ok: true, condition: { op: not ? '!text' : 'text', value } };
}

function compare(
  definition: RecordTypeDefinition,
  name: string,
  relation: string | undefined,
  value: string,
  not: boolean,
): Term {
  const fields = Object.keys(definition.schema.shape);
  const lower = name.toLowerCase();
  const field =
    fields.find((candidate) => candidate.toLowerCase() === lower) ??
    // What stands over a column is what people type.
    Object.entries(definition.columns).find(([, column]) => column.label.toLowerCase().startsWith(lower))?.[0] ??
    fields.find((candidate) => candidate.toLowerCase().startsWith(lower));
  if (field === undefined) {
    const close = nearest(name, fields);
    return {
      ok: false,
      problem: `${definition.label} have no field "${name}"${close === null ? '' : `; do you mean ${close}`}.`,
    };
  }
  const literal = literals[value.toLowerCase()];
  if (literal !== undefined) return { ok: true, condition: { field, op: not ? '!=' : '=', value: literal } };
  if (relation === undefined) return { ok: true, condition: { field, op: not ? '!contains' : 'contains', value } };
  const op = relation as '=' | '<' | '<=' | '>' | '>=';
  return {
    ok: true,
    condition: { field, op: not ? opposite[op] : op, value: Number.isNaN(Number(value)) ? value : Number(value) },
  };
}

const literals: Readonly<Record<string, boolean | null>> = {
  yes: true,
  true: true,
  no: false,
  false: false,
  empty: null,
  null: null,
};
const opposite = { '=': '!=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
