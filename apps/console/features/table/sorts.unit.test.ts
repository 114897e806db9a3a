import { expect, test } from 'vitest';
import { sortsOf } from './sorts.ts';

const path = ({ sort, order }: { readonly sort: string; readonly order: string }) =>
  `/list?sort=${sort}&order=${order}`;
const COLUMNS = { name: ['name', 'ascending'], since: ['created', 'descending'] } as const;

test('a column by which a list is sorted leads to the other way round, another one to its own first order', () => {
  const sorts = sortsOf({ sort: 'name', order: 'ascending' }, COLUMNS, path);
  expect(sorts['name']).toMatchObject({ chosen: true, order: 'ascending', href: '/list?sort=name&order=descending' });
  expect(sorts['since']).toMatchObject({ chosen: false, href: '/list?sort=created&order=descending' });
});

test('turned round, a column leads back', () => {
  const sorts = sortsOf({ sort: 'name', order: 'descending' }, COLUMNS, path);
  expect(sorts['name']).toMatchObject({ order: 'descending', href: '/list?sort=name&order=ascending' });
});
