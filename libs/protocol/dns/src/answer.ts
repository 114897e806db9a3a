/**
 * What a question to the DNS came to. A resolver answers every question with one of these and never rejects:
 * that a name has no records is as much an answer as the records are, and a failure is neither.
 */
export type Answer<Record> = Found<Record> | NoData | NxDomain | Failed;

/** There are records (RFC 1034 §3.6). */
export interface Found<Record> extends Outcome {
  readonly kind: 'found';
  readonly records: readonly Record[];
}

/** The name exists, and has no records of this type (RFC 2308 §2.2). */
export interface NoData extends Outcome {
  readonly kind: 'nodata';
}

/** The name does not exist (RFC 2308 §2.1, RFC 8020). */
export interface NxDomain extends Outcome {
  readonly kind: 'nxdomain';
}

/** We do not know: nothing may be concluded, and least of all that there is nothing (RFC 5321 §5.1). */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: FailureReason;
}

interface Outcome {
  /** Whether a validating resolver that we believe vouched for it with the AD bit (RFC 4035 §3.2.3), denials included. */
  readonly authentic: boolean;
  /** How long the answer may be kept, from now on. */
  readonly ttlSeconds: number;
  /** The name at the end of the CNAME chain, lower case, without a trailing dot; the name asked for when it is no alias. */
  readonly canonicalName: string;
}

/**
 * `servfail` is also what a validating resolver says of a bogus answer (RFC 4035 §5.5); `malformed` covers answers that
 * cannot be read, CNAME loops and chains that are too long; `unreachable` means that no resolver could be sent the question.
 */
export type FailureReason = 'timeout' | 'servfail' | 'refused' | 'malformed' | 'unreachable';
