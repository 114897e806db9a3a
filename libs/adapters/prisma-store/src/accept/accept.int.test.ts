import { randomBytes } from 'node:crypto';
import { StoreUnavailable } from '@postern/queue';
import { expect, test } from 'vitest';
import { chunksOf, claim, message, messageTo, scenario } from '../testing/scenario.ts';

test('what is known of a message is stored with it', async () => {
  const { store, sql } = await scenario();
  const given = message({
    origin: {
      listener: 'relay',
      clientAddress: '2001:db8::1',
      clientName: '[IPv6:2001:db8::1]',
      credentialId: '01890a5d-ac96-774b-bcce-b302099a8057',
      networkId: undefined,
      tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
    },
    smtpUtf8: true,
    body: '8BITMIME',
    subject: 'Grüße\0 🙂',
    traceFields: Buffer.from('Received: x\r\n'),
  });
  await store.accept.accept([given]);
  const [row] = await sql('select * from messages');
  expect(row).toMatchObject({
    id: given.id,
    accepted_at: given.acceptedAt,
    listener: 'relay',
    client_address: '2001:db8::1',
    credential_id: '01890a5d-ac96-774b-bcce-b302099a8057',
    network_id: null,
    tls_protocol: 'TLSv1.3',
    smtp_utf8: true,
    body: '8BITMIME',
    subject: 'Grüße\uFFFD 🙂',
    recipients: 1,
    trace_fields: given.traceFields,
  });
});

test('a batch is accepted whole or not at all', async () => {
  const { store, sql } = await scenario();
  const [first, second] = [message(), message()];
  await store.accept.accept([first]);
  await expect(store.accept.accept([second, messageTo(3), first])).rejects.toThrow();
  const counts = await sql(`
    select (select count(*)::int from messages) as messages, (select count(*)::int from recipients) as recipients,
      (select count(*)::int from contents) as contents, (select count(*)::int from waiting_recipients) as waiting,
      (select sum(accepted)::int from queue_changes) as accepted`);
  expect(counts).toEqual([{ messages: 1, recipients: 1, contents: 1, waiting: 1, accepted: 1 }]);
});

test('batches of any size go through one prepared statement', async () => {
  const { store, sql } = await scenario({ poolSize: 1 });
  for (const size of [1, 2, 64, 7, 300]) await store.accept.accept(Array.from({ length: size }, () => message()));
  expect(await sql('select count(*)::int as messages from messages')).toEqual([{ messages: 374 }]);
});

test("a staged content is nobody's until it is accepted, and then the message's in order", async () => {
  const { store } = await scenario();
  const given = message({ content: { kind: 'staged', chunks: 4 }, sizeOctets: 4_000_000 });
  const chunks = Array.from({ length: 4 }, () => randomBytes(1_000_000));
  for (const [index, octets] of chunks.entries()) await store.accept.stage(given.id, index, octets);
  expect((await claim(store)).recipients).toBe(0);
  await store.accept.accept([given, message()]);
  const claimed = await claim(store);
  expect(claimed.messages.find(({ id }) => id === given.id)?.content).toBeUndefined();
  const read: Buffer[] = [];
  for await (const octets of store.delivery.readContent(given.id)) read.push(octets);
  expect(Buffer.concat(read).equals(Buffer.concat(chunks))).toBe(true);
});

test('a message whose staged content is not there whole is not accepted, nor what came with it', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const given = message({ content: { kind: 'staged', chunks: 3 } });
  for (const chunk of [0, 1, 2]) await store.accept.stage(given.id, chunk, Buffer.from('x'));
  await sql('delete from contents where chunk = 1');
  await expect(store.accept.accept([message(), given])).rejects.toThrow(StoreUnavailable);
  expect(await sql('select count(*)::int as messages from messages')).toEqual([{ messages: 0 }]);
  await store.accept.discard(given.id);
  expect(await chunksOf(about, given.id)).toBe(0);
});

test('a discarded message cannot be accepted, nor get more chunks', async () => {
  const about = await scenario();
  const given = message({ content: { kind: 'staged', chunks: 2 } });
  await about.store.accept.stage(given.id, 0, Buffer.from('x'));
  await about.store.accept.discard(given.id);
  await about.store.accept.stage(given.id, 1, Buffer.from('y'));
  expect(await chunksOf(about, given.id)).toBe(0);
  await expect(about.store.accept.accept([given])).rejects.toThrow(StoreUnavailable);
});

test('discarding a message that was accepted after all leaves its content', async () => {
  const about = await scenario();
  const given = message({ content: { kind: 'staged', chunks: 1 } });
  await about.store.accept.stage(given.id, 0, Buffer.from('x'));
  await about.store.accept.accept([given]);
  await about.store.accept.discard(given.id);
  expect(await chunksOf(about, given.id)).toBe(1);
});

test('a chunk staged twice, since the first answer was lost, is stored once', async () => {
  const about = await scenario();
  const given = message({ content: { kind: 'staged', chunks: 2 } });
  for (const chunk of [0, 0, 1, 1]) await about.store.accept.stage(given.id, chunk, Buffer.from('x'));
  expect(await chunksOf(about, given.id)).toBe(2);
  await about.store.accept.accept([given]);
});

test('what was staged long ago and never accepted is forgotten, and nothing else', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const old = Array.from({ length: 45 }, () => message());
  for (const { id } of old) await store.accept.stage(id, 0, Buffer.from('x'));
  await sql(`update staged_messages set started_at = now() - interval '2 hours'`);
  const fresh = message();
  await store.accept.stage(fresh.id, 0, Buffer.from('x'));
  const accepted = message();
  await store.accept.accept([accepted]);
  expect(await store.accept.discardAbandoned(3_600_000)).toBe(45);
  expect(await sql('select count(*)::int as chunks from contents')).toEqual([{ chunks: 2 }]);
  expect(await store.accept.discardAbandoned(3_600_000)).toBe(0);
});

test('a content that is not there is a fault, never an end', async () => {
  const { store } = await scenario();
  const read = store.delivery.readContent(message().id)[Symbol.asyncIterator]();
  await expect(read.next()).rejects.toThrow(StoreUnavailable);
});
