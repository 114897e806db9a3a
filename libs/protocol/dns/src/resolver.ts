import type { Answer } from './answer.ts';
import type { AddressRecord, MxRecord, TlsaRecord } from './records.ts';

/**
 * Questions to the DNS. Aliases are followed (the answer's `canonicalName` says where to), and no method rejects.
 * Names are ASCII (A-labels), with or without a trailing dot.
 */
export interface Resolver {
  mx(domain: string): Promise<Answer<MxRecord>>;

  /**
   * The A and AAAA records of a host as one answer. It is `found` when there is an address of either family; `failed` when
   * there is none and a question failed. It is authentic when every answer to it was.
   */
  addresses(host: string): Promise<Answer<AddressRecord>>;

  /** Each record's character strings joined without anything between them (RFC 7208 §3.3, RFC 8461 §3.1). */
  txt(name: string): Promise<Answer<string>>;

  tlsa(name: string): Promise<Answer<TlsaRecord>>;

  /** The alias at a name itself, not followed: whether that one record is authentic decides about a TLSA base domain (RFC 7672 §2.2.2). */
  cname(name: string): Promise<Answer<string>>;

  /** The names of an address, by in-addr.arpa or ip6.arpa. */
  ptr(address: string): Promise<Answer<string>>;
}
