import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import {
  bitString,
  boolean,
  context,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';

export interface SelfSigned {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
/** What browsers and mail programs took as the longest when certificates of their own were still common. */
export const VALID_DAYS = 825;

const ECDSA_WITH_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const COMMON_NAME = objectIdentifier('2.5.4.3');
const SERVER_AUTH = objectIdentifier('1.3.6.1.5.5.7.3.1');

/** A certificate for `hostname` and this machine's own names that vouches for itself, with a new key (RFC 5280 §4.1). */
export function selfSigned({ hostname, now }: { readonly hostname: string; readonly now: Date }): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = distinguishedName(hostname);
  const toBeSigned = sequence(
    context(0, integer(Buffer.from([2])), 'constructed'),
    integer(serial()),
    ECDSA_WITH_SHA256,
    name,
    // A day of grace for clients whose clock is behind.
    sequence(time(new Date(now.getTime() - DAY_MS)), time(new Date(now.getTime() + VALID_DAYS * DAY_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    context(3, extensions(hostname, publicKey), 'constructed'),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature));
  return {
    certificate: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The names that such a certificate has: the host's, and those by which programs on the same machine come. */
function ownNames(hostname: string): readonly string[] {
  return [...new Set([hostname, 'localhost', '127.0.0.1', '::1'])];
}

/** RFC 5280 §4.1.2.2: positive, and at most 20 octets. */
function serial(): Buffer {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets;
}

/** RFC 5280, appendix A: a common name has at most 64 characters; a longer one stands in the names only. */
function distinguishedName(hostname: string): Buffer {
  const name = hostname.length <= 64 ? hostname : 'postern';
  return sequence(set(sequence(COMMON_NAME, utf8String(name))));
}

function extensions(hostname: string, publicKey: KeyObject): Buffer {
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  return sequence(
    extension('2.5.29.19', 'critical', sequence()),
    // digitalSignature, the first of the bits.
    extension('2.5.29.15', 'critical', bitString(Buffer.from([0x80]), 7)),
    extension('2.5.29.37', 'plain', sequence(SERVER_AUTH)),
    extension('2.5.29.14', 'plain', octetString(createHash('sha1').update(point).digest())),
    extension('2.5.29.17', 'plain', sequence(...ownNames(hostname).map(generalName))),
  );
}

function extension(identifier: string, weight: 'critical' | 'plain', value: Buffer): Buffer {
  const critical = weight === 'critical' ? [boolean(true)] : [];
  return sequence(objectIdentifier(identifier), ...critical, octetString(value));
}

/** RFC 5280 §4.2.1.6: dNSName [2], iPAddress [7]. */
function generalName(name: string): Buffer {
  return isIP(name) === 0
    ? context(2, Buffer.from(name, 'latin1'), 'primitive')
    : context(7, addressOctets(name), 'primitive');
}

function addressOctets(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [front = '', back] = address.split('::');
  const groups = (text: string | undefined): number[] =>
    text ? text.split(':').map((each) => parseInt(each, 16)) : [];
  const zeros = back === undefined ? [] : Array<number>(8 - groups(front).length - groups(back).length).fill(0);
  return Buffer.from([...groups(front), ...zeros, ...groups(back)].flatMap((group) => [group >> 8, group & 0xff]));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
