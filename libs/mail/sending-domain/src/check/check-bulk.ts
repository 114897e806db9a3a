import { Alignment, type SentMail } from '../dmarc/alignment.ts';
import { addressesOf, sourceGroups } from '../sources.ts';
import { asItLeaves, type CheckWorld } from './check-domain.ts';
import { type CheckLine, fails, informs, passes, warns } from './check-line.ts';
import { patient } from './patient.ts';

const PATIENCE_MS = 20_000;

/** What a credential sent in the last 7 days, as far as the rules for bulk senders look at it. */
export interface BulkFacts {
  readonly messages: number;
  /** On the busiest day. */
  readonly peakPerDay: number;
  readonly signed: number;
  /** With List-Unsubscribe and List-Unsubscribe-Post, both covered by a signature. */
  readonly oneClick: number;
  /** The same mail by what DMARC looks at, the most frequent first. */
  readonly sent: readonly SentMail[];
  /** Recipients that were delivered to, and complaints that came back by feedback loops. */
  readonly delivered: number;
  readonly complained: number;
}

/** Google's and Yahoo's rules of 2024, and Microsoft's of 2025, count from so many messages a day to their users. */
const BULK_PER_DAY = 5_000;

/** How many of these messages receivers would find to be their author's, now. */
export async function countAligned(
  { sent }: Pick<BulkFacts, 'sent'>,
  { resolver: given, sources }: Pick<CheckWorld, 'resolver' | 'sources'>,
): Promise<number> {
  const resolver = patient(given, PATIENCE_MS);
  const alignment = new Alignment(resolver, addressesOf(await sourceGroups(sources, resolver)));
  const counts = await Promise.all(
    sent.map(async (mail) => {
      const { dkim, spf } = await alignment.judge(asItLeaves(mail, sources));
      return dkim || spf ? mail.messages : 0;
    }),
  );
  return counts.reduce((sum, each) => sum + each, 0);
}

/** Whether what a credential sends meets the rules of Google, Yahoo and Microsoft for bulk senders. */
export function checkBulk(facts: BulkFacts, aligned: number): readonly CheckLine[] {
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
      met: aligned,
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
        'Send List-Unsubscribe with an https URI, and List-Unsubscribe-Post: List-Unsubscribe=One-Click, or have Postern add them: postern credential unsubscribe. Mail that nobody subscribed to needs neither',
    }),
    complaints(facts),
  ];
}

/** Google wants less than 0.1 % and never 0.3 %; Yahoo less than 0.3 %. */
const COMPLAINTS_CAREFUL = 0.001;
const COMPLAINTS_MOST = 0.003;
/** Of fewer, one complaint says nothing. */
const ENOUGH_DELIVERED = 300;

function complaints({ delivered, complained }: BulkFacts): CheckLine {
  const about = { id: 'complaints', about: 'Complaints' };
  if (delivered === 0) return informs(about, 'Nothing was delivered in the last 7 days');
  const rate = complained / delivered;
  const found = `${complained} of ${delivered} delivered (${(rate * 100).toFixed(2)} %), as far as feedback loops tell; Google tells its own in Postmaster Tools only`;
  if (delivered < ENOUGH_DELIVERED) return informs(about, found);
  const said = {
    found,
    effect: 'From 0.1 % on Google and Yahoo put mail aside as spam; from 0.3 % they defer and refuse it',
    remedy:
      'Send only to who asked for it, offer one-click unsubscribe, and see who complains: postern suppression list',
  };
  if (rate >= COMPLAINTS_MOST) return fails(about, said);
  return rate >= COMPLAINTS_CAREFUL ? warns(about, said) : passes(about, found);
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
