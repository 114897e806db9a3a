import { describe, expect, it } from 'vitest';
import { parseExtensions } from './extensions.ts';
import { writeEnvelope } from './envelope.ts';
import { someMail } from './testing/talk.ts';
import type { Transaction } from './transaction.ts';

const envelope = (changes: Partial<Transaction>, ...offers: string[]) =>
  writeEnvelope(someMail(changes), parseExtensions({ code: 250, lines: ['mx', ...offers] }));

const ASKED: Partial<Transaction> = {
  dsn: {
    ret: 'HDRS',
    envid: 'QQ+1 4',
    recipients: [{ notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;b+tag@example.com' }, { notify: [] }, {}],
  },
  recipients: ['b@example.com', 'c@example.com', 'd@example.com'],
  priority: -3,
  deliverBy: { seconds: 59, mode: 'N', trace: true },
};

describe('what a message asks for', () => {
  it('is passed on to a host that offers it, in xtext where values could be misread', () => {
    const { mail, rcpts } = envelope(ASKED, 'DSN', 'MT-PRIORITY', 'DELIVERBY 10');
    expect(mail).toBe('MAIL FROM:<a@example.org> RET=HDRS ENVID=QQ+2B1+204 MT-PRIORITY=-3 BY=59;NT\r\n');
    expect(rcpts).toEqual([
      'RCPT TO:<b@example.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2Btag@example.com\r\n',
      'RCPT TO:<c@example.com> NOTIFY=NEVER\r\n',
      'RCPT TO:<d@example.com>\r\n',
    ]);
  });

  it('is not said to a host that does not offer it', () => {
    const { mail, rcpts } = envelope(ASKED);
    expect(mail + rcpts.join('')).not.toMatch(/RET|ENVID|PRIORITY|BY=|NOTIFY|ORCPT/);
    expect(rcpts).toHaveLength(3);
  });

  it('REQUIRETLS goes only to a host that offers it: 5.7.30', () => {
    expect(envelope({ requireTls: true }, 'REQUIRETLS').mail).toBe('MAIL FROM:<a@example.org> REQUIRETLS\r\n');
    const { rcpts, ends } = envelope({ requireTls: true });
    expect(rcpts).toEqual([]);
    expect(ends).toMatchObject([
      { kind: 'refused', severity: 'permanent', from: 'local', reply: { enhanced: '5.7.30' } },
    ]);
  });

  it.each([
    ['a host that does not honour the time', 60, [], '5.3.3'],
    ['a host that needs more of it', 60, ['DELIVERBY 61'], '5.4.7'],
    ['any host when none is left', 0, ['DELIVERBY'], '5.4.7'],
  ] as const)('a message that is returned when late does not go to %s', (_, seconds, offers, enhanced) => {
    const { rcpts, ends } = envelope({ deliverBy: { seconds, mode: 'R', trace: false } }, ...offers);
    expect(rcpts).toEqual([]);
    expect(ends).toMatchObject([{ kind: 'refused', severity: 'permanent', from: 'local', reply: { enhanced } }]);
  });

  it('a sender who only wants to be told is late: the message goes on, with what is below zero', () => {
    const { mail } = envelope({ deliverBy: { seconds: -7, mode: 'N', trace: false } }, 'DELIVERBY 60');
    expect(mail).toBe('MAIL FROM:<a@example.org> BY=-7;N\r\n');
  });

  it('an original recipient beyond ASCII is written in ASCII where SMTPUTF8 is not used', () => {
    const dsn = { recipients: [{ orcpt: 'utf-8;jörg😀@example.com' }] };
    expect(envelope({ dsn }, 'DSN').rcpts[0]).toContain(' ORCPT=utf-8;j\\x{F6}rg\\x{1F600}@example.com\r\n');
    const utf8 = envelope({ dsn, smtpUtf8: true }, 'DSN', 'SMTPUTF8').rcpts[0];
    expect(utf8).toContain(' ORCPT=utf-8;jörg😀@example.com\r\n');
  });

  it('what would be a line end in a command is escaped even if it was stored', () => {
    const dsn = { envid: 'a\r\nRSET', recipients: [{ orcpt: 'rfc822;b\r\nDATA' }] };
    const { mail, rcpts } = envelope({ dsn }, 'DSN');
    for (const command of [mail, ...rcpts]) expect(command.slice(0, -2)).not.toMatch(/[\r\n]/);
  });
});
