import type { Rule } from '../rule.ts';
import { phrases } from './phrases.ts';

/** What they hold against the message itself. */
export const MESSAGE_RULES: readonly Rule[] = [
  {
    id: 'virus',
    class: 'virus',
    texts: phrases(`
      virus, viruses, virus*, malware, infected, trojan, worm, phishing*, malicious, ransomware, dangerous attachment,
      clamav`),
    without: ['user unknown', 'no such user', 'anti virus gateway', 'phishing list'],
  },
  {
    id: 'too-big',
    class: 'too_big',
    texts: phrases(`
      message too large, message too big, message is too large, message is too big, message size exceeds,
      message size exceeded, message exceeds, message length exceeds, size exceeds, exceeds ... size,
      exceeded ... size, maximum message size, max message size, message size limit, size limit, too large, mail size,
      mail too large, data size exceeds, exceeds fixed maximum, exceeds maximum, exceeds size, message size,
      length limit, too big, larger than, exceeding size`),
    without: phrases(`
      headers too large, header too large, header size, mailbox size, mailbox has, mailbox exceed*, mailbox is,
      mailbox limit, mailbox full, mailbox for, mailbox over, user's mailbox, quota, storage`),
  },
  {
    id: 'mailbox-full',
    class: 'mailbox_full',
    texts: phrases(`
      mailbox full, mailbox is full, mailbox has exceeded, mailbox exceeded, mailbox exceeds, mailbox quota,
      mailbox size, mailbox limit, mailbox over, box full, mailfolder is full, mail folder is full, folder is full,
      inbox is full, inbox full, over quota, overquota, quota exceed*, quota is exceeded, quota full, quota violation,
      quota reached, exceeded ... quota, exceeds ... quota, exceed ... quota, exceeding quota, out of ... quota,
      quotaexceeded, shutoffquotaexceeded, mapiexceptionshutoffquotaexceeded, out of storage, storage limit,
      storage space, storage full, storage quota, exceeded storage, exceeded ... storage, exceeds ... storage,
      insufficient disk, not enough storage, not enough space, no space left for, no space, disk quota, user is over,
      account is over, account is full, over the maximum, over the allowed quota, over disk quota, maildir ... over,
      mailbox ... full, too many messages in, insufficient storage, user has too many messages, has reached ... quota,
      mailbox has reached, has exceeded its, recipient over quota, delivery failed over quota,
      boite du destinataire pleine, boite pleine, postfach voll, buzon lleno, casella piena`),
    without: phrases(`
      blacklist*, relay quota, message quota, sending quota, insufficient system storage, no space left on device,
      daily quota`),
  },
  {
    id: 'mailbox-full-code',
    class: 'mailbox_full',
    enhanced: ['2.2'],
    without: ['user unknown', 'unknown user', 'no such user', 'blocked', 'blacklist*', 'spam'],
  },
  { id: 'too-big-code', class: 'too_big', enhanced: ['2.3', '3.4'] },
  {
    id: 'dangerous-content',
    class: 'content',
    texts: phrases(`potential security issue, file ... not allowed, attached ... not allowed, attachment ... security`),
  },
  {
    id: 'spam-url',
    class: 'spam_content',
    texts:
      phrases(`blacklisted url, blacklisted urls, url blacklisted, url ... blacklist*, blacklisted link, uribl, surbl,
      url listed, listed url, blocklisted url, domain ... in message body, url in message`),
  },
  {
    id: 'spam',
    class: 'spam_content',
    texts: phrases(`
      spam message, spam content, spam detected, detected as spam, identified as spam, considered spam,
      considered as spam, classified as spam, recognized as spam, looks like spam, looks like a spam,
      appears to be spam, appears to be unsolicited, seems to be spam, seems like spam, likely spam,
      likely unsolicited, suspected spam, suspected to be spam, probably spam, probable spam, spam score, spam filter,
      spamassassin, rejected as spam, blocked as spam, is spam, was spam, as spam, be spam, spam rejected, spam mail,
      spam email, spam suspected, spam like, message is spam, this is spam, possible spam, possibly spam, high spam,
      no spam, spammy, spam url, spam or virus, spam found, contains spam, spam check, spamminess, spam refused,
      rejected spam, suspicious content, contains ... spam, anti spam filter, antispam filter, triggered ... filter,
      ube, uce, unsolicited, junk mail, junk email, bulk email detected, suspicious url, bad url, listed url, uribl,
      surbl, blacklisted url, mail rejete, content rejected, content filter, content denied, content blocked,
      content not allowed, content is not acceptable, rejected for content, rejected due to content,
      blocked by content, content restriction*, message content, body contains, rejected by ... filter,
      filtered as spam, bayes*, dcc, spam cop, cloudmark, ofr_506, ofr 506, hits ... spam, rejected by rspamd,
      message refused due to content, probability of spam, suspicion of spam, reason spam, spam $, dt spm, spam by, message contains ... url, message scored`),
    without: phrases(`
      blacklist*, blocklist, block list, rbl, dnsbl, your ip, ip address, banned sending, client host, spam source,
      spam sources, spamming, open relay, user unknown, unknown user, no such user, reputation, virus*,
      duplicate header, service refused, unsolicited mail originating, originating from your, ip has been,
      sender blocked, too many unwanted, dynamic`),
  },
  {
    id: 'content',
    class: 'content',
    texts: phrases(`
      headers too large, header too large, header size, improper use of 8, 8 bit data, eight bit, 8bit,
      duplicate header, multiple from, duplicate from, missing ... header, header missing, not rfc, rfc 5322, rfc5322,
      rfc 2822, rfc2822, rfc822 compliant, rfc compliant, not compliant, noncompliant, malformed header*,
      malformed mime, malformed message, invalid header, invalid headers, illegal header, bare lf, bare line feed,
      bare newline, bare cr, stray, line too long, lines too long, line length, mime error*, mime structure,
      mime headers, file ... not allowed, attached ... not allowed, lines ... longer, nul characters, security issue, attachment type, attachment ... not allowed, attachment ... blocked, attachments ... not allowed,
      attachment rejected, blocked attachment*, file type, file extension, filename ... blocked, illegal attachment,
      unacceptable attachment, executable, executables, macro, encrypted attachment, password protected, charset,
      character set, subject ... not allowed, message id ... missing, date header, invalid date, several from,
      header contains, headers contain, conversion required, not supported by ... 8bitmime, smtputf8, non ascii,
      message format, invalid message, invalid content, bad header*, invalid ... header, missing from, empty message`),
    without: ['blocked using', 'user unknown', 'from domain', 'reverse', 'no such user'],
  },
];
