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
  expect(parseWhere('tickets', ['title="Two words"'])).toEqual([{ field: 'title', op: '=', value: 'Two words' }]);
});

test('what is typed on the screen is understood here too; ages count back from now', () => {
  const now = Date.parse('2026-03-08T00:00:00Z');
  expect(parseWhere('tickets', ['printer !toner status:open updated<7d'], now)).toEqual([
    { op: 'text', value: 'printer' },
    { op: '!text', value: 'toner' },
    { field: 'status', op: 'contains', value: 'open' },
    { field: 'updatedAt', op: '>', value: '2026-03-01T00:00:00.000Z' },
  ]);
  expect(parseWhere('tickets', ['updatedAt>7d'], now)).toEqual([
    { field: 'updatedAt', op: '<', value: '2026-03-01T00:00:00.000Z' },
  ]);
});

test.each([
  ['statsu=Open', 'Tickets have no field "statsu". Did you mean "status"?'],
  ['isClosed=maybe', 'isClosed is yes or no'],
  ['hoursActual>many', 'hoursActual is a number'],
  ['updatedAt>yesterday', 'updatedAt is a time'],
  ['updatedAt>2026-13-45', 'updatedAt is a time'],
  ['constructor=1', 'no field "constructor"'],
])('%s is refused: %s', (expression, message) => {
  expect(() => parseWhere('tickets', [expression])).toThrow(message);
});
