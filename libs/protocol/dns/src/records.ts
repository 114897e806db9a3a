/** The types of records that Postern asks for. */
export type RecordType = 'A' | 'AAAA' | 'MX' | 'TXT' | 'TLSA' | 'CNAME' | 'PTR';

/** RFC 1035 §3.3.9. The exchange is as the DNS gave it, lower case, without a trailing dot; `.` is the root (RFC 7505). */
export interface MxRecord {
  readonly preference: number;
  readonly exchange: string;
}

/** An A or AAAA record, its address in canonical text (RFC 5952). */
export interface AddressRecord {
  readonly family: 4 | 6;
  readonly address: string;
}

/**
 * RFC 6698 §2.1, the fields as they are, known values or not. RDATA too short to hold the fields is a record all the same,
 * an unusable one: "there are TLSA records, and none is usable" demands TLS where "there are none" does not (RFC 7672 §2.2).
 */
export type TlsaRecord =
  | {
      readonly kind: 'tlsa';
      readonly usage: number;
      readonly selector: number;
      readonly matchingType: number;
      /** The certificate association data. */
      readonly data: Buffer;
    }
  | { readonly kind: 'malformed' };
