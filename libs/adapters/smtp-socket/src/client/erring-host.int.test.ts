import { scriptedHost } from '@postern/lab';
import { describe, expect, it } from 'vitest';
import { CONTENT, afterHello } from './testing/after-hello.ts';
import { dialled, mail } from './testing/dialled.ts';

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
