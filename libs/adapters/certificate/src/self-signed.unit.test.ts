import { X509Certificate, createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integer, objectIdentifier, time } from './der.ts';
import { VALID_DAYS, selfSigned } from './self-signed.ts';

const NOW = new Date('2026-11-22T12:34:56Z');
const made = (hostname: string, now = NOW) => {
  const { certificate, key } = selfSigned({ hostname, now });
  return { certificate: new X509Certificate(certificate), key: createPrivateKey(key) };
};

describe('a certificate of our own making', () => {
  it('vouches for itself, for the host and for this machine', () => {
    const { certificate, key } = made('mx.example.org');
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.ca).toBe(false);
    expect(certificate.subject).toBe('CN=mx.example.org');
    expect(certificate.checkHost('mx.example.org')).toBe('mx.example.org');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(certificate.checkHost('other.example.org')).toBeUndefined();
  });

  it('has an EC key on P-256', () => {
    const { key } = made('mx.example.org');
    expect(key.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
  });

  it('is valid for 825 days, and a day before for clocks that are behind', () => {
    const { certificate } = made('mx.example.org');
    expect(new Date(certificate.validFrom)).toEqual(new Date('2026-11-21T12:34:56Z'));
    expect(new Date(certificate.validTo).getTime()).toBe(NOW.getTime() + VALID_DAYS * 86_400_000);
  });

  it('is valid also when it ends in 2050 or later, where the notation of times changes', () => {
    const { certificate } = made('mx.example.org', new Date('2049-06-01T00:00:00Z'));
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2051);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it('can be made for an address and for a name too long to be a common name', () => {
    expect(made('2001:db8::7').certificate.checkIP('2001:db8::7')).toBeDefined();
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.org`;
    expect(made(long).certificate.checkHost(long)).toBe(long);
    expect(made(long).certificate.subject).toBe('CN=postern');
  });

  it('has a serial number and a key that no other has', () => {
    const [one, other] = [made('a'), made('a')];
    expect(one.certificate.serialNumber).not.toBe(other.certificate.serialNumber);
    expect(one.certificate.fingerprint256).not.toBe(other.certificate.fingerprint256);
  });

  it('can be read whatever the name', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 7 }), (labels) => {
        const name = labels.join('.');
        const kind = isIP(name) === 0 ? 'DNS' : 'IP Address';
        expect(made(name).certificate.subjectAltName).toContain(`${kind}:${name}`);
      }),
      { numRuns: 50 },
    );
  });
});

describe('DER', () => {
  it.each([
    ['00', '020100'],
    ['0000', '020100'],
    ['7f', '02017f'],
    ['80', '02020080'],
    ['0080', '02020080'],
    ['ff01', '020300ff01'],
  ])('writes the integer %s as %s', (octets, der) => {
    expect(integer(Buffer.from(octets, 'hex')).toString('hex')).toBe(der);
  });

  it('writes object identifiers', () => {
    expect(objectIdentifier('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
  });

  it('writes times in two notations', () => {
    expect(time(new Date('2049-12-31T23:59:59Z')).toString('latin1', 2)).toBe('491231235959Z');
    expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1', 2)).toBe('20500101000000Z');
  });
});
