/**
 * The DNS names in the text that the library makes of a subject alternative name: `DNS:a.example, IP Address:192.0.2.1`.
 *
 * A name with characters that could be taken for another entry stands in quotes there; no host has such a name.
 */
export function dnsNames(subjectAltName: string): readonly string[] {
  const entries = subjectAltName.matchAll(/(?:^|, )([^:",]*):("(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/g);
  return [...entries].flatMap(([, kind, value]) => (kind === 'DNS' && value && !value.startsWith('"') ? [value] : []));
}

/**
 * The names that a certificate presents for a server: its DNS-IDs, and only where it has none the common name of its
 * subject (CN-ID, RFC 6125 §6.4.4, RFC 7672 §3.2.3). `subject` has one attribute in a line.
 */
export function presentedNames(certificate: {
  readonly subject: string;
  readonly subjectAltName: string | undefined;
}): readonly string[] {
  const names = dnsNames(certificate.subjectAltName ?? '');
  if (names.length > 0) return names;
  const common = /^CN=([\w*.-]+)$/m.exec(certificate.subject)?.[1];
  return common === undefined ? [] : [common];
}
