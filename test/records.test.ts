import { expect, test } from 'vitest';
import { recordTypeNames, recordTypes } from '../src/portal/records/index.ts';

test.each(recordTypeNames)('%s: columns, titles and references name fields of the schema', (type) => {
  const definition = recordTypes[type];
  const fields = Object.keys(definition.schema.shape);
  for (const name of [...Object.keys(definition.columns), ...definition.title]) expect(fields).toContain(name);
  for (const reference of definition.references) expect(fields).toContain(reference.from);
});
