/** The longest text that rules look at; the reason stands at the front. */
const MAX_LENGTH = 1_500;

const URL = /\bhttps?:\/\/[^\s<>"']*/gi;
const ADDRESS = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/g;
const IPV6 = /\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b|\b[0-9a-f]{0,4}::[0-9a-f:]{2,}/gi;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const HOST = /\b(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z]{2,}\b/gi;
/** Names of faults that look like host names: `RESOLVER.ADR.RecipNotFound`. */
const EXCHANGE = /^(?:resolver|storedrv|routing|smtpsend|submit|queue|delivery)\./;
/** Operators of lists of senders that others refuse: the one thing that a host name or URL tells about the reason. */
const LIST =
  /spamhaus|spamcop|sorbs|barracuda|uceprotect|dnsbl|senderbase|invaluement|psbl|mailspike|abusix|spamrats|backscatterer|\brbl|blocklist|blacklist|proofpoint|cloudmark|trendmicro|\bcbl\b/i;

/**
 * A reply's text as rules read it: lower case, one space between words and around the whole, without punctuation; addresses
 * are `@`, host names `host` (or `blocklist`), IP addresses `ip`, URLs gone. So what somebody is called decides nothing:
 * `<spam-report@virus.example>` is neither spam nor a virus.
 */
export function normaliseText(text: string): string {
  const bare = text
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    // `unknown.Please`: the end of a sentence, and no host.
    .replace(/\.(?=\p{Lu}\p{Ll})/gu, '. ')
    .toLowerCase()
    .replace(URL, (url) => (LIST.test(url) ? ' blocklist ' : ' '))
    .replace(ADDRESS, ' @ ')
    .replace(IPV6, ' ip ')
    .replace(IPV4, ' ip ')
    .replace(HOST, (host) => (EXCHANGE.test(host) ? host : LIST.test(host) ? ' blocklist ' : ' host '));
  const words = bare
    .replace(/[’`´]/g, "'")
    .replace(/[^\p{L}\p{N}@'.]+/gu, ' ')
    .replace(/(?<!\p{N})\.|\.(?!\p{N})|(?<!\p{L})'|'(?!\p{L})/gu, ' ');
  return ` ${fold(words)} `;
}

const SCRIPTS_WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu;

/**
 * Words as they are compared: without accents, for hosts write `Boite pleine` too; the characters of scripts that put no space
 * between words stand alone. Phrases of rules are folded in the same way.
 */
export function fold(words: string): string {
  return words
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(SCRIPTS_WITHOUT_SPACES, ' $& ')
    .replace(/ +/g, ' ')
    .trim();
}
