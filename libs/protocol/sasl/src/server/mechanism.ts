import type { Reply } from '@postern/smtp';
import type { Credentials } from './credentials.ts';

/** A mechanism from the server's side (RFC 4422 §5), without the base64 that SMTP puts around it. */
export interface ServerMechanism {
  /** As EHLO lists it. */
  readonly name: string;
  /** Begins an exchange; the response is undefined when AUTH brought none, and empty when it brought `=` (RFC 4954 §4). */
  start(initialResponse: Buffer | undefined): ServerStep;
}

/** How an exchange goes on after what the client said. */
export type ServerStep =
  | { readonly kind: 'challenge'; readonly challenge: Buffer; readonly next: (response: Buffer) => ServerStep }
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'refused'; readonly reply: Reply };
