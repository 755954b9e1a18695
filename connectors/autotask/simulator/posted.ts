/** What is posted, held against the metadata of the entity: unknown and read-only fields, types, lengths, picklists, references. */
import { refuse } from './answers.ts';
import type { Entity, Field } from './entities.ts';
import { fieldNamed } from './filter.ts';
import type { Instance } from './instance.ts';
import type { Value } from './rows.ts';
import { timeOf } from './times.ts';

export type Values = Record<string, Value>;
export type Mode = 'create' | 'patch' | 'put';

/** The posted fields under their own names. @throws Refusal in the vendor's words */
export function validated(instance: Instance, entity: Entity, body: unknown, mode: Mode): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refuse('The request body must be one object.');
  const values: Values = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.toLowerCase() === 'userdefinedfields') {
      values.userDefinedFields = userDefined(entity, value);
      continue;
    }
    const field = fieldNamed(entity, name);
    if (field.name === 'id' && mode === 'create') continue;
    if (mode === 'create' && value === null) throw refuse('Object reference not set to an instance of an object.');
    if (field.readOnly && field.name !== 'id') throw refuse(`The field ${field.name} is read-only.`);
    values[field.name] = acceptable(instance, entity, field, value);
  }
  const lacking = entity.fields.find(
    ({ name, required, readOnly }) =>
      required &&
      !readOnly &&
      name !== 'ticketID' &&
      (values[name] ?? null) === null &&
      (mode !== 'patch' || name in values),
  );
  if (lacking !== undefined) throw refuse(`Missing Required Field: ${lacking.name}`);
  return values;
}

function acceptable(instance: Instance, entity: Entity, field: Field, value: unknown): Value {
  if (value === null) return null;
  const fits =
    field.type === 'boolean'
      ? typeof value === 'boolean'
      : field.type === 'integer' || field.type === 'double'
        ? typeof value === 'number'
        : typeof value === 'string';
  if (!fits) {
    const start = String(value).slice(0, 1);
    throw refuse(`Unexpected character encountered while parsing value: ${start}. Path '${field.name}'.`);
  }
  if (field.type === 'string' && field.length > 0 && String(value).length > field.length) {
    throw refuse(`The value of ${field.name} is longer than ${field.length} characters.`);
  }
  if (field.type === 'datetime' && timeOf(String(value)) === null) throw refuse(`${field.name} is not a date.`);
  if (field.picklist) {
    const known = instance.picklists(entity.name)[field.name]?.find((each) => each.value === String(value));
    if (!known?.isActive) throw refuse(`Picklist value [${String(value)}] does not exist for ${field.name}.`);
  }
  if (field.reference !== null && !refersToActive(instance, field.reference, Number(value))) {
    const type = field.reference.replace(/ies$/, 'y').replace(/s$/, '');
    throw refuse(`Reference value on field: ${field.name} of type: ${type} does not exist or is invalid.`);
  }
  return value as Value;
}

function refersToActive(instance: Instance, entity: string, id: number): boolean {
  const row = instance.table(entity).get(id);
  // A company may be inactive and still have work done for it.
  return row !== undefined && (entity === 'Companies' || (row.isActive !== false && row.isActive !== 0));
}

function userDefined(entity: Entity, posted: unknown): Value {
  const given = Array.isArray(posted) ? (posted as { name?: unknown; value?: unknown }[]) : [];
  return given.map(({ name, value }) => {
    if (!entity.hasUserDefinedFields || String(name).toLowerCase() !== 'portal reference') {
      throw refuse(`Unable to find ${String(name)} in the ${entity.name} Entity.`);
    }
    return { name: 'Portal reference', value: value === null ? null : String(value) };
  });
}

/** The ones posted over the ones there. */
export function withUserDefined(present: Value, posted: Value | undefined): Value {
  const [before, after] = [present, posted ?? []].map((list) => (Array.isArray(list) ? list : []));
  return before?.map((field) => after?.find(({ name }) => name === field.name) ?? field) ?? [];
}

/** White space folded in one-line texts, other line ends in long ones. */
export function rewritten(values: Values): Values {
  const texts = Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    const isLong = name === 'description' || name === 'resolution';
    return [name, isLong ? value.trim().replaceAll(/\r?\n/g, '\r\n') : value.trim().replaceAll(/\s+/g, ' ')];
  });
  return Object.fromEntries(texts);
}
