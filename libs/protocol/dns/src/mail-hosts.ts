import type { FailureReason } from './answer.ts';

/** A mail host of a domain (RFC 5321 §5.1), or an address literal with its brackets. */
export interface MailHost {
  readonly name: string;
  readonly preference: number;
}

/** Where a domain's mail goes. */
export type MailHosts =
  | {
      readonly kind: 'hosts';
      /** In the order in which to try them: by preference, at random among equals. Never empty. */
      readonly hosts: readonly MailHost[];
      /** Whether the MX answer (or for the implicit MX its denial) was authentic (RFC 7672 §2.2.1). */
      readonly authentic: boolean;
      readonly ttlSeconds: number;
    }
  /** The domain takes no mail (RFC 7505). */
  | { readonly kind: 'null-mx' }
  /** The domain does not exist. */
  | { readonly kind: 'no-such-domain' }
  /** The domain exists and has neither a usable MX record nor an address. */
  | { readonly kind: 'no-mail-host' }
  /** We could not find out. */
  | { readonly kind: 'deferred'; readonly reason: FailureReason };
