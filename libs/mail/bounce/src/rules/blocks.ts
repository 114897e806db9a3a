import type { Rule } from '../rule.ts';
import { phrases } from './phrases.ts';

/** We are not wanted there: our address, our network, our domain. Never the recipient's doing. */
export const BLOCK_RULES: readonly Rule[] = [
  {
    id: 'microsoft-banned-address',
    class: 'reputation_block',
    // 5.7.606 to 5.7.649: "Access denied, banned sending IP".
    enhanced: [
      '7.511',
      ...Array.from({ length: 44 }, (_, index) => `7.${606 + index}`),
      '7.650',
      '7.651',
      '7.652',
      '7.708',
      '7.750',
    ],
  },
  {
    id: 'netease-block',
    class: 'reputation_block',
    texts: phrases('hl rep, hl itc, hl icc, hl ihu, rp rep, ib drc'),
  },
  {
    id: 'envelope-blocked',
    class: 'policy',
    texts: ['administrative prohibition'],
    without: ['blocklist', 'rbl', 'ip'],
  },
  {
    id: 'our-domain-blocked',
    class: 'reputation_block',
    texts: phrases(`
      domain ... blacklist*, domain ... blocklist*, domain ... block list, sender domain ... blocked,
      sending domain ... blocked, domain reputation, reputation of ... domain, low reputation of the sending domain,
      domain ... poor reputation, dbl, rhsbl, domain is listed, sender domain is listed, domain has been blocked,
      domain is blocked`),
    without: ['user unknown', 'no such user', 'recipient domain'],
  },
  {
    id: 'our-address-blocked',
    class: 'reputation_block',
    texts: phrases(`
      blocklist, blocklist*, blacklist, blacklist*, black list, black listed, block list, block listed, blocklisted,
      blackholed, blocked using, rbl, rbls, dnsbl, dnsbls, rblsmtpd, dnsrbl, denylist*, deny list, denylisted,
      banned sending, banned ip, ip ... banned, ip is banned, has been banned, banned, your ip, ip blocked,
      blocked ip, ip is blocked, ip has been blocked, ip address blocked, ip address is blocked, ip ... blocked,
      ip address ... blocked, blocked ... ip, ip address has been, ip ... listed, ip ... reject*, ip ... denied,
      ip ... not allowed, ip address not, ip ... refused, your server, your mail server, your mailserver, your host,
      your network, your isp, your isp's, your internet service provider, your email service provider,
      your service provider, poor reputation, bad reputation, low reputation, reputation, senderscore, sender score,
      senderbase, user complaints, complaints, abuse, abusive, spam source, spam sources, spammer, spammers, spamming,
      spam sender, source of spam, spamtrap*, spam from, spammy ip, too many unwanted, unwanted messages,
      client host rejected, client host blocked, client ... blocked, host ... blocked, client rejected, host rejected,
      host refused, host not allowed, host is not allowed, connection rejected, connection refused by policy,
      connections ... not accepted, connections not accepted, connections will not be accepted, connection not allowed, connection denied,
      connection dropped, not accepting connections, not accepting mail from, not accept mail from,
      not accepting messages from, refused mail from, refuse mail from, we do not accept mail from,
      we don't accept mail from, no connections from, service refus*, mail from ip, messages from ip, mails from ip,
      email from ip, traffic from ip, connections from ip, not welcome, go away, dynamic ip, dynamic address*,
      dynamic pool, dynamic range, dynamically assigned, dialup, dial up, dul, residential, generic ip,
      generic hostname, smtp server of your, use your isp, open relay, open proxy, access denied ip, denied ip,
      temporarily deferred, tss04, ts01, ts02, ts03, temporarily blocked, temporarily rate, blocked by, blocked for,
      blocked because, blocked due, is blocked, was blocked, has been blocked, currently blocked, blocked, blocks,
      sending ip, sender ip, sending mta, sending host, sending server, source ip, connecting ip, remote ip, ip range,
      ip network, network ... blocked, may not be mail exchanger, cannot send ... to yourself,
      you are not allowed to connect, not allowed to connect, bl, listed at, listed by blocklist, is listed on,
      is listed in, listed on, delist*, unblock, removal, delisting, lookup ... lists, ip lookup, fail2ban`),
    without: phrases(`
      not listed in, recipient does not accept, user does not accept, recipient is not accepting, recipient is blocked, account is blocked, user is blocked, mailbox is blocked, account blocked,
      account has been blocked, mailbox blocked, blocked by recipient, blocked by the recipient, user blocked,
      sender address blocked, sender is blocked, sender blocked, sender has been blocked, sender address is blocked,
      blocked sender, attachment, host unknown, user has been banned, due to inactivity`),
  },
  {
    id: 'access-denied-with-mark',
    class: 'reputation_block',
    texts: ['access denied', 'service unavailable client', 'rejected ... ip'],
    stages: ['connect', 'greeting', 'ehlo'],
  },
  {
    id: 'greeting-refused',
    class: 'reputation_block',
    codes: ['5'],
    stages: ['connect', 'greeting', 'ehlo'],
    without: phrases(`
      user unknown, unknown user, no such user, recipient ... invalide, invalid recipient, access denied, command,
      syntax, recipient`),
  },
];
