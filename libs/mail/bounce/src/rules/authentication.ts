import type { Rule } from '../rule.ts';
import { phrases } from './phrases.ts';

/** The sender's domain was not proved (RFC 7372), and what DNS says of our hosts. */
export const AUTHENTICATION_RULES: readonly Rule[] = [
  {
    id: 'authentication-code',
    class: 'auth_failure',
    enhanced: ['7.20', '7.21', '7.22', '7.23', '7.24', '7.26', '7.29', '7.509', '7.515'],
  },
  { id: 'reverse-dns-code', class: 'sender_dns', enhanced: ['7.25'] },
  {
    id: 'authentication-words',
    class: 'auth_failure',
    texts: phrases(`
      dmarc, spf, dkim, sender policy framework, sender id, senderid, domainkeys, adsp, spf1,
      email is unauthenticated, message is unauthenticated, unauthenticated email, not authenticated by,
      does not pass authentication, authentication checks, fails authentication, failed authentication checks,
      not authorized to send from, not allowed to send mail for, not permitted to send mail for, does not designate,
      not a designated, spf authentication, dkim authentication, mi sfq, dt sum`),
    without: phrases(`
      duplicate header, user unknown, unknown user, no such user, smtp authentication, reverse dns, ptr`),
  },
  {
    id: 'reverse-dns',
    class: 'sender_dns',
    texts: phrases(`
      reverse dns, reverse lookup, reverse hostname, reverse host, reverse name, reverse mapping, reverse record,
      rdns, ptr, ptr record, in addr, fcrdns, no ptr, ip name lookup failed, ip name possibly forged, ip name forged,
      cannot find your hostname, cannot find your reverse hostname, unable to resolve your, cannot resolve your,
      could not resolve your, without a valid reverse, dns lookup ... failed permanently, sender ip reverse lookup,
      address lookup ... client, client host ... cannot find, hostname ... does not resolve,
      helo ... does not resolve, helo command rejected host not found, helo command rejected, forward confirmed,
      does not resolve to your, all mail servers must have, no reverse, missing reverse, invalid reverse,
      must have a valid dns, must have dns, verify failed ... helo, dns configuration of your, ip must resolve,
      sender ip must resolve, host must resolve`),
    without: ['dns blacklist', 'user unknown'],
  },
];
