import type { AddressRecord, MxRecord, RecordType, TlsaRecord } from '../records.ts';

/** The numbers of the record types that we read (IANA DNS Parameters). */
export const TYPE_NUMBERS: Readonly<Record<RecordType | 'SOA' | 'OPT', number>> = Object.freeze({
  A: 1,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  OPT: 41,
  TLSA: 52,
});

export const CLASS_IN = 1;

/** What a record of each type says. */
export interface RecordOf {
  readonly A: AddressRecord;
  readonly AAAA: AddressRecord;
  readonly MX: MxRecord;
  readonly TXT: string;
  readonly TLSA: TlsaRecord;
  readonly CNAME: string;
  readonly PTR: string;
}
