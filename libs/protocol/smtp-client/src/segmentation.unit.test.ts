import { ReplyReader } from '@postern/smtp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conversation, type Order } from './conversation.ts';
import { parseExtensions } from './extensions.ts';
import { someMail } from './testing/talk.ts';
import type { TransactionEnd } from './transaction.ts';

/** What a host says to MAIL, to each RCPT, to DATA (when a recipient was accepted) and to the final dot. */
const MOODS = fc.record({
  mail: fc.constantFrom('250 ok', '250-2.1.0 fine\r\n250 2.1.0 sender', '451 4.7.1 later', '550 no'),
  rcpt: fc.array(fc.constantFrom('250 ok', '550 5.1.1 no', '450-wait\r\n450 a bit'), { minLength: 1, maxLength: 4 }),
  data: fc.constantFrom('354 go', '354-well\r\n354 go', '451 no'),
  final: fc.constantFrom('250 queued', '250-2.0.0 a\r\n250 2.0.0 b', '554 5.7.1 spam', '452 full'),
});

describe('replies cut anywhere', () => {
  it.each([['PIPELINING'], ['8BITMIME']])('with %s lead to the ends that the host gave', (offer) => {
    fc.assert(
      fc.property(
        fc.array(MOODS, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (moods, cuts) => {
          const { ends, closed } = converse(moods, offer, cuts);
          expect(closed).toBe(false);
          expect(ends).toEqual(moods.map(expected));
        },
      ),
    );
  });
});

interface Mood {
  readonly mail: string;
  readonly rcpt: readonly string[];
  readonly data: string;
  readonly final: string;
}

/** An honest host, whose octets come in pieces. */
function converse(
  moods: readonly Mood[],
  offer: string,
  cuts: Iterator<number>,
): { ends: string[][]; closed: boolean } {
  const extensions = parseExtensions({ code: 250, lines: ['mx', offer] });
  const conversation = new Conversation({ extensions, clock: { monotonicMs: () => 0 } });
  const reader = new ReplyReader();
  const ends = new Map<number, TransactionEnd>();
  let closed = false;
  let wire = '';
  let current = -1;
  let rcpt = 0;
  const accepted = () =>
    !moods[current]!.mail.startsWith('2') ? 0 : moods[current]!.rcpt.filter((each) => each.startsWith('2')).length;
  const host = (line: string): void => {
    if (line.startsWith('MAIL')) [current, rcpt] = [current + 1, 0];
    const mood = moods[current];
    if (line.startsWith('RSET')) wire += '250 reset\r\n';
    else if (line.startsWith('MAIL')) wire += `${mood!.mail}\r\n`;
    else if (line.startsWith('RCPT'))
      wire += mood!.mail.startsWith('2') ? `${mood!.rcpt[rcpt++]}\r\n` : '503 MAIL first\r\n';
    else if (line.startsWith('DATA')) wire += accepted() > 0 ? `${mood!.data}\r\n` : '554 no valid recipients\r\n';
    else if (line === '{content}') wire += `${mood!.final}\r\n`;
  };
  const carry = (orders: readonly Order[]): void => {
    for (const order of orders) {
      if (order.kind === 'send') order.text.split('\r\n').forEach(host);
      if (order.kind === 'send content') ['{content}', ...order.thenSend.split('\r\n')].forEach(host);
      if (order.kind === 'end') ends.set(order.ticket, order.end);
      if (order.kind === 'close') closed = true;
    }
  };
  for (const mood of moods) {
    carry(conversation.handIn(someMail({ recipients: mood.rcpt.map((_, index) => `r${index}@example.com`) })).orders);
  }
  while (wire !== '') {
    const size = cuts.next().value as number;
    const chunk = wire.slice(0, size);
    wire = wire.slice(size);
    carry(conversation.receive(reader.push(Buffer.from(chunk)).replies));
  }
  const told = [...ends].sort(([a], [b]) => a - b).map(([, end]) => end.recipients);
  return {
    ends: told.map((recipients) =>
      recipients.map((end) => (end.kind === 'undecided' ? end.kind : `${end.kind} ${end.reply.code}`)),
    ),
    closed,
  };
}

function expected({ mail, rcpt, data, final }: Mood): string[] {
  const verdict = (line: string) => (line.startsWith('2') ? 'accepted' : 'refused') + ` ${line.slice(0, 3)}`;
  return rcpt.map((each) => {
    const decisive = [mail, each, data.startsWith('354') ? '2' : data].find((line) => !line.startsWith('2'));
    return verdict(decisive ?? final);
  });
}
