/** Finds the record that a vendor's row is another telling of, so that the same company does not exist once per tool. */
import type { MatchRule } from '../records/define.ts';
import { definitionOf, type RecordType } from '../records/index.ts';
import type { Statements } from './statements.ts';
import type { Cell } from './tables.ts';

export type Match =
  | { readonly kind: 'none' }
  | { readonly kind: 'certain'; readonly recordId: string; readonly by: MatchRule['by'] }
  /** Several fit equally well: a person has to say which. */
  | { readonly kind: 'doubtful'; readonly recordIds: readonly string[]; readonly by: MatchRule['by'] };

export interface MatchScope {
  readonly integration: string;
  readonly type: RecordType;
  /** Leaves out records that have a row of this integration already: two rows of one PSA are two records. */
  readonly exclusive: boolean;
}

/** The first rule that finds anything decides. */
export function match(statements: Statements, scope: MatchScope, values: Readonly<Record<string, Cell>>): Match {
  for (const rule of definitionOf(scope.type).match ?? []) {
    const value = values[rule.field];
    if (typeof value !== 'string' || value === '') continue;
    const ids = found(statements, scope, rule, value, values);
    if (ids.length === 1) return { kind: 'certain', recordId: ids[0]!, by: rule.by };
    if (ids.length > 1) return { kind: 'doubtful', recordIds: ids, by: rule.by };
  }
  return { kind: 'none' };
}

function found(
  statements: Statements,
  { integration, type, exclusive }: MatchScope,
  rule: MatchRule,
  value: string,
  values: Readonly<Record<string, Cell>>,
): string[] {
  const domain = rule.by === 'domain' ? hostOf(value) : null;
  if (rule.by === 'domain' && domain === null) return [];
  // A vendor that does not tell whose row it is (a learner's company) is answered from all of them.
  const within = rule.within === undefined ? undefined : values[rule.within];
  const conditions = [
    domain === null ? `"${rule.field}" = ?` : `"${rule.field}" LIKE ? ESCAPE '\\'`,
    'gone_at IS NULL',
    ...(within === undefined ? [] : [`"${rule.within}" IS ?`]),
    ...(exclusive
      ? [
          `NOT EXISTS (SELECT 1 FROM links WHERE links.integration = ? AND links.type = ? AND links.record_id = "${type}"."id")`,
        ]
      : []),
  ];
  const rows = statements
    .sql(`SELECT "id", "${rule.field}" AS value FROM "${type}" WHERE ${conditions.join(' AND ')}`)
    .all(
      domain === null ? value : `%${domain.replace(/[\\%_]/g, '\\$&')}%`,
      ...(within === undefined ? [] : [within]),
      ...(exclusive ? [integration, type] : []),
    ) as { id: string; value: string }[];
  return rows.filter((row) => domain === null || hostOf(row.value) === domain).map(({ id }) => id);
}

/** `https://www.Acme.example/about` and `acme.example` are one place. */
function hostOf(address: string): string | null {
  const url = URL.parse(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  return url === null || !url.hostname.includes('.') ? null : url.hostname.replace(/^www\./, '');
}
