import type { Rule } from '../rule.ts';
import { phrases } from './phrases.ts';

/** What they hold against the sender's address. */
export const SENDER_RULES: readonly Rule[] = [
  {
    id: 'microsoft-tenant-refuses',
    class: 'sender_rejected',
    enhanced: ['4.1'],
    texts: ['all recipient addresses rejected'],
  },
  {
    id: 'sender-not-verified',
    class: 'sender_rejected',
    texts: phrases(`sender verify failed, sender verification failed, callback setup failed while verifying,
      invalid dns mx or a aaaa resource record, invalid dns mx`),
  },
  {
    id: 'sender-words',
    class: 'sender_rejected',
    texts: phrases(`
      sender address rejected, sender address not, sender address is not, sender address blocked,
      sender address is blocked, sender address verif*, sender rejected, sender denied, sender refused, sender not,
      sender is not, sender blocked, sender is blocked, sender has been blocked, blocked sender, invalid sender,
      sender invalid, sender is invalid, bad sender, sender verif*, sender verify failed, sender unknown,
      unknown sender, sender domain, domain of sender, sender email, sender mailbox, sender does not exist,
      sender ... does not exist, forged sender, sender is on, sender in, sender is in, from address, from domain,
      mail from ... reject*, from domain is invalid, originator, return path, envelope sender, envelope from,
      purported responsible address, purported responsible, responsible address, registered gateway user, spoof*,
      forged, not a registered, domain of sender address, domain ... sender, fake sender, backscatter, null sender,
      empty sender, empty envelope, bounces not accepted, does not accept bounces, no bounces, does not accept dsn*,
      must provide a valid from, valid from`),
    without: [
      'rst notauthorizedforgroup',
      'resolver.rst.notauthorizedforgroup',
      'user unknown',
      'unknown user',
      'no such user',
      'blocked using',
      'unauthenticated senders',
      'policy reasons',
    ],
  },
  { id: 'sender-code', class: 'sender_rejected', enhanced: ['1.7', '1.8', '7.27'] },
  {
    id: 'sender-no-such-domain',
    class: 'sender_rejected',
    stages: ['mail'],
    texts: phrases(`
      does not exist, no such domain, unknown domain, not found, unresolv*, access denied, rejected, denied,
      not allowed, not permitted`),
    without: ['authenticat*', 'tls', 'starttls', 'relay', 'unauthenticated'],
  },
];
