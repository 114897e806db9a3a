import type { ServerStep } from '@postern/sasl';
import type { Client } from './client.ts';
import type { Authentication, Principal, Transaction } from './policy.ts';
import type { Question } from './question.ts';
import type { ServerSettings } from './settings.ts';

/** A session, from the connection on (RFC 5321 §3.1). */
export interface Session {
  readonly settings: ServerSettings;
  readonly client: Client;
  /** Who AUTH has shown the client to be. */
  readonly principal: Principal | undefined;
  readonly phase: Phase;
  readonly transaction: OpenTransaction | undefined;
  readonly counts: Counts;
  /** Whether we are closing: the session ends with the transaction that is open. */
  readonly draining: boolean;
}

/** What the session waits for. */
export type Phase =
  | { readonly kind: 'commands' }
  | { readonly kind: 'asking'; readonly question: Question }
  | { readonly kind: 'authenticating'; readonly next: (response: Buffer) => ServerStep }
  /** AUTH is judged, and the client is told more before it hears the verdict (RFC 4954 §4, RFC 7628 §3.2.3). */
  | { readonly kind: 'concluding'; readonly verdict: Authentication<Principal> }
  | { readonly kind: 'starting-tls' }
  | { readonly kind: 'content' }
  | { readonly kind: 'closed' };

export interface OpenTransaction extends Transaction {
  /** RCPT commands so far, those refused included. */
  readonly recipientsTried: number;
}

export interface Counts {
  readonly messages: number;
  /** Since the last message accepted. */
  readonly errors: number;
  readonly emptyCommands: number;
  readonly authFailures: number;
}

export const COMMANDS: Phase = Object.freeze({ kind: 'commands' });
export const CLOSED: Phase = Object.freeze({ kind: 'closed' });

const NOTHING_YET: Counts = Object.freeze({ messages: 0, errors: 0, emptyCommands: 0, authFailures: 0 });

/** A session with a client that has just connected, or, under TLS from the first octet, shaken hands. */
export function newSession(settings: ServerSettings, client: Client): Session {
  return {
    settings,
    client,
    principal: undefined,
    phase: { kind: 'asking', question: { about: 'connected', client } },
    transaction: undefined,
    counts: NOTHING_YET,
    draining: false,
  };
}

/** RFC 5321 §2.2.1: a client that said HELO has no extensions, unless the listener is lenient with it. */
export function mayUseExtensions({ client, settings }: Session): boolean {
  return client.esmtp || (client.name !== undefined && settings.profile.extensionsAfterHelo === 'taken');
}

/** Whether the next line is a part of an authentication exchange. */
export function isAuthenticating({ phase }: Session): boolean {
  return phase.kind === 'authenticating' || phase.kind === 'concluding';
}
