/** What may be written, by the manifest. The same rules for forms, commands and whatever other programs put into the outbox. */

import type { Manifest, Options, RecordTypeSpec } from '../../connector/manifest.ts';
import type { FieldValues } from '../../connector/writer.ts';
import type { Change } from '../../portal/change.ts';
import { portalFieldOf, type RecordTypeDefinition } from '../../portal/records/define.ts';
import { definitionOf } from '../../portal/records/index.ts';

export interface Problem {
  /** Field name, as people give it: `companyId` for the vendor's id of the company; empty: the change as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Everything that keeps a change from being sent; empty when nothing does. */
export function problemsOf(
  change: Pick<Change, 'kind' | 'fields'>,
  spec: RecordTypeSpec,
  { name, options }: Pick<Manifest, 'name' | 'options'>,
  chosen: Options,
): Problem[] {
  const { writes } = spec;
  const definition = definitionOf(spec.type);
  const plural = definition.label.toLowerCase();
  const whole = (message: string): Problem[] => [{ path: '', message }];
  if (writes === undefined) return whole(`${name}: ${plural} are only read, never written.`);
  if (writes.optIn !== undefined && chosen[writes.optIn] !== true) {
    const option = options.find(({ key }) => key === writes.optIn);
    return whole(
      `${name}: writing ${plural} is switched off. Switch on "${option?.label ?? writes.optIn}" in its options.`,
    );
  }
  if (change.kind === 'note') return noteProblems(change.fields, writes.notes === true, name, plural);
  const allowed = change.kind === 'create' ? writes.create : writes.update;
  if (allowed === undefined) {
    const reasons = Object.keys(change.fields).flatMap((field) => writes.readOnly[field] ?? []);
    const what = change.kind === 'create' ? 'created' : 'changed';
    return whole([`${name}: ${plural} cannot be ${what} from here.`, ...new Set(reasons)].join(' '));
  }
  const given = Object.entries(change.fields);
  if (given.length === 0) return whole('There is nothing to change: no field is given.');
  const problems: Problem[] = given
    .filter(([field]) => !allowed.fields.includes(field))
    .map(([field]) => ({
      path: field,
      message: whyNot(field, writes.readOnly, definition, name),
    }));
  for (const [field, value] of given) {
    if (!allowed.fields.includes(field)) continue;
    const issue = definition.source.shape[field]?.safeParse(value).error?.issues[0];
    if (issue !== undefined) problems.push({ path: field, message: issue.message });
  }
  const creates = change.kind === 'create';
  for (const field of writes.create?.required ?? []) {
    const absent = (change.fields[field] ?? '') === '';
    if (!absent || !(creates || field in change.fields)) continue;
    const message = creates
      ? `${name} needs it for a new ${definition.singular}.`
      : `No ${definition.singular} of ${name} is without it; it cannot be emptied.`;
    problems.push({ path: namedBy(definition, field), message });
  }
  return problems;
}

/** Other records are named by the portal's id of them; the vendor's stands in the change only. */
function namedBy({ references }: RecordTypeDefinition, field: string): string {
  const reference = references.find(({ from }) => from === field);
  return reference === undefined ? field : portalFieldOf(reference);
}

function whyNot(
  field: string,
  reasons: Readonly<Record<string, string>>,
  { schema, label, references }: RecordTypeDefinition,
  name: string,
): string {
  const follows = references.find(({ copy, fill }) => field in (copy ?? {}) || field in (fill ?? {}));
  const instead = follows === undefined ? '' : ` Change ${portalFieldOf(follows)} instead.`;
  if (reasons[field] !== undefined) return `It cannot be changed from here. ${reasons[field]}${instead}`;
  return field in schema.shape
    ? `${name} does not let it be changed from here.`
    : `There is no such field in ${label.toLowerCase()}.`;
}

function noteProblems(fields: FieldValues, offered: boolean, name: string, plural: string): Problem[] {
  if (!offered) return [{ path: '', message: `${name}: notes cannot be added to ${plural} from here.` }];
  const { text, private: hidden = true, ...rest } = fields;
  const problems: Problem[] = Object.keys(rest).map((path) => ({ path, message: 'A note has text and private only.' }));
  if (typeof text !== 'string' || text.trim() === '') problems.push({ path: 'text', message: 'A note needs a text.' });
  if (typeof hidden !== 'boolean') problems.push({ path: 'private', message: 'Say true or false.' });
  return problems;
}
