import { expect } from 'vitest';
import { test } from './testing/terminal.ts';

test('a source is added, changed in what is said and nothing else, shown, and removed with a reason', async ({
  terminal: { json, run, store },
}) => {
  await json('source', 'add', 'out1', '--address', '192.0.2.1', '--ehlo', 'out1.example.org', '--warm-up', '50,100');
  const changed = await json(
    'source',
    'update',
    'out1',
    '--weight',
    '3',
    '--pool',
    'bulk',
    '--reason',
    'a faster line',
  );
  expect(changed).toMatchObject({ weight: 3, pool: 'bulk', warmUp: [50, 100], ehloName: 'out1.example.org' });
  expect(await json('source', 'update', 'out1', '--warm-up', 'none')).toMatchObject({ warmUp: [], todayPerSite: null });
  expect(await json('source', 'show', 'out1')).toMatchObject({ weight: 3, addresses: ['192.0.2.1'] });
  expect(await run('source', 'update', 'out1')).toMatchObject({
    exit: 2,
    err: expect.stringContaining('nothing to change'),
  });
  expect(await run('source', 'update', 'out2', '--weight', '3')).toMatchObject({ exit: 1 });
  await json('source', 'remove', 'out1', '--reason', 'it moved');
  const { rows } = await store.pool.query(
    'select action, reason from audit_entries where reason is not null order by id',
  );
  expect(rows).toEqual([
    { action: 'source.update', reason: 'a faster line' },
    { action: 'source.remove', reason: 'it moved' },
  ]);
});
