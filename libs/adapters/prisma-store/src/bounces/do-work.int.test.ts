import { readReport } from '@postern/dsn';
import type { Disposition, NewMessage } from '@postern/queue';
import { expect, test } from 'vitest';
import { bounce, work } from '../testing/bounces.ts';
import { chunksOf, claim, message, messageTo, outcomes, recipient, scenario } from '../testing/scenario.ts';

test('one DSN tells of all recipients that failed, and is an ordinary message from nobody', async () => {
  const about = await scenario();
  const given = messageTo(3, { envid: 'E1', subject: 'Hello' });
  await bounce(about, given);
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
  const [dsn] = await about.sql<{
    id: string;
    reverse_path: string;
    listener: string;
    forward_path: string;
    octets: Buffer;
  }>(
    `select m.id, reverse_path, listener, forward_path, octets from messages m join recipients r on r.message_id = m.id
     join contents c on c.message_id = m.id where m.id <> $1`,
    [given.id],
  );
  expect(dsn).toMatchObject({ reverse_path: '', listener: 'internal', forward_path: 'sender@example.org' });
  expect(readReport(dsn?.octets ?? Buffer.alloc(0))).toMatchObject({
    kind: 'dsn',
    envelopeId: 'E1',
    recipients: [1, 2, 3].map((number) => ({
      finalRecipient: `rcpt${number}@example.com`,
      action: 'failed',
      status: '5.1.1',
      diagnostic: '550 5.1.1 no such user',
    })),
  });
  expect(await work(about)).toEqual({ messages: 0, dsns: 0 });
  expect(await chunksOf(about, given.id)).toBe(0);
});

test('two that do the work at the same time tell the sender once', async () => {
  const about = await scenario();
  await bounce(about, message(), message(), message());
  await Promise.all([work(about), work(about), work(about)]);
  await work(about);
  expect(await about.sql(`select count(*)::int as dsns from messages where listener = 'internal'`)).toEqual([
    { dsns: 3 },
  ]);
});

test.each<[string, Partial<NewMessage>]>([
  ['the null reverse-path', { reversePath: '' }],
  ['NOTIFY=NEVER', { recipients: [recipient({ notify: [] })] }],
  ['NOTIFY=SUCCESS', { recipients: [recipient({ notify: ['SUCCESS'] })] }],
])('nobody is told about a failure of mail with %s, and its content goes', async (_, change) => {
  const about = await scenario();
  const given = message(change);
  await bounce(about, given);
  expect(await work(about)).toEqual({ messages: 1, dsns: 0 });
  expect(await chunksOf(about, given.id)).toBe(0);
});

test('a DSN that bounces leads to no DSN', async () => {
  const about = await scenario();
  await bounce(about, message());
  expect(await work(about)).toMatchObject({ dsns: 1 });
  await about.store.delivery.record(outcomes(await claim(about.store), { kind: 'bounced' }));
  expect(await work(about)).toEqual({ messages: 1, dsns: 0 });
  expect(await about.sql('select count(*)::int as messages from messages')).toEqual([{ messages: 2 }]);
});

test('whom DSNs go to is set for each credential: an address, or nobody', async () => {
  const about = await scenario();
  const [off, other] = ['018f3b3e-0000-7000-8000-000000000001', '018f3b3e-0000-7000-8000-000000000002'];
  await about.sql(
    `insert into bounce_settings (credential_id, dsn) values ($1, 'off'), ($2, 'postmaster@example.org')`,
    [off, other],
  );
  const from = (credentialId: string | undefined) => message({ origin: { ...message().origin, credentialId } });
  await bounce(about, from(off), from(other));
  expect(await work(about)).toMatchObject({ messages: 2, dsns: 1 });
  expect(
    await about.sql(
      `select forward_path from recipients r join messages m on m.id = r.message_id where listener = 'internal'`,
    ),
  ).toEqual([{ forward_path: 'postmaster@example.org' }]);
});

test('a DSN waits for the recipients of its message that are being sent', async () => {
  const about = await scenario();
  await about.store.accept.accept([messageTo(2)]);
  const claimed = await claim(about.store);
  await about.store.delivery.record(outcomes(claimed, { kind: 'bounced' }, (id) => id.endsWith('.1')));
  expect(await work(about)).toEqual({ messages: 1, dsns: 0 });
  await about.store.delivery.record(outcomes(claimed, { kind: 'bounced' }, (id) => id.endsWith('.2')));
  await about.sql('update bounce_work set due_at = now()');
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
});

test('a sender is told of a delay once, four hours after the acceptance, while it lasts', async () => {
  const about = await scenario();
  const given = message();
  await about.store.accept.accept([given]);
  const later: Disposition = { kind: 'deferred', dueAt: new Date(0), maybeDelivered: false };
  await about.store.delivery.record(outcomes(await claim(about.store), later));
  expect(await work(about)).toEqual({ messages: 0, dsns: 0 });
  await about.sql('update bounce_work set due_at = now()');
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
  const [dsn] = await about.sql<{ octets: Buffer }>('select octets from contents where message_id <> $1', [given.id]);
  expect(readReport(dsn?.octets ?? Buffer.alloc(0))).toMatchObject({
    recipients: [{ action: 'delayed', status: '4.0.0' }],
  });
  expect(dsn?.octets.toString()).toMatch(/^Will-Retry-Until: /m);
  expect(await chunksOf(about, given.id)).toBe(1);
});

test('a delivery that the sender asked to be told of is relayed, unless the host answers for it', async () => {
  const about = await scenario();
  const asked = () => message({ recipients: [recipient({ notify: ['SUCCESS'] })], ret: 'HDRS' });
  await about.store.accept.accept([asked(), asked()]);
  const [first, second] = outcomes(await claim(about.store));
  if (!first || !second) throw new Error('two were claimed');
  await about.store.delivery.record([first, { ...second, attempt: { ...second.attempt, dsnPassedOn: true } }]);
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
  const dsns = await about.sql<{ octets: Buffer }>('select octets from contents');
  expect(dsns.map(({ octets }) => readReport(octets))).toMatchObject([{ recipients: [{ action: 'relayed' }] }]);
});

test('the whole message is returned when that was asked for, and its header otherwise', async () => {
  const about = await scenario();
  await bounce(about, message({ ret: 'FULL' }), message({ ret: 'HDRS' }));
  await work(about);
  const dsns = (await about.sql<{ octets: Buffer }>('select octets from contents')).map(({ octets }) =>
    octets.toString(),
  );
  expect(dsns.filter((dsn) => dsn.includes('Content-Type: message/rfc822'))).toHaveLength(1);
  expect(dsns.filter((dsn) => dsn.includes('\r\nhello\r\n'))).toHaveLength(1);
});
