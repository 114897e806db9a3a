import { type CheckLine, fails, informs, passes, warns } from './check-line.ts';

/** What a credential sent in the last 7 days, as far as the rules for bulk senders look at it. */
export interface BulkFacts {
  readonly messages: number;
  /** On the busiest day. */
  readonly peakPerDay: number;
  readonly signed: number;
  /** With a From whose domain is that of the reverse-path, or that is signed for. */
  readonly aligned: number;
  /** With List-Unsubscribe-Post, covered by a signature. */
  readonly oneClick: number;
}

/** Google's and Yahoo's rules of 2024, and Microsoft's of 2025, count from so many messages a day to their users. */
const BULK_PER_DAY = 5_000;

/** Whether what a credential sends meets the rules of Google, Yahoo and Microsoft for bulk senders. */
export function checkBulk(facts: BulkFacts): readonly CheckLine[] {
  const { messages, peakPerDay } = facts;
  const volume = { id: 'volume', about: 'Volume' };
  if (messages === 0) return [informs(volume, 'Nothing was sent in the last 7 days')];
  const bulk = peakPerDay >= BULK_PER_DAY;
  const found = `${messages} messages in the last 7 days, ${peakPerDay} on the busiest day`;
  return [
    informs(
      volume,
      bulk
        ? `${found}: the rules for bulk senders apply`
        : `${found}: the rules for bulk senders begin at ${BULK_PER_DAY} a day`,
    ),
    share(facts, {
      id: 'signed',
      about: 'Signed with DKIM',
      met: facts.signed,
      bulk,
      effect: 'Google, Yahoo and Microsoft defer or refuse what bulk senders do not sign (550 5.7.26, 550 5.7.515)',
      remedy: 'Add the domain of the From field: postern domain add',
    }),
    share(facts, {
      id: 'aligned',
      about: 'From aligned with SPF or DKIM',
      met: facts.aligned,
      bulk,
      effect: 'Mail that is not aligned fails DMARC, and is refused from bulk senders',
      remedy: 'Sign for the domain of From, or send with a reverse-path of it',
    }),
    share(facts, {
      id: 'one-click',
      about: 'One-click unsubscribe (RFC 8058), covered by the signature',
      met: facts.oneClick,
      bulk,
      effect: 'Google and Yahoo want it in every promotional message of bulk senders; mail without it goes to spam',
      remedy:
        'Send List-Unsubscribe with an https URI, and List-Unsubscribe-Post: List-Unsubscribe=One-Click. Mail that nobody subscribed to needs neither',
    }),
  ];
}

interface Rule {
  readonly id: string;
  readonly about: string;
  readonly met: number;
  readonly bulk: boolean;
  readonly effect: string;
  readonly remedy: string;
}

function share({ messages }: BulkFacts, { id, about, met, bulk, effect, remedy }: Rule): CheckLine {
  const line = { id, about };
  if (met >= messages) return passes(line, `all ${messages}`);
  const said = { found: `${met} of ${messages}`, effect, remedy };
  // Receipts and alarms are no promotions: what is missing in them is told, and is no fault.
  if (id === 'one-click') return warns(line, said);
  return bulk ? fails(line, said) : warns(line, said);
}
