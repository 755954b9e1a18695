/** Turns the vendor's ids of other records into what the portal has for them. */
import type { HoldReason } from '../../connector/source-item.ts';
import type { Reference } from '../records/define.ts';
import { definitionOf, type RecordType, recordTypeNames } from '../records/index.ts';
import type { Statements } from './statements.ts';
import type { Cell, Row } from './tables.ts';

export type Resolution =
  | {
      readonly kind: 'resolved';
      /** What the references set, over and above what the vendor told. */
      readonly values: Readonly<Record<string, Cell>>;
      /** False: a reference that may be missing is missing now; a later look may find it. */
      readonly complete: boolean;
    }
  | {
      readonly kind: 'held';
      readonly reason: HoldReason;
      readonly detail: string;
      readonly wants: { readonly type: RecordType; readonly externalId: string };
    };

/**
 * `told`: the vendor's fields, encoded; absent ones were not told. `present`: the row as the portal has it, if it does.
 */
export function resolve(
  statements: Statements,
  integration: string,
  type: RecordType,
  told: Readonly<Record<string, Cell>>,
  present: Row | null,
): Resolution {
  const values: Record<string, Cell> = {};
  let complete = true;
  for (const reference of definitionOf(type).references) {
    const isTold = told[reference.from] !== undefined;
    const blanks = Object.keys(reference.fill ?? {}).some((field) => told[field] === null);
    if (!isTold && !blanks) continue;
    const before = present?.[reference.from] ?? null;
    const named = isTold ? (told[reference.from] ?? null) : before;
    const other = named === null ? null : find(statements, integration, reference, String(named));
    if (isTold) {
      if (named !== null && other === null) {
        if (reference.missing === 'hold') return held(type, reference, String(named));
        complete = false;
      }
      if (reference.into !== undefined) values[reference.into] = other?.id ?? null;
      for (const [field, from] of Object.entries(reference.copy ?? {})) values[field] = other?.[from] ?? null;
    }

    const moved = present !== null && before !== named;
    for (const [field, from] of Object.entries(reference.fill ?? {})) {
      const said = told[field];
      if (typeof said === 'string' || typeof said === 'number') continue;
      // Not told: what the portal has stands, unless it came from the record that was referred to before.
      if (said === null || moved || (present?.[field] ?? null) === null) values[field] = other?.[from] ?? null;
    }
  }
  return { kind: 'resolved', values, complete };
}

function find(statements: Statements, integration: string, reference: Reference, externalId: string): Row | null {
  const fields = new Set(['id', ...Object.values(reference.copy ?? {}), ...Object.values(reference.fill ?? {})]);
  const columns = [...fields].map((field) => `other."${field}"`).join(', ');
  const row = statements
    .sql(
      `SELECT ${columns} FROM links JOIN "${reference.to}" AS other ON other."id" = links.record_id
       WHERE links.integration = ? AND links.type = ? AND links.external_id = ?`,
    )
    .get(integration, reference.to, externalId);
  return (row as Row | undefined) ?? null;
}

/** Why a row waits that needs a record of this type. */
export const missingReason = (type: RecordType): HoldReason =>
  type === 'companies' ? 'company-not-imported' : 'reference-missing';

function held(type: RecordType, reference: Reference, externalId: string): Resolution {
  const to = reference.to as RecordType;
  const wants = { type: to, externalId };
  const self = definitionOf(type).singular;
  const other = definitionOf(to).singular;
  return {
    kind: 'held',
    reason: missingReason(to),
    detail: `The ${self} belongs to ${other} ${externalId}, which is not in the portal. Sync that ${other}, and the ${self} follows by itself.`,
    wants,
  };
}

interface Dependent {
  readonly sql: string;
  readonly from: string;
}
const dependents = new Map<RecordType, readonly Dependent[]>();

/** Copies of a record's fields in other records follow it, in the same transaction. */
export function follow(
  statements: Statements,
  type: RecordType,
  id: string,
  changed: Readonly<Record<string, Cell>>,
): void {
  for (const { sql, from } of dependentsOf(type)) {
    const value = changed[from];
    if (value !== undefined) statements.sql(sql).run(value, id, value);
  }
}

function dependentsOf(type: RecordType): readonly Dependent[] {
  let found = dependents.get(type);
  if (found === undefined) {
    found = copiesOf(type, (into) => `"${into}" = ?`);
    dependents.set(type, found);
  }
  return found;
}

/** `refers`: the condition on a reference column by which a row refers to the record. Copies of copies are among them. */
function copiesOf(type: RecordType, refers: (into: string) => string): Dependent[] {
  return recordTypeNames.flatMap((owner) =>
    definitionOf(owner).references.flatMap(({ to, into, copy = {} }) => {
      if (to !== type || into === undefined) return [];
      const further = copiesOf(owner, (next) => `"${next}" IN (SELECT "id" FROM "${owner}" WHERE ${refers(into)})`);
      return Object.entries(copy).flatMap(([field, from]) => [
        // BINARY: a change of case is a change.
        {
          from,
          sql: `UPDATE "${owner}" SET "${field}" = ? WHERE ${refers(into)} AND "${field}" COLLATE BINARY IS NOT ?`,
        },
        ...further.filter((copied) => copied.from === field).map(({ sql }) => ({ from, sql })),
      ]);
    }),
  );
}

/**
 * Records that were taken although they referred to one that was not there yet get it now. `row`: the record that
 * is linked from now on, encoded, with its id.
 */
export function resolveLate(
  statements: Statements,
  integration: string,
  type: RecordType,
  externalId: string,
  row: Row,
): void {
  for (const { owner, from, into, missing, copy } of referencesTo(type)) {
    if (missing === 'hold') continue;
    set(statements, owner, { into, copy }, row, `"provider" = ? AND "${from}" = ? AND "${into}" IS NULL`, [
      integration,
      externalId,
    ]);
  }
}

/** Whatever refers to this row of the vendor refers to this record from now on. */
export function pointTo(
  statements: Statements,
  integration: string,
  type: RecordType,
  externalId: string,
  row: Row,
): void {
  for (const { owner, from, into, copy } of referencesTo(type)) {
    set(statements, owner, { into, copy }, row, `"provider" = ? AND "${from}" = ?`, [integration, externalId]);
  }
}

/** Whatever refers to the record `id` refers to this one from now on. */
export function copyTo(statements: Statements, type: RecordType, id: string, row: Row): void {
  for (const { owner, into, copy } of referencesTo(type)) {
    set(statements, owner, { into, copy }, row, `"${into}" = ?`, [id]);
  }
}

interface ReferenceTo extends Pick<Reference, 'from' | 'missing'> {
  readonly owner: RecordType;
  readonly into: string;
  readonly copy: Readonly<Record<string, string>>;
}
const references = new Map<RecordType, readonly ReferenceTo[]>();

/** Asked for with every row that is linked. */
function referencesTo(type: RecordType): readonly ReferenceTo[] {
  let found = references.get(type);
  if (found === undefined) {
    found = recordTypeNames.flatMap((owner) =>
      definitionOf(owner).references.flatMap(({ from, to, into, missing, copy = {} }) =>
        to === type && into !== undefined ? [{ owner, from, into, missing, copy }] : [],
      ),
    );
    references.set(type, found);
  }
  return found;
}

/** Points rows at `row` and copies what they copy from it. */
function set(
  statements: Statements,
  owner: RecordType,
  { into, copy }: { into: string; copy: Readonly<Record<string, string>> },
  row: Row,
  where: string,
  values: readonly Cell[],
): void {
  const columns: Record<string, Cell> = { [into]: row.id ?? null };
  for (const [field, source] of Object.entries(copy)) columns[field] = row[source] ?? null;
  const assignments = Object.keys(columns).map((field) => `"${field}" = ?`);
  statements
    .sql(`UPDATE "${owner}" SET ${assignments.join(', ')} WHERE ${where}`)
    .run(...Object.values(columns), ...values);
}
