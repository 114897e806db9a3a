import { expected, ok, type Reader } from './reading.ts';

/** A domain name as it goes into EHLO and Message-ID (RFC 5321 §4.1.2: letters, digits and hyphens, in labels). */
export const hostName: Reader<string> = (text) =>
  isDomain(text) ? ok(text.toLowerCase()) : expected('a domain name such as mail.example.org');

/** An e-mail address that a person signs in with. */
export const emailAddress: Reader<string> = (text) => {
  const at = text.lastIndexOf('@');
  const sound = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/.test(text.slice(0, at)) && isDomain(text.slice(at + 1));
  return sound && text.slice(at + 1).includes('.')
    ? ok(text.toLowerCase())
    : expected('an e-mail address such as admin@example.org');
};

/** Text of at least so many characters. */
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

/** Whether the text is a domain of RFC 5321 §4.1.2 within the lengths of RFC 1035 §2.3.4, and no IPv4 address. */
export function isDomain(text: string): boolean {
  const labels = text.split('.');
  const sound = labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label));
  return sound && text.length <= 253 && !/^[0-9]+$/.test(labels.at(-1) ?? '');
}
