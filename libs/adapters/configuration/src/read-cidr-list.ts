import { parseNetwork } from '@postern/dns';
import { expected, ok, type Reader } from './reading.ts';

/** Networks in CIDR notation, comma-separated; an address alone stands for itself. */
export const cidrList: Reader<readonly string[]> = (text) => {
  const networks: string[] = [];
  for (const each of text.split(',')) {
    const reading = parseNetwork(each);
    if (reading.kind === 'invalid')
      return expected(`networks such as 127.0.0.0/8 or fd00::/8, comma-separated; ${reading.reason}`);
    networks.push(reading.network.text);
  }
  return ok(networks);
};
