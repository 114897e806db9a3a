import type { Reply } from '@postern/smtp';
import type { ChannelBindingType } from '../scram/channel-binding.ts';
import type { ScramVerifier } from '../scram/verifier.ts';
import type { Credentials } from './credentials.ts';

/** A mechanism from the server's side (RFC 4422 §5), without the base64 that SMTP puts around it. */
export interface ServerMechanism {
  /** As EHLO lists it. */
  readonly name: string;
  /** Whether the channel has what the mechanism needs; on any channel when not given. */
  readonly fits?: (channel: ServerChannel) => boolean;
  /** Begins an exchange; the response is undefined when AUTH brought none, and empty when it brought `=` (RFC 4954 §4). */
  start(initialResponse: Buffer | undefined, channel: ServerChannel): ServerStep;
}

/** What the server knows of the channel that an exchange goes over. */
export interface ServerChannel {
  /** The data that bind an exchange to this channel (RFC 5056), for each type that it has. */
  binding(type: ChannelBindingType): Buffer | undefined;
  /** Whether the client has shown a certificate, and that it holds its key. */
  readonly clientCertificate: 'shown' | 'none';
}

/** How an exchange goes on after what the client said. */
export type ServerStep =
  | { readonly kind: 'challenge'; readonly challenge: Buffer; readonly next: (response: Buffer) => ServerStep }
  /** Somebody is to look up what is kept of a name's password. */
  | { readonly kind: 'verifiers'; readonly name: string; readonly next: (known: ScramLookup) => ServerStep }
  | CredentialsStep
  | { readonly kind: 'refused'; readonly reply: Reply };

/** The client has said all; somebody is to judge it. */
export interface CredentialsStep {
  readonly kind: 'credentials';
  readonly credentials: Credentials;
  /** Said to the client before it hears of success (RFC 4954 §4: additional data with success go in a challenge). */
  readonly withSuccess?: Buffer;
  /** Said to the client before it hears a 5yz. */
  readonly withFailure?: Buffer;
}

/** What is kept of a name's passwords; of a name that nobody has, a salt all the same, and no verifiers. */
export interface ScramLookup {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly verifiers: readonly ScramVerifier[];
}
