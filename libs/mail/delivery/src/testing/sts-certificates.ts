import { type CertificateAuthority, type Leaf, selfSigned } from '@postern/lab';

const PAST = { notBefore: new Date(Date.now() - 9e8), notAfter: new Date(Date.now() - 1e8) };

/** Mail hosts by the first label of their domain under sts.example; what each shows. */
export const CERTIFICATES: Readonly<
  Record<string, (names: readonly string[], about: { readonly ca: CertificateAuthority }) => Promise<Leaf | undefined>>
> = {
  good: (names, { ca }) => ca.issue(names),
  self: (names) => selfSigned(names),
  old: (names, { ca }) => ca.issue(names, PAST),
  other: (_, { ca }) => ca.issue(['mx.elsewhere.example']),
  clear: () => Promise.resolve(undefined),
};
