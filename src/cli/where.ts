/**
 * `--where` expressions: `status=Open,title~printer,updatedAt>2026-01-01`, or a filter as it is typed on the screen:
 * `'printer !toner status:open updated<7d'`.
 */
import type { Condition } from '../portal/query.ts';
import { conditionOf, parseFilter } from '../portal/records/filter.ts';
import { definitionOf, type RecordType } from '../portal/records/index.ts';
import type { Relation } from '../text/filter.ts';
import { UsageError } from './exit.ts';

/** All conditions of all expressions; all must hold. Throws UsageError that names what would be right. */
export function parseWhere(type: RecordType, expressions: readonly string[], now = Date.now()): Condition[] {
  const definition = definitionOf(type);
  return expressions.flatMap((expression) => {
    // A comma that belongs to a value is written with a backslash.
    const parts = expression.split(/(?<!\\),/).map((part) => comparison.exec(part.replaceAll('\\,', ',')));
    if (parts.every((part) => part !== null)) {
      return parts.map(([, field = '', sign = '=', value = '']) => {
        const relation = (sign.endsWith('~') ? ':' : sign) as Relation;
        return checked(
          conditionOf({ field, relation, not: sign === '!~', value: unquoted(value.trim()) }, definition, now),
        );
      });
    }
    const filter = parseFilter(expression, definition, now);
    return filter.ok ? filter.where : checked(filter.problem);
  });
}

const comparison = /^\s*([A-Za-z]\w*)\s*(!=|!~|<=|>=|=|~|<|>)(.*)$/s;

/** `title="two words"`, as in a filter on the screen. */
const unquoted = (value: string): string => /^"([^"]*)"$/.exec(value)?.[1] ?? value;

function checked(condition: Condition | string): Condition {
  if (typeof condition === 'string') throw new UsageError(condition);
  return condition;
}
