import type { Rule } from '../rule.ts';
import { phrases } from './phrases.ts';

/** Not so fast, and not yet. */
export const PACE_RULES: readonly Rule[] = [
  {
    id: 'greylisting',
    class: 'greylisted',
    codes: ['4'],
    texts: phrases(`
      greylist*, greylisted, graylist*, grey listed, gray listed, grey listing, gray listing, greylisting, postgrey,
      grey list, gray list, internal resources are temporarily unavailable`),
  },
  { id: 'microsoft-busy', class: 'rate_limited', enhanced: ['4.7.500'] },
  {
    id: 'too-many',
    class: 'rate_limited',
    texts: phrases(`
      rate limit*, ratelimit*, rate limited, throttl*, too many connections, too many concurrent, too many recipients,
      too many messages, too many sessions, too many mail*, too many emails, too many simultaneous, too many rcpt*,
      too many smtp, too many transactions, connection rate, connection frequency, connections rate, message rate,
      sending rate, frequency limit*, message frequency, sending frequency, exceeded ... rate, exceeds ... rate,
      exceed ... rate, maximum number of connections, maximum ... connections, connection limit,
      concurrent connections, concurrency limit, hourly limit, daily limit, per hour, per minute, this hour, per day,
      daily sending, sending limit, sending quota, recipient limit, exceeded the maximum number of,
      exceeded the limit of, unusual rate, receiving mail at a rate, receiving mail too quickly, too quickly,
      too fast, too frequent*, slow down, sending too many, sent too many, sends too many, max message per connection,
      message limit reached, max emails per session, maximum ... per session, limit on the number of,
      quota of messages, mail limit exceeded, limit exceeded for sender, try reconnecting, number of connections,
      max rcpt*, too much mail, rate exceeded, rp cel, rp dmc, rp qrc, rp rcl, rp trc, mi cel, mi dmc, mi stc, hl ifc,
      hl mep, frequency limited, zu viele verbindungen, trop de connexions, demasiadas conexiones, zu viele nachrichten,
      trop de messages, слишком много`),
    without: phrases(`
      blacklist*, blocklist, unknown user, user unknown, too many hops, mailbox size, mailbox quota, too many errors,
      user complaints, poor reputation, ip reputation`),
  },
];
