import { parseAddress } from '@postern/dns';
import { parseDomain } from '@postern/smtp';
import { expected, ok, type Reader } from './reading.ts';

/** IP addresses, comma-separated, each in its canonical form. */
export const addressList: Reader<readonly string[]> = (text) => {
  const addresses = text.split(',').map((each) => parseAddress(each.trim())?.text);
  return addresses.every((each) => each !== undefined)
    ? ok(addresses)
    : expected('IP addresses such as 192.0.2.1 or 2001:db8::1, comma-separated');
};

/** Domains, comma-separated. */
export const domainList: Reader<readonly string[]> = (text) => {
  const domains = text.split(',').map((each) => parseDomain(each.trim()));
  return domains.every((each) => each !== undefined)
    ? ok(domains)
    : expected('domains such as zen.spamhaus.org, comma-separated');
};
