/**
 * The filter grammar of every list: `printer`, `!toner`, `"two words"`, `status:open`, `!status:closed`, `hours>2`,
 * `updated<7d`. All terms must hold. Here are its words, and its meaning for rows that are in memory.
 */

export type Relation = ':' | '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface Term {
  readonly not: boolean;
  /** As typed; null: a word to be found anywhere. */
  readonly field: string | null;
  readonly relation: Relation;
  readonly value: string;
}

/** `field:>2` and `field>2` are the same; `~` is `:`, as the command line writes "contains". */
const term = /(!)?(?:([A-Za-z]\w*)(?::(>=|<=|!=|=|>|<)|(!=|>=|<=|!~|[:=~<>])))?(?:"([^"]*)"?|([^\s"]\S*))?/g;

/** Never fails: what is half typed is a term already, or none yet. */
export function parseTerms(text: string): readonly Term[] {
  const terms: Term[] = [];
  for (const [whole, not, field, after, sign, quoted, bare] of text.matchAll(term)) {
    const value = quoted ?? bare ?? '';
    if (whole === '' || (value === '' && field === undefined)) continue;
    const relation = after ?? sign ?? ':';
    // `status:` alone is still being typed; `status=` asks for those without one.
    if (value === '' && relation !== '=' && relation !== '!=') continue;
    terms.push({
      not: (not === '!') !== (relation === '!~'),
      field: field ?? null,
      relation: relation === '~' || relation === '!~' ? ':' : (relation as Relation),
      value,
    });
  }
  return terms;
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `90m`, `12h`, `7d`, `2w` in milliseconds; null: it is no age. */
export function age(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)([mhdw])$/i.exec(text);
  return found === null ? null : Number(found[1]) * units[found[2]!.toLowerCase() as keyof typeof units];
}

/** The names of a field: `company` finds `companyName`, and what stands over a column counts as well. */
export function findField(
  name: string,
  fields: readonly string[],
  labels: Readonly<Record<string, string>> = {},
): string | undefined {
  const lower = name.toLowerCase();
  const begins = (text: string | undefined) => text?.toLowerCase().startsWith(lower) ?? false;
  return (
    fields.find((field) => field.toLowerCase() === lower) ??
    // What stands over a column is what people type.
    fields.find((field) => begins(labels[field])) ??
    fields.find(begins)
  );
}

export type Row = Readonly<Record<string, unknown>>;

/** Whether a row in memory fits all terms. Times are ISO or epoch milliseconds; a field it does not have never fits. */
export function matches(terms: readonly Term[], row: Row, now: number): boolean {
  return terms.every((each) => fits(each, row, now) !== each.not);
}

function fits({ field, relation, value }: Term, row: Row, now: number): boolean {
  const needle = value.toLowerCase();
  if (field === null) return Object.values(row).some((each) => textOf(each).includes(needle));
  const name = findField(field, Object.keys(row));
  if (name === undefined) return false;
  const own = row[name];
  if (relation === ':') return value === 'empty' ? textOf(own) === '' : textOf(own).includes(needle);
  if (relation === '=') return textOf(own) === needle;
  if (relation === '!=') return textOf(own) !== needle;
  const span = age(value);
  if (span !== null) {
    const at = typeof own === 'number' ? own : Date.parse(String(own));
    return !Number.isNaN(at) && compares(now - at, relation, span);
  }
  if (own === null || own === undefined) return false;
  const number = Number(value);
  return typeof own === 'number' && !Number.isNaN(number)
    ? compares(own, relation, number)
    : compares(textOf(own), relation, needle);
}

function compares<T extends number | string>(a: T, relation: Relation, b: T): boolean {
  if (relation === '<') return a < b;
  if (relation === '<=') return a <= b;
  return relation === '>' ? a > b : a >= b;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).toLowerCase();
}
