import { expect, test } from 'vitest';
import { nameParts } from '../../../connectors/autotask/resource-name.ts';

const maryAnn = { firstName: 'Mary Ann', middleName: 'L', lastName: 'Smith' };

test.each([
  ['Mary Ann L Jones', maryAnn, ['Mary Ann', 'L', 'Jones']],
  ['Mary Ann Jones', maryAnn, ['Mary Ann', '', 'Jones']],
  ['Mary Ann L van Dyke', maryAnn, ['Mary Ann', 'L', 'van Dyke']],
  ['Anna Marie Smith', maryAnn, ['Anna Marie', '', 'Smith']],
  ['Kim   Tester ', maryAnn, ['Kim', '', 'Tester']],
  ['Kim van Dyke', {}, ['Kim', '', 'van Dyke']],
  ['Mary Annabel Smith', { ...maryAnn, middleName: null }, ['Mary Annabel', '', 'Smith']],
])('%s over %o', (fullName, present, [firstName, middleName, lastName]) => {
  expect(nameParts(fullName, present)).toEqual({ firstName, middleName, lastName });
});

test.each(['', '  ', 'Kim', 'Smith'])('"%s" is no name for a resource', (fullName) => {
  expect(nameParts(fullName, maryAnn)).toBeNull();
});
