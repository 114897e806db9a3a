import { ROUTES } from '@postern/admin-contract';
import { describe, expect, it } from 'vitest';
import { readQuery, searchPath } from './search-of.ts';

describe("a page's address", () => {
  const defaults = { show: 'waiting', sort: 'depth', order: 'descending', limit: 50 };

  it('is read with the defaults of the route where it says nothing', () => {
    expect(readQuery(ROUTES.listQueues, {})).toEqual(defaults);
  });

  it('keeps what the route takes and leaves out what it would refuse', () => {
    expect(readQuery(ROUTES.listQueues, { sort: 'name', kind: 'castle', limit: '9999', name: 'mx' })).toEqual({
      ...defaults,
      sort: 'name',
      order: 'descending',
      name: 'mx',
    });
  });

  it('leaves out fields that are none of the route, given twice, or empty', () => {
    expect(readQuery(ROUTES.listQueues, { __proto__x: '1', sort: ['name', 'oldest'], name: '' })).toEqual(defaults);
  });

  it('is written without what is as by default', () => {
    expect(searchPath('/queues', { sort: 'name', show: 'waiting', name: 'a&b', cursor: undefined }, defaults)).toBe(
      '/queues?sort=name&name=a%26b',
    );
    expect(searchPath('/queues', { sort: 'depth' }, defaults)).toBe('/queues');
  });
});
