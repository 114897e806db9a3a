import { describe, expect, it } from 'vitest';
import { Talk, someMail } from './testing/talk.ts';

const GROUP = 'MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n';
const TWO = someMail({ recipients: ['b@example.com', 'c@example.com'] });

describe('a transaction without PIPELINING', () => {
  it('sends one command at a time and is accepted by the reply to the final dot', () => {
    const talk = new Talk();
    expect(talk.handIn(someMail())).toBe('MAIL FROM:<a@example.org>\r\n');
    expect(talk.hears('250 ok')).toBe('RCPT TO:<b@example.com>\r\n');
    expect(talk.hears('250 ok')).toBe('DATA\r\n');
    expect(talk.hears('354 go on')).toBe('{content}');
    expect(talk.ends).toEqual([]);
    talk.hears('250 2.0.0 queued as 1');
    expect(talk.ends).toMatchObject([{ recipients: [{ kind: 'accepted', reply: { code: 250, enhanced: '2.0.0' } }] }]);
    expect(talk.conversation.usable).toBe(true);
  });

  it('sends no DATA when no recipient was accepted, and resets before the next transaction', () => {
    const talk = new Talk();
    talk.handIn(someMail());
    talk.hears('250 ok');
    expect(talk.hears('550 5.1.1 unknown')).toBe('');
    expect(talk.kinds).toEqual([['refused']]);
    expect(talk.handIn(someMail())).toBe('RSET\r\n');
    expect(talk.hears('250 ok')).toBe('MAIL FROM:<a@example.org>\r\n');
  });

  it('does not let the next transaction out before the end of the one before', () => {
    const talk = new Talk();
    talk.handIn(someMail());
    expect(talk.handIn(someMail())).toBe('');
    talk.hears('250 ok');
    talk.hears('250 ok');
    expect(talk.hears('354 go on')).toBe('{content}');
    expect(talk.hears('250 ok')).toBe('MAIL FROM:<a@example.org>\r\n');
  });

  it('is given up between two commands when somebody else may hold the message', () => {
    const talk = new Talk();
    talk.handIn(someMail({ beforeContent: () => false }));
    talk.hears('250 ok');
    expect(talk.hears('250 ok')).toBe('');
    expect(talk.ends).toMatchObject([
      { recipients: [{ kind: 'undecided' }], fault: { kind: 'local', maybeDelivered: false } },
    ]);
    expect(talk.conversation.usable).toBe(true);
    expect(talk.handIn(someMail())).toBe('RSET\r\n');
  });
});

describe('a transaction with PIPELINING', () => {
  it('sends MAIL, RCPT and DATA in one write', () => {
    const talk = new Talk('PIPELINING');
    expect(talk.handIn(TWO)).toBe(
      'MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nRCPT TO:<c@example.com>\r\nDATA\r\n',
    );
    expect(talk.hears('250 ok', '250 ok', '250 ok', '354 go on')).toBe('{content}');
    talk.hears('250 ok');
    expect(talk.kinds).toEqual([['accepted', 'accepted']]);
  });

  it('sends the next group behind the final dot, and a third only behind the next dot', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    expect(talk.handIn(someMail())).toBe('');
    expect(talk.handIn(someMail())).toBe('');
    expect(talk.hears('250 ok', '250 ok', '354 go on')).toBe(`{content}${GROUP}`);
    expect(talk.hears('250 ok', '250 ok', '250 ok', '354 go on')).toBe(`{content}${GROUP}`);
    expect(talk.kinds).toEqual([['accepted']]);
  });

  it('sends a group at once that is handed in while the final dot is unanswered', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.hears('250 ok', '250 ok', '354 go on');
    expect(talk.handIn(someMail())).toBe(GROUP);
  });

  it('keeps a verdict per recipient when only some are accepted', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(TWO);
    expect(talk.hears('250 ok', '550 5.1.1 unknown', '250 ok', '354 go on')).toBe('{content}');
    talk.hears('250 queued');
    expect(talk.ends[0]?.recipients).toMatchObject([
      {
        kind: 'refused',
        severity: 'permanent',
        from: 'remote',
        stage: 'rcpt',
        reply: { code: 550, enhanced: '5.1.1' },
      },
      { kind: 'accepted', reply: { code: 250 } },
    ]);
  });

  it('keeps a verdict per recipient when the content is refused', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(TWO);
    talk.hears('250 ok', '450 4.2.1 later', '250 ok', '354 go on');
    talk.hears('554 5.7.1 spam');
    expect(talk.ends[0]?.recipients).toMatchObject([
      { kind: 'refused', severity: 'transient', stage: 'rcpt' },
      { kind: 'refused', severity: 'permanent', stage: 'content', reply: { code: 554 } },
    ]);
  });

  it('takes a refused MAIL for the verdict on everyone, and not what follows from it', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(TWO);
    expect(talk.hears('451 4.7.1 later', '503 MAIL first', '503 MAIL first', '503 RCPT first')).toBe('');
    expect(talk.ends[0]?.recipients).toMatchObject([
      { kind: 'refused', severity: 'transient', stage: 'mail', reply: { code: 451 } },
      { kind: 'refused', severity: 'transient', stage: 'mail', reply: { code: 451 } },
    ]);
  });

  it('resets in the same write as the next group after a transaction that came to no content', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.handIn(someMail());
    expect(talk.hears('250 ok', '550 no', '554 no valid recipients')).toBe(`RSET\r\n${GROUP}`);
    expect(talk.hears('250 reset', '250 ok', '250 ok', '354 go on')).toBe('{content}');
    talk.hears('250 ok');
    expect(talk.kinds).toEqual([['refused'], ['accepted']]);
  });

  it("sends a lone dot when DATA is accepted although no RCPT was, and its reply is nobody's", () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    expect(talk.hears('250 ok', '550 5.1.1 no', '354 go on')).toBe('.\r\n');
    expect(talk.handIn(someMail())).toBe(GROUP);
    talk.hears('250 ok, queued');
    expect(talk.ends).toMatchObject([{ recipients: [{ kind: 'refused', reply: { code: 550 } }] }]);
    expect(talk.ends[0]?.fault).toBeUndefined();
  });

  it('closes rather than sends a lone dot to a host that refused MAIL and accepted RCPT and DATA', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    expect(talk.hears('550 no', '250 ok', '354 go on')).toBe('');
    expect(talk.closed?.fault?.kind).toBe('protocol');
    expect(talk.kinds).toEqual([['refused']]);
  });

  it('closes, and sends nothing, when the message is no longer ours as the content is due', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail({ beforeContent: () => false }));
    talk.handIn(someMail());
    expect(talk.hears('250 ok', '250 ok', '354 go on')).toBe('');
    expect(talk.closed?.fault).toMatchObject({ kind: 'local', maybeDelivered: false });
    expect(talk.kinds).toEqual([['undecided'], ['undecided']]);
  });
});

describe('a stream', () => {
  const streamed = someMail({ content: { head: Buffer.alloc(0), stream: async function* () {} } });

  it('has nothing sent behind it before it ends', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(streamed);
    talk.handIn(someMail());
    expect(talk.hears('250 ok', '250 ok', '354 go on')).toBe('{content}');
    expect(talk.contentSent()).toBe(GROUP);
    talk.hears('250 ok');
    expect(talk.kinds).toEqual([['accepted']]);
  });

  it('is not accepted by a reply that comes before its final dot', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(streamed);
    talk.hears('250 ok', '250 ok', '354 go on');
    talk.hears('250 accepted');
    expect(talk.ends).toMatchObject([
      { recipients: [{ kind: 'undecided' }], fault: { kind: 'protocol', maybeDelivered: false } },
    ]);
  });

  it('is refused by a refusal that comes before its final dot, and the session is over', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(streamed);
    talk.hears('250 ok', '250 ok', '354 go on');
    talk.hears('552 5.3.4 too big');
    expect(talk.ends).toMatchObject([{ recipients: [{ kind: 'refused', severity: 'permanent', stage: 'content' }] }]);
    expect(talk.closed).toBeDefined();
    expect(talk.contentSent()).toBe('');
  });
});

describe('the limits of a host', () => {
  it('MAILMAX ends the use of a session, and what is handed in all the same is given back', () => {
    const talk = new Talk('PIPELINING', 'LIMITS MAILMAX=2');
    talk.handIn(someMail());
    expect(talk.conversation.usable).toBe(true);
    talk.handIn(someMail());
    expect(talk.conversation.usable).toBe(false);
    talk.handIn(someMail());
    expect(talk.ends).toMatchObject([
      { recipients: [{ kind: 'undecided' }], fault: { kind: 'local', maybeDelivered: false } },
    ]);
  });

  it('552 to RCPT means too many recipients, so the recipient comes again (RFC 5321 4.5.3.1.10)', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(TWO);
    talk.hears('250 ok', '250 ok', '552 too many recipients', '354 go on');
    talk.hears('250 ok');
    expect(talk.ends[0]?.recipients).toMatchObject([
      { kind: 'accepted' },
      { kind: 'refused', severity: 'transient', reply: { code: 552 } },
    ]);
  });

  it('552 to the content is for good', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.hears('250 ok', '250 ok', '354 go on');
    talk.hears('552 5.3.4 too big');
    expect(talk.ends[0]?.recipients).toMatchObject([{ kind: 'refused', severity: 'permanent' }]);
  });
});

describe('QUIT', () => {
  it('waits for the transactions that were handed in', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    expect(talk.quit()).toBe('');
    expect(talk.conversation.usable).toBe(false);
    talk.hears('250 ok', '250 ok', '354 go on');
    expect(talk.hears('250 ok')).toBe('QUIT\r\n');
    expect(talk.conversation.awaiting).toBe('quit');
    talk.hears('221 bye');
    expect(talk.closed).toEqual({ kind: 'close' });
  });

  it('is sent once', () => {
    const talk = new Talk();
    expect(talk.quit()).toBe('QUIT\r\n');
    expect(talk.quit()).toBe('');
  });
});
