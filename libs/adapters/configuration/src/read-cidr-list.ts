import { isIP } from 'node:net';
import { expected, ok, type Reader } from './reading.ts';

/** Networks in CIDR notation, comma-separated; an address alone stands for itself. */
export const cidrList: Reader<readonly string[]> = (text) => {
  const networks = text.split(',').map((each) => network(each.trim()));
  return networks.every((each) => each !== undefined)
    ? ok(networks)
    : expected('networks such as 127.0.0.0/8 or fd00::/8, comma-separated');
};

function network(text: string): string | undefined {
  const match = /^([0-9a-fA-F:.]+)(?:\/([0-9]{1,3}))?$/.exec(text);
  const address = match?.[1] ?? '';
  const family = isIP(address);
  if (family === 0) return undefined;
  const bits = family === 4 ? 32 : 128;
  const length = match?.[2] === undefined ? bits : Number(match[2]);
  return length <= bits ? `${address.toLowerCase()}/${length}` : undefined;
}
