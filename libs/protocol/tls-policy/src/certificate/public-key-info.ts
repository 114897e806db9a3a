/**
 * The SubjectPublicKeyInfo of a certificate, octet for octet as it stands there (RFC 5280 §4.1): what selector 1 of a TLSA
 * record is about. Writing a parsed key out again may give other octets, and other digests.
 *
 * Undefined for what is no certificate.
 */
export function publicKeyInfo(certificate: Buffer): Buffer | undefined {
  const outer = element(certificate, 0);
  const signed = outer && element(certificate, outer.content);
  if (!signed) return undefined;
  let at = signed.content;
  // The version is tagged [0], and left out in version 1.
  const first = element(certificate, at);
  if (first?.tag === 0xa0) at = first.end;
  for (let field = 0; field < FIELDS_BEFORE; field += 1) {
    const skipped = element(certificate, at);
    if (!skipped || skipped.end > signed.end) return undefined;
    at = skipped.end;
  }
  const info = element(certificate, at);
  return info && info.end <= signed.end && info.tag === 0x30 ? certificate.subarray(at, info.end) : undefined;
}

/** serialNumber, signature, issuer, validity, subject. */
const FIELDS_BEFORE = 5;

interface Element {
  readonly tag: number;
  readonly content: number;
  readonly end: number;
}

/** One element of DER (X.690 §8.1); undefined when it does not fit. */
function element(octets: Buffer, at: number): Element | undefined {
  const tag = octets[at];
  const short = octets[at + 1];
  if (tag === undefined || short === undefined) return undefined;
  const long = short < 0x80 ? 0 : short & 0x7f;
  if (short === 0x80 || long > 4 || at + 2 + long > octets.length) return undefined;
  const length = long === 0 ? short : octets.readUIntBE(at + 2, long);
  const content = at + 2 + long;
  const end = content + length;
  return end > octets.length ? undefined : { tag, content, end };
}
