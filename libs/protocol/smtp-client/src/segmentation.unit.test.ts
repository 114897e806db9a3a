import { ReplyReader } from '@postern/smtp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conversation, type Order } from './conversation.ts';
import { parseExtensions } from './extensions.ts';
import { someMail } from './testing/talk.ts';
import type { RecipientEnd, TransactionEnd } from './transaction.ts';

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

/** An honest host, in the mood of each transaction in turn. */
class Host {
  wire = '';
  readonly #moods: Iterator<Mood>;
  #mood: Mood | undefined;
  #answers: Iterator<string> = [].values();

  constructor(moods: readonly Mood[]) {
    this.#moods = moods.values();
  }

  hears(line: string): void {
    const reply = this.#reply(line);
    if (reply !== undefined) this.wire += `${reply}\r\n`;
  }

  #reply(line: string): string | undefined {
    if (line === '{content}') return this.#mood?.final;
    if (line.startsWith('RSET')) return '250 reset';
    if (line.startsWith('MAIL')) {
      this.#mood = this.#moods.next().value;
      this.#answers = (this.#mood?.rcpt ?? []).values();
      return this.#mood?.mail;
    }
    const { mail = '', rcpt = [], data } = this.#mood ?? {};
    if (line.startsWith('RCPT')) return mail.startsWith('2') ? this.#answers.next().value : '503 MAIL first';
    if (!line.startsWith('DATA')) return undefined;
    return mail.startsWith('2') && rcpt.some((each) => each.startsWith('2')) ? data : '554 no valid recipients';
  }
}

function converse(
  moods: readonly Mood[],
  offer: string,
  cuts: Iterator<number>,
): { ends: string[][]; closed: boolean } {
  const extensions = parseExtensions({ code: 250, lines: ['mx', offer] });
  const conversation = new Conversation({ extensions, clock: { monotonicMs: () => 0 } });
  const reader = new ReplyReader();
  const host = new Host(moods);
  const ends = new Map<number, TransactionEnd>();
  let closed = false;
  const carry = (orders: readonly Order[]): void => {
    for (const order of orders) {
      if (order.kind === 'send') for (const line of order.text.split('\r\n')) host.hears(line);
      if (order.kind === 'send content')
        for (const line of ['{content}', ...order.thenSend.split('\r\n')]) host.hears(line);
      if (order.kind === 'end') ends.set(order.ticket, order.end);
      if (order.kind === 'close') closed = true;
    }
  };
  for (const mood of moods) {
    const recipients = mood.rcpt.map((_, index) => `r${index}@example.com`);
    carry(conversation.handIn(someMail({ recipients })).orders);
  }
  while (host.wire !== '') {
    const size: number = cuts.next().value;
    const chunk = host.wire.slice(0, size);
    host.wire = host.wire.slice(size);
    carry(conversation.receive(reader.push(Buffer.from(chunk)).replies));
  }
  const inOrder = [...ends].toSorted(([a], [b]) => a - b);
  return { ends: inOrder.map(([, end]) => end.recipients.map(verdict)), closed };
}

function verdict(end: RecipientEnd): string {
  return end.kind === 'undecided' ? end.kind : `${end.kind} ${end.reply.code}`;
}

function expected({ mail, rcpt, data, final }: Mood): string[] {
  return rcpt.map((each) => {
    const refusal = [mail, each, data].find((line) => line.startsWith('4') || line.startsWith('5'));
    const decisive = refusal ?? final;
    return `${decisive.startsWith('2') ? 'accepted' : 'refused'} ${decisive.slice(0, 3)}`;
  });
}
