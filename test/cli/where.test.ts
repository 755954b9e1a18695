import { expect, test } from 'vitest';
import { parseWhere } from '../../src/cli/where.ts';

test('fields, operators and values by the type of the field', () => {
  expect(
    parseWhere('tickets', [
      'status=Open,title~printer',
      'updatedAt>2026-01-01',
      'isClosed=no, hoursActual>=1.5,assignedTo=',
    ]),
  ).toEqual([
    { field: 'status', op: '=', value: 'Open' },
    { field: 'title', op: 'contains', value: 'printer' },
    { field: 'updatedAt', op: '>', value: '2026-01-01T00:00:00.000Z' },
    { field: 'isClosed', op: '=', value: false },
    { field: 'hoursActual', op: '>=', value: 1.5 },
    { field: 'assignedTo', op: '=', value: null },
  ]);
});

test('a value may hold operators, and commas behind a backslash', () => {
  expect(parseWhere('tickets', ['title=a>=b', 'companyName=Smith\\, Jones'])).toEqual([
    { field: 'title', op: '=', value: 'a>=b' },
    { field: 'companyName', op: '=', value: 'Smith, Jones' },
  ]);
});

test.each([
  ['status', 'is no condition'],
  ['statsu=Open', 'tickets have no field "statsu". Did you mean "status"?'],
  ['isClosed=maybe', 'isClosed is true or false'],
  ['hoursActual>many', 'hoursActual is a number'],
  ['updatedAt>yesterday', 'updatedAt is a time'],
  ['updatedAt>2026-13-45', 'updatedAt is a time'],
  ['constructor=1', 'no field "constructor"'],
])('%s is refused: %s', (expression, message) => {
  expect(() => parseWhere('tickets', [expression])).toThrow(message);
});
