import { describe, expect, it } from 'vitest';
import { parseExtensions } from './extensions.ts';
import { writeEnvelope } from './envelope.ts';
import { someMail } from './testing/talk.ts';
import type { Transaction } from './transaction.ts';

const envelope = (changes: Partial<Transaction>, ...offers: string[]) =>
  writeEnvelope(someMail(changes), parseExtensions({ code: 250, lines: ['mx', ...offers] }));

describe('MAIL', () => {
  it.each<[string, Partial<Transaction>, string[], string]>([
    ['has no parameters that were not offered', { body: '8BITMIME' }, [], 'MAIL FROM:<a@example.org>\r\n'],
    ['writes the null reverse-path', { reversePath: '' }, [], 'MAIL FROM:<>\r\n'],
    ['declares the size', { sizeOctets: 42 }, ['SIZE'], 'MAIL FROM:<a@example.org> SIZE=42\r\n'],
    ['declares 8-bit content', { body: '8BITMIME' }, ['8BITMIME'], 'MAIL FROM:<a@example.org> BODY=8BITMIME\r\n'],
    ['does not declare 7-bit content', { body: '7BIT' }, ['8BITMIME'], 'MAIL FROM:<a@example.org>\r\n'],
    [
      'asks for SMTPUTF8 where the message needs it',
      { smtpUtf8: true },
      ['SMTPUTF8'],
      'MAIL FROM:<a@example.org> SMTPUTF8\r\n',
    ],
    ['does not ask for SMTPUTF8 without need', {}, ['SMTPUTF8'], 'MAIL FROM:<a@example.org>\r\n'],
    [
      'asks for SMTPUTF8 where a path needs it',
      { recipients: ['ü@example.com'] },
      ['SMTPUTF8'],
      'MAIL FROM:<a@example.org> SMTPUTF8\r\n',
    ],
  ])('%s', (_, changes, offers, command) => {
    expect(envelope(changes, ...offers).mail).toBe(command);
  });
});

describe('what a host does not take', () => {
  it.each<[string, Partial<Transaction>, string[], object]>([
    [
      'a message larger than SIZE',
      { sizeOctets: 1001 },
      ['SIZE 1000'],
      { severity: 'permanent', reply: { code: 552, enhanced: '5.3.4' } },
    ],
    [
      'a message that needs SMTPUTF8',
      { smtpUtf8: true },
      [],
      { severity: 'permanent', reply: { code: 553, enhanced: '5.6.7' } },
    ],
    ['a reverse-path that needs SMTPUTF8', { reversePath: 'ü@example.org' }, [], { reply: { enhanced: '5.6.7' } }],
    ['a forward-path that needs SMTPUTF8', { recipients: ['ü@example.com'] }, [], { reply: { enhanced: '5.6.7' } }],
    ['a reverse-path with a line end', { reversePath: 'a@b>\r\nRSET' }, [], { reply: { enhanced: '5.1.7' } }],
    ['a forward-path with a line end', { recipients: ['a@b>\r\nRCPT TO:<c@d'] }, [], { reply: { enhanced: '5.1.3' } }],
    ['an empty forward-path', { recipients: [''] }, [], { reply: { enhanced: '5.1.3' } }],
  ])('%s is refused here, and nothing is sent', (_, changes, offers, end) => {
    const { rcpts, ends } = envelope(changes, ...offers);
    expect(rcpts).toEqual([]);
    expect(ends).toMatchObject([{ kind: 'refused', from: 'local', ...end }]);
  });

  it('a message of exactly SIZE octets is sent', () => {
    expect(envelope({ sizeOctets: 1000 }, 'SIZE 1000').rcpts.length).toBe(1);
  });

  it('one bad forward-path does not stop the others', () => {
    const { rcpts, indices, ends } = envelope({ recipients: ['a@b', 'c\n@d', 'e@f'] });
    expect(rcpts).toEqual(['RCPT TO:<a@b>\r\n', 'RCPT TO:<e@f>\r\n']);
    expect(indices).toEqual([0, 2]);
    expect(ends.map((end) => end?.kind)).toEqual([undefined, 'refused', undefined]);
  });

  it('recipients beyond RCPTMAX come again in another transaction', () => {
    const { rcpts, ends } = envelope({ recipients: ['a@b', 'c@d', 'e@f'] }, 'LIMITS RCPTMAX=2');
    expect(rcpts.length).toBe(2);
    expect(ends[2]).toMatchObject({
      kind: 'refused',
      severity: 'transient',
      from: 'local',
      reply: { code: 452, enhanced: '4.5.3' },
    });
  });
});
