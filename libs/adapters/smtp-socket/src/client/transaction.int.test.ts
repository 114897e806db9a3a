import { inTurn, mailHost, scriptedHost, waitFor, type MailHost } from '@postern/lab';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, HELLO, afterHello } from './testing/after-hello.ts';
import { dialled, mail, streamed, whole } from './testing/dialled.ts';

/** Every octet, dots where they hurt, lines from empty to very long, and no line end at the end. */
const EVERY_OCTET = Buffer.from(
  Array.from({ length: 256 }, (_, octet) => octet).filter((octet) => octet !== 10 && octet !== 13),
);
const HARD = Buffer.concat([
  Buffer.from('Subject: hard\r\n\r\n.\r\n..\r\n.hidden\r\n\r\n.\r\n'),
  EVERY_OCTET,
  Buffer.from(`\r\n${'long '.repeat(20_000)}\r\n.`),
]);
const DOTS = '.\r\n'.repeat(1000);

describe('content', () => {
  let host: MailHost;
  beforeEach(async () => {
    host = await mailHost();
  });
  afterEach(() => host.close());

  it.each([['PIPELINING'], ['8BITMIME']])(
    'with %s arrives octet for octet, from memory and from a stream',
    async (offer) => {
      await using other = await mailHost({ extensions: [offer] });
      const connection = await dialled(other);
      const transactions = [
        mail(HARD),
        streamed(HARD, 1000),
        streamed(HARD, 65_536),
        mail(DOTS),
        mail('.\r\n'),
        mail(''),
      ];
      const ends = await Promise.all(transactions.map((each) => connection.transact(each)));
      await connection.close();
      expect(ends.map((end) => end.recipients.map(({ kind }) => kind))).toEqual(transactions.map(() => ['accepted']));
      const expected = transactions.map((each, index) =>
        whole(each, [HARD, HARD, HARD, DOTS, '.\r\n', ''][index] ?? ''),
      );
      expect(other.messages.map(({ content }) => content)).toEqual(expected);
      expect(other.misbehaviour).toEqual([]);
      expect(other.connections.total).toBe(1);
    },
  );

  it('cut into single octets arrives octet for octet', async () => {
    const small = Buffer.from('.\r\n\r\n..\r\n.\r');
    const connection = await dialled(host);
    const one = streamed(small, 1);
    await connection.transact(one);
    await connection.close();
    expect(host.messages[0]?.content).toEqual(whole(one, small));
  });

  it('of 35 MB is sent as the host takes it, and never waits here', async () => {
    const block = Buffer.alloc(65_536, `${'x'.repeat(76)}\r\n`);
    let produced = 0;
    async function* blocks(): AsyncGenerator<Buffer> {
      for (; produced < 560; produced += 1) yield block;
    }
    const goOn = Promise.withResolvers<void>();
    await using slow = await scriptedHost({
      script: async (client) => {
        await afterHello(CONTENT)(client);
        client.pause();
        await goOn.promise;
        client.resume();
        let end = '';
        while (!end.endsWith('\r\n.\r\n')) end = (end + (await client.octets())).slice(-10);
        client.say('250 queued');
      },
    });
    const connection = await dialled(slow);
    const end = connection.transact(mail('', { content: { head: Buffer.alloc(0), stream: blocks } }));
    let seen = -1;
    const stalled = (): boolean => {
      const before = seen;
      seen = produced;
      return produced > 0 && produced === before;
    };
    await waitFor(stalled, { what: 'the buffers of the kernel to be full', everyMs: 50 });
    expect(produced).toBeLessThan(300);
    goOn.resolve();
    expect((await end).recipients).toMatchObject([{ kind: 'accepted' }]);
    expect(produced).toBe(560);
    connection.destroy();
  });

  it('that cannot be read to its end is never delivered', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('Subject: half\r\n\r\nhalf of');
      throw new Error('the store is away');
    }
    const connection = await dialled(host);
    const end = await connection.transact(mail('', { content: { head: Buffer.alloc(0), stream: broken } }));
    expect(end).toMatchObject({
      recipients: [{ kind: 'undecided' }],
      fault: { kind: 'local', stage: 'content', maybeDelivered: false },
    });
    expect(connection.usable).toBe(false);
    await waitFor(() => host.connections.open === 0, { what: 'the connection to close' });
    expect(host.count).toBe(0);
  });

  it('of a message that is no longer ours is never sent', async () => {
    const connection = await dialled(host);
    const end = await connection.transact(mail('x\r\n', { beforeContent: () => false }));
    expect(end).toMatchObject({ recipients: [{ kind: 'undecided' }], fault: { kind: 'local', maybeDelivered: false } });
    await waitFor(() => host.connections.open === 0, { what: 'the connection to close' });
    expect(host.count).toBe(0);
  });

  it('is not sent when the question whether it may be throws, and nothing else breaks', async () => {
    const connection = await dialled(host);
    const throwing = (): boolean => {
      throw new Error('a bug');
    };
    const end = await connection.transact(mail('x\r\n', { beforeContent: throwing }));
    expect(end).toMatchObject({ recipients: [{ kind: 'undecided' }], fault: { kind: 'local', maybeDelivered: false } });
    expect(host.count).toBe(0);
  });
});

describe('transactions on one connection', () => {
  it('keep their order and their verdicts', async () => {
    await using host = await mailHost({
      answers: {
        rcpt: (path) => (path.startsWith('no') ? '550 5.1.1 unknown' : undefined),
        content: ({ content }) => (content?.includes('spam') ? '554 5.7.1 spam' : undefined),
      },
    });
    const connection = await dialled(host);
    const ends = await Promise.all([
      connection.transact(mail('1\r\n')),
      connection.transact(mail('2\r\n', { recipients: ['no@example.com'] })),
      connection.transact(mail('3\r\n', { recipients: ['no@example.com', 'yes@example.com', 'no.more@example.com'] })),
      connection.transact(mail('spam\r\n')),
      connection.transact(mail('5\r\n')),
    ]);
    expect(ends.map((end) => end.recipients.map((each) => each.kind))).toEqual([
      ['accepted'],
      ['refused'],
      ['refused', 'accepted', 'refused'],
      ['refused'],
      ['accepted'],
    ]);
    expect(host.messages.map(({ content }) => content?.subarray(-3).toString())).toEqual(['1\r\n', '3\r\n', '5\r\n']);
    expect(host.misbehaviour).toEqual([]);
    await connection.close();
    expect(host.connections.total).toBe(1);
  });

  it('a session that the host closed while idle is not usable', async () => {
    await using host = await mailHost();
    const connection = await dialled(host);
    host.cut();
    await waitFor(() => !connection.usable, { what: 'the loss to be seen' });
    expect(await connection.transact(mail())).toMatchObject({
      recipients: [{ kind: 'undecided' }],
      fault: { maybeDelivered: false },
    });
    await connection.close();
  });

  it('close waits for what is under way, and destroy does not', async () => {
    await using host = await mailHost({ answers: { content: () => ({ reply: '250 ok', delayMs: 50 }) } });
    const polite = await dialled(host);
    const end = polite.transact(mail());
    await polite.close();
    expect((await end).recipients).toMatchObject([{ kind: 'accepted' }]);
    const rude = await dialled(host);
    const cut = rude.transact(mail());
    rude.destroy();
    expect(await cut).toMatchObject({ fault: { kind: 'local', maybeDelivered: false } });
    await rude.close();
  });

  it('close does not wait long for a host that does not answer QUIT', async () => {
    await using host = await scriptedHost({ script: inTurn(...HELLO) });
    const connection = await dialled(host, { timeouts: { quitMs: 50 } });
    await connection.close();
    expect(connection.usable).toBe(false);
  });
});
