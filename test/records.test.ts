import { expect, test } from 'vitest';
import { labelOf, recordTypeNames, recordTypes } from '../src/portal/records/index.ts';

test.each(recordTypeNames)('%s: columns, titles and references name fields of the schema', (type) => {
  const definition = recordTypes[type];
  const fields = Object.keys(definition.schema.shape);
  for (const name of [...Object.keys(definition.columns), ...definition.title]) expect(fields).toContain(name);
  for (const reference of definition.references) expect(fields).toContain(reference.from);
});

test('names and definitions are of the same types, in an order in which each comes after what it refers to', () => {
  expect([...recordTypeNames].sort()).toEqual(Object.keys(recordTypes).sort());
  for (const [index, type] of recordTypeNames.entries()) {
    expect(labelOf(type)).toBe(recordTypes[type].label);
    for (const { to } of recordTypes[type].references) expect(recordTypeNames.slice(0, index)).toContain(to);
  }
});
