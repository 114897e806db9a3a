import { formatLocalPart, parseDomain, parseMailbox, type Domain, type Mailbox } from '@postern/smtp';

/** Whom a credential or a listed network may send as. */
export type SenderRule =
  /** One mailbox, and its `+tag` forms. */
  | { readonly kind: 'mailbox'; readonly localPart: string; readonly domain: string }
  /** Every mailbox of a domain. */
  | { readonly kind: 'domain'; readonly domain: Domain }
  /** Every mailbox of a domain's sub-domains. */
  | { readonly kind: 'sub-domains'; readonly domain: Domain }
  /** Every mailbox. */
  | { readonly kind: 'any' }
  /** The null reverse-path: whoever sends DSNs of its own. */
  | { readonly kind: 'null' };

/** What a rule may be, for those who are told that theirs is none. */
export const SENDER_RULE_RULE =
  'an address a@example.org, a domain @example.org, its sub-domains @*.example.org, * or <>';

/**
 * Reads a sender rule as an operator writes it; undefined when it is none.
 *
 * `*@example.org` is read as `@example.org`, which is what everyone means by it; `"*"@example.org` is the mailbox.
 */
export function parseSenderRule(given: string): SenderRule | undefined {
  const text = given.startsWith('*@') ? given.slice(1) : given;
  if (text === '*') return { kind: 'any' };
  if (text === '<>') return { kind: 'null' };
  if (text.startsWith('@*.')) return ofDomain('sub-domains', text.slice(3));
  if (text.startsWith('@')) return ofDomain('domain', text.slice(1));
  const mailbox = parseMailbox(text, { smtpUtf8: true });
  return mailbox && { kind: 'mailbox', localPart: folded(mailbox.localPart), domain: mailbox.domain };
}

/** A sender rule in the one form in which it is stored and shown. */
export function formatSenderRule(rule: SenderRule): string {
  switch (rule.kind) {
    case 'mailbox':
      return `${formatLocalPart(rule.localPart)}@${rule.domain}`;
    case 'domain':
      return `@${rule.domain}`;
    case 'sub-domains':
      return `@*.${rule.domain}`;
    case 'any':
      return '*';
    case 'null':
      return '<>';
  }
}

/**
 * Whether the rules let one send as a mailbox; `undefined` stands for the null reverse-path, which only `<>` allows.
 *
 * The rule `a@example.org` allows `A@Example.org`, `"a"@example.org` and `a+tag@example.org`. The rule `a+tag@example.org`
 * allows that mailbox only. `@example.org` allows no sub-domain, and `@*.example.org` not the domain itself.
 */
export function mayUse(rules: readonly SenderRule[], mailbox: Mailbox | undefined): boolean {
  if (!mailbox) return rules.some((rule) => rule.kind === 'null');
  const localPart = folded(mailbox.localPart);
  return rules.some((rule) => allows(rule, localPart, mailbox.domain));
}

function allows(rule: SenderRule, localPart: string, domain: string): boolean {
  switch (rule.kind) {
    case 'mailbox':
      return rule.domain === domain && (rule.localPart === localPart || rule.localPart === withoutTag(localPart));
    case 'domain':
      return rule.domain === domain;
    case 'sub-domains':
      return (
        domain.length > rule.domain.length && domain.endsWith(rule.domain) && domain.at(-rule.domain.length - 1) === '.'
      );
    case 'any':
      return true;
    case 'null':
      return false;
  }
}

/**
 * RFC 5321 §2.4 leaves the case of a local-part to its receiver, and no receiver of note tells them apart: a rule that did
 * would only surprise. Composed and decomposed letters are one (RFC 6532 §3.1).
 */
function folded(localPart: string): string {
  return localPart.normalize('NFC').toLowerCase();
}

function withoutTag(localPart: string): string {
  const plus = localPart.indexOf('+');
  return plus > 0 ? localPart.slice(0, plus) : localPart;
}

function ofDomain(kind: 'domain' | 'sub-domains', text: string): SenderRule | undefined {
  const domain = parseDomain(text);
  return domain && { kind, domain };
}
