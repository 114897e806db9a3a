import { describe, expect, it } from 'vitest';
import { Talk, someMail } from './testing/talk.ts';

const TWO = someMail({ recipients: ['b@example.com', 'c@example.com'] });

describe('421', () => {
  it.each([
    ['MAIL', ['421 4.3.2 bye'], 'mail'],
    ['RCPT', ['250 ok', '421 4.3.2 bye'], 'rcpt'],
    ['DATA', ['250 ok', '250 ok', '421 4.3.2 bye'], 'data'],
    ['the final dot', ['250 ok', '250 ok', '354 go on', '421 4.3.2 bye'], 'content'],
  ])('to %s refuses for now, and the session is over', (_, lines, stage) => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    for (const line of lines) talk.hears(line);
    expect(talk.ends).toMatchObject([
      {
        recipients: [{ kind: 'refused', severity: 'transient', stage, reply: { code: 421 } }],
        fault: { kind: 'refused', stage, maybeDelivered: false, reply: { code: 421 } },
      },
    ]);
    expect(talk.conversation.usable).toBe(false);
    expect(talk.closed?.fault?.kind).toBe('refused');
  });

  it('to the final dot leaves the next transaction undecided', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.handIn(someMail());
    talk.hears('250 ok', '250 ok', '354 go on');
    talk.hears('421 bye');
    expect(talk.kinds).toEqual([['refused'], ['undecided']]);
    expect(talk.ends[1]?.fault).toMatchObject({ stage: 'mail', maybeDelivered: false });
  });

  it('while nothing is asked ends the session', () => {
    const talk = new Talk('PIPELINING');
    talk.hears('421 4.4.2 idle too long');
    expect(talk.conversation.usable).toBe(false);
    expect(talk.closed?.fault).toMatchObject({ kind: 'refused', reply: { code: 421 } });
  });
});

describe('replies that answer nothing', () => {
  it.each([
    ['354 to MAIL', ['354 go on']],
    ['354 to RCPT', ['250 ok', '354 go on']],
    ['250 to DATA', ['250 ok', '250 ok', '250 ok']],
    ['354 to the final dot', ['250 ok', '250 ok', '354 go on', '354 go on']],
    ['a reply more than was asked', ['250 ok', '250 ok', '354 go on', '250 ok', '250 ok']],
  ])('%s is never a success', (_, lines) => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.hears(...lines);
    expect(talk.kinds).toEqual([['undecided']]);
    expect(talk.closed?.fault?.kind).toBe('protocol');
  });

  it('a final reply in the same chunk as 354 was said before the content came', () => {
    const talk = new Talk();
    talk.handIn(someMail());
    talk.hears('250 ok');
    talk.hears('250 ok');
    talk.hears('354 go on', '250 ok');
    expect(talk.kinds).toEqual([['undecided']]);
  });

  it("without PIPELINING a second reply in the same chunk is not taken for the next command's", () => {
    const talk = new Talk();
    talk.handIn(someMail());
    talk.hears('250 ok', '250 ok');
    expect(talk.ends).toMatchObject([{ fault: { kind: 'protocol' } }]);
  });

  it('354 to the final dot leaves it open whether the host holds the message', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.hears('250 ok', '250 ok', '354 go on');
    talk.hears('354 more');
    expect(talk.ends[0]?.fault).toMatchObject({ kind: 'protocol', maybeDelivered: true });
  });

  it('a refused RSET leaves nothing to go on with', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.hears('250 ok', '550 no', '554 no');
    talk.handIn(someMail());
    talk.hears('500 what');
    expect(talk.kinds).toEqual([['refused'], ['undecided']]);
    expect(talk.closed?.fault?.kind).toBe('protocol');
  });
});

describe('a lost connection', () => {
  it.each([
    ['before MAIL is answered', [], 'mail', false],
    ['before RCPT is answered', ['250 ok'], 'rcpt', false],
    ['before DATA is answered', ['250 ok', '250 ok'], 'data', false],
    ['behind the final dot', ['250 ok', '250 ok', '354 go on'], 'content', true],
  ])('%s decides nothing', (_, lines, stage, maybeDelivered) => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    for (const line of lines) talk.hears(line);
    talk.lost();
    expect(talk.ends).toMatchObject([
      { recipients: [{ kind: 'undecided', stage }], fault: { kind: 'lost', stage, maybeDelivered } },
    ]);
  });

  it('behind the final dot leaves the verdicts that were given, and only the open ones open', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(TWO);
    talk.handIn(someMail());
    talk.hears('250 ok', '550 no', '250 ok', '354 go on');
    talk.lost();
    expect(talk.kinds).toEqual([['refused', 'undecided'], ['undecided']]);
    expect(talk.ends.map(({ fault }) => fault?.maybeDelivered)).toEqual([true, false]);
  });

  it('behind a lone dot is no message that may have been delivered', () => {
    const talk = new Talk('PIPELINING');
    talk.handIn(someMail());
    talk.hears('250 ok', '550 no', '354 go on');
    talk.lost();
    expect(talk.ends).toMatchObject([{ recipients: [{ kind: 'refused' }], fault: { maybeDelivered: false } }]);
  });
});
