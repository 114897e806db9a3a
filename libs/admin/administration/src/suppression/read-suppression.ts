import { parseDomain, parseMailbox } from '@postern/smtp';

/** An address in the form in which suppressions keep it: in lower case, its domain in canonical form. */
export function readSuppressedAddress(text: string): string | undefined {
  return parseMailbox(text.replace(/^<|>$/g, ''), { smtpUtf8: true })?.text.toLowerCase();
}

/** `*`, `@domain`, or an address. */
export function readScope(text: string): string | undefined {
  if (text === '*') return text;
  if (!text.startsWith('@')) return readSuppressedAddress(text);
  const domain = parseDomain(text.slice(1));
  return domain && `@${domain}`;
}
