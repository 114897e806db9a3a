import { parseDomain, parseMailbox } from '@postern/smtp';
import { expected, ok, type Reader } from './reading.ts';

/** A domain name as it goes into EHLO and Message-ID (RFC 5321 §4.1.2). */
export const hostName: Reader<string> = (text) => {
  const domain = parseDomain(text);
  return domain ? ok(domain) : expected('a domain name such as mail.example.org');
};

/** An e-mail address that a person signs in with. */
export const emailAddress: Reader<string> = (text) => {
  const mailbox = parseMailbox(text.toLowerCase());
  return mailbox && /^[^"]+@[^[]+\../.test(mailbox.text)
    ? ok(mailbox.text)
    : expected('an e-mail address such as admin@example.org');
};

/** Text of at least and at most so many characters. */
export function longText(bounds: {
  readonly min: number;
  readonly max: number;
  readonly hint: string;
}): Reader<string> {
  return (text) =>
    text.length >= bounds.min && text.length <= bounds.max
      ? ok(text)
      : expected(`${bounds.min} to ${bounds.max} characters${bounds.hint}`);
}

/** The name of a claim of a token (RFC 7519 §4). */
export const claimName: Reader<string> = (text) =>
  /^[\x21-\x7e]{1,64}$/.test(text) ? ok(text) : expected('the name of a claim such as sub, email or client_id');
