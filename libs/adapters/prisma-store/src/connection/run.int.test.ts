import { expect, test } from 'vitest';
import { claim, message, scenario } from '../testing/scenario.ts';

test('statements that were prepared before a migration changed their tables go on, on every connection', async () => {
  const { store, sql } = await scenario({ poolSize: 8 });
  const staged = async () => {
    const given = message({ content: { kind: 'staged', chunks: 1 } });
    await store.accept.stage(given.id, 0, Buffer.from('x'));
    await store.accept.accept([given]);
  };
  const all = () =>
    Promise.all(Array.from({ length: 8 }, () => [claim(store), staged(), store.accept.accept([message()])]).flat());
  await all();
  await sql('alter table messages alter column size_octets type bigint');
  await sql('alter table staged_messages alter column message_id type text');
  await sql('alter table staged_messages alter column message_id type uuid using message_id::uuid');
  await all();
  await store.accept.accept([message({ sizeOctets: 123 })]);
  const { messages } = await claim(store);
  expect(messages.map(({ sizeOctets }) => sizeOctets)).toContain(123);
});
