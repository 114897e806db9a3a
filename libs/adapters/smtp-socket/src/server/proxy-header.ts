import { isIP } from 'node:net';

/**
 * The header that a load balancer puts before a client's octets, to say who the client is (the PROXY protocol of HAProxy,
 * versions 1 and 2).
 */
export type ProxyReading =
  | { readonly kind: 'more' }
  | { readonly kind: 'invalid'; readonly because: string }
  /** `ends`: where the connection came from and went to; undefined: the balancer speaks for itself (LOCAL, UNKNOWN). */
  | { readonly kind: 'read'; readonly ends: ProxyEnds | undefined; readonly rest: Buffer };

export interface ProxyEnds {
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly localPort: number;
}

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
/** Version 1 §2.1: the longest line there can be, with its CRLF. */
const MAX_V1_OCTETS = 107;
/** Version 2 lets 65,535 octets of further values follow the addresses; nobody needs so much. */
const MAX_V2_OCTETS = 4_096;
const V2_HEAD = 16;

/** Reads the header at the beginning of what has come so far. */
export function readProxyHeader(octets: Buffer): ProxyReading {
  const begin = octets.subarray(0, SIGNATURE.length);
  if (begin.equals(SIGNATURE.subarray(0, begin.length))) return readVersion2(octets);
  return 'PROXY '.startsWith(octets.toString('latin1', 0, 6)) ? readVersion1(octets) : invalid('no PROXY header');
}

function readVersion1(octets: Buffer): ProxyReading {
  const end = octets.subarray(0, MAX_V1_OCTETS).indexOf('\r\n');
  if (end === -1) return octets.length < MAX_V1_OCTETS ? { kind: 'more' } : invalid('a PROXY line without end');
  const rest = octets.subarray(end + 2);
  const line = octets.toString('latin1', 0, end);
  if (/^PROXY UNKNOWN(?: .*)?$/.test(line)) return { kind: 'read', ends: undefined, rest };
  const [, family, address = '', localAddress = '', port, localPort] =
    /^PROXY TCP([46]) ([0-9a-fA-F.:]+) ([0-9a-fA-F.:]+) (\d{1,5}) (\d{1,5})$/.exec(line) ?? [];
  const isRight = [address, localAddress].every((each) => isIP(each) === Number(family));
  const ends = { address, localAddress, port: Number(port), localPort: Number(localPort) };
  return isRight && ends.port < 65_536 && ends.localPort < 65_536
    ? { kind: 'read', ends: canonical(ends), rest }
    : invalid('a PROXY line that is none');
}

function readVersion2(octets: Buffer): ProxyReading {
  if (octets.length < V2_HEAD) return { kind: 'more' };
  const [versionCommand = 0, family = 0] = octets.subarray(12, 14);
  const length = octets.readUInt16BE(14);
  if (versionCommand >> 4 !== 2) return invalid('a version of the PROXY protocol that is not 2');
  if (length > MAX_V2_OCTETS) return invalid('a PROXY header that is too long');
  if (octets.length < V2_HEAD + length) return { kind: 'more' };
  const body = octets.subarray(V2_HEAD, V2_HEAD + length);
  const rest = octets.subarray(V2_HEAD + length);
  switch (versionCommand & 0x0f) {
    case 0x0:
      return { kind: 'read', ends: undefined, rest };
    case 0x1:
      return readEnds(family, body, rest);
    default:
      return invalid('an unknown command of the PROXY protocol');
  }
}

/** §2.2: what is not TCP over IPv4 or IPv6 is not told, and the connection's own ends count. */
function readEnds(family: number, body: Buffer, rest: Buffer): ProxyReading {
  const width = { 0x11: 4, 0x21: 16 }[family];
  if (width === undefined)
    return family === 0 ? { kind: 'read', ends: undefined, rest } : invalid('an address that is no TCP address');
  if (body.length < 2 * width + 4) return invalid('a PROXY header that is too short');
  const ends = {
    address: textOf(body.subarray(0, width)),
    localAddress: textOf(body.subarray(width, 2 * width)),
    port: body.readUInt16BE(2 * width),
    localPort: body.readUInt16BE(2 * width + 2),
  };
  return { kind: 'read', ends: canonical(ends), rest };
}

function textOf(address: Buffer): string {
  if (address.length === 4) return address.join('.');
  const groups = Array.from({ length: 8 }, (_, group) => address.readUInt16BE(2 * group).toString(16));
  return groups.join(':');
}

/** One address has one text: credentials' networks and counts per address go by it. */
function canonical(ends: ProxyEnds): ProxyEnds {
  return { ...ends, address: plain(ends.address), localAddress: plain(ends.localAddress) };
}

function plain(address: string): string {
  if (isIP(address) === 4) return address;
  // The URL parser writes IPv6 as RFC 5952 does, and an IPv4 address inside it as two groups.
  const text = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? [];
  if (high === undefined || low === undefined) return text;
  const [h, l] = [parseInt(high, 16), parseInt(low, 16)];
  return [h >> 8, h & 0xff, l >> 8, l & 0xff].join('.');
}

function invalid(because: string): ProxyReading {
  return { kind: 'invalid', because };
}
