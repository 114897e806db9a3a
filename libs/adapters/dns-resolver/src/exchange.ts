import { type FailureReason, type Query } from '@postern/dns';
import type { Server } from './server.ts';

/** One query and what came back. */
export type Exchange =
  | { readonly kind: 'response'; readonly message: Buffer }
  /** Only over UDP: the answer is too long, or it looks as if somebody were guessing; TCP will tell. */
  | { readonly kind: 'ask-over-tcp' }
  | { readonly kind: 'failed'; readonly reason: FailureReason };

export interface ExchangeOptions {
  readonly server: Server;
  readonly query: Query;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}
