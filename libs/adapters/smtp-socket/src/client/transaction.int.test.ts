import { inTurn, mailHost, scriptedHost, waitFor, type MailHost } from '@postern/lab';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialled, mail, streamed, whole } from './testing/dialled.ts';

const HELLO = ['220 mx', '250-mx\r\n250 PIPELINING'];
const CONTENT = ['250 ok\r\n250 ok\r\n354 go on'];
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

describe('a host that errs in a transaction', () => {
  it.each<[string, string[], object, string]>([
    [
      'refuses MAIL for now',
      ['451 4.7.1 later\r\n503 no\r\n503 no'],
      { kind: 'refused', severity: 'transient', stage: 'mail' },
      'none',
    ],
    [
      'refuses RCPT for good',
      ['250 ok\r\n550 5.1.1 no\r\n554 no'],
      { kind: 'refused', severity: 'permanent', stage: 'rcpt' },
      'none',
    ],
    [
      'refuses DATA for now',
      ['250 ok\r\n250 ok\r\n451 full'],
      { kind: 'refused', severity: 'transient', stage: 'data' },
      'none',
    ],
    [
      'refuses the content',
      [...CONTENT, '554 5.6.0 no'],
      { kind: 'refused', severity: 'permanent', stage: 'content' },
      'none',
    ],
    [
      'closes with 421 at the final dot',
      [...CONTENT, '421 4.3.0 bye'],
      { kind: 'refused', severity: 'transient', stage: 'content' },
      'refused',
    ],
    [
      'answers the final dot with garbage',
      [...CONTENT, 'ok'],
      { kind: 'undecided', stage: 'content' },
      'protocol, maybe delivered',
    ],
    [
      'answers the final dot with 354',
      [...CONTENT, '354 more'],
      { kind: 'undecided', stage: 'content' },
      'protocol, maybe delivered',
    ],
    ['answers DATA with 250', ['250 ok\r\n250 ok\r\n250 ok'], { kind: 'undecided', stage: 'data' }, 'protocol'],
    ['answers out of order', ['250 ok\r\n354 go on\r\n250 ok'], { kind: 'undecided', stage: 'rcpt' }, 'protocol'],
    ['answers with other codes in one reply', ['250-ok\r\n550 no'], { kind: 'undecided', stage: 'mail' }, 'protocol'],
    [
      'says more than was asked',
      [`${CONTENT[0]}\r\n250 queued`],
      { kind: 'undecided', stage: 'content' },
      'protocol, maybe delivered',
    ],
  ])('and %s ends in the right state', async (_, replies, recipient, fault) => {
    await using host = await scriptedHost({ script: afterHello(replies) });
    const connection = await dialled(host);
    const end = await connection.transact(mail());
    expect(end.recipients).toMatchObject([recipient]);
    const { kind = 'none', maybeDelivered = false } = end.fault ?? {};
    expect(`${kind}${maybeDelivered ? ', maybe delivered' : ''}`).toBe(fault);
    connection.destroy();
  });

  it.each<[string, string[], string, boolean]>([
    ['MAIL', [], 'mail', false],
    ['RCPT', ['250 ok'], 'rcpt', false],
    ['DATA', ['250 ok\r\n250 ok'], 'data', false],
    ['the final dot', CONTENT, 'content', true],
  ])('and never answers %s is given up in its time', async (_, replies, stage, maybeDelivered) => {
    await using host = await scriptedHost({ script: afterHello(replies) });
    const timeouts = { mailMs: 80, rcptMs: 80, dataMs: 80, finalMs: 80 };
    const connection = await dialled(host, { timeouts });
    const end = await connection.transact(mail());
    expect(end).toMatchObject({
      recipients: [{ kind: 'undecided', stage }],
      fault: { kind: 'timeout', stage, maybeDelivered },
    });
  });

  it('and stops reading the content is given up in its time', async () => {
    const endless = async function* (): AsyncGenerator<Buffer> {
      for (;;) yield Buffer.alloc(65_536, 'x');
    };
    await using host = await scriptedHost({
      script: async (client) => {
        await afterHello(CONTENT)(client);
        client.pause();
      },
    });
    const connection = await dialled(host, { timeouts: { contentBlockMs: 100 } });
    const end = await connection.transact(mail('', { content: { head: Buffer.alloc(0), stream: endless } }));
    expect(end).toMatchObject({ fault: { kind: 'timeout', stage: 'content', maybeDelivered: false } });
  });

  it.each<[string, 'close' | 'reset']>([
    ['closes', 'close'],
    ['resets', 'reset'],
  ])('and %s behind the final dot may hold the message', async (_, how) => {
    await using host = await scriptedHost({
      script: async (client) => {
        await afterHello(CONTENT)(client);
        await client.content();
        client[how]();
      },
    });
    const connection = await dialled(host);
    const ends = await Promise.all([connection.transact(mail()), connection.transact(mail())]);
    expect(ends).toMatchObject([
      { recipients: [{ kind: 'undecided' }], fault: { kind: 'lost', stage: 'content', maybeDelivered: true } },
      { recipients: [{ kind: 'undecided' }], fault: { kind: 'lost', stage: 'mail', maybeDelivered: false } },
    ]);
  });

  it('and refuses a stream before its end is believed, and gets no more of it', async () => {
    const endless = async function* (): AsyncGenerator<Buffer> {
      for (;;) yield Buffer.alloc(65_536, 'x');
    };
    await using host = await scriptedHost({
      script: async (client) => {
        await afterHello(CONTENT)(client);
        await client.octets();
        client.say('552 5.3.4 too big');
      },
    });
    const connection = await dialled(host);
    const end = await connection.transact(mail('', { content: { head: Buffer.alloc(0), stream: endless } }));
    expect(end.recipients).toMatchObject([{ kind: 'refused', severity: 'permanent', stage: 'content' }]);
    expect(connection.usable).toBe(false);
  });

  it('and accepts DATA without a recipient gets a lone dot', async () => {
    await using host = await scriptedHost({
      script: afterHello(['250 ok\r\n550 5.1.1 no\r\n354 go on', '250 queued nothing', '221 bye']),
    });
    const connection = await dialled(host);
    const end = await connection.transact(mail());
    expect(end.recipients).toMatchObject([{ kind: 'refused', reply: { code: 550 } }]);
    await connection.close();
    expect(host.heard.at(-1)).toBe('QUIT');
  });
});

/** Greets, reads one pipelined group, then says the replies: each but the first behind the content, or behind a line. */
function afterHello(replies: readonly string[]) {
  return async (client: Parameters<ReturnType<typeof inTurn>>[0]): Promise<void> => {
    client.say(HELLO[0] ?? '');
    await client.line();
    client.say(HELLO[1] ?? '');
    for (const _ of ['MAIL', 'RCPT', 'DATA']) await client.line();
    for (const [index, reply] of replies.entries()) {
      if (index > 0 && replies[index - 1]?.includes('354 ')) await client.content();
      else if (index > 0) await client.line();
      client.say(reply);
    }
  };
}
