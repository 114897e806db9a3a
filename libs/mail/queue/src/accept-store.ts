import type { MessageId } from './message-id.ts';
import type { NewMessage } from './new-message.ts';

/** What accepting needs of the store. */
export interface AcceptStore {
  /**
   * Stores all of the messages, with recipients and content, in one durable transaction: when it resolves, they are
   * ours and survive any crash; when it rejects (StoreUnavailable), none of them is.
   */
  accept(messages: readonly NewMessage[]): Promise<void>;

  /** Stores one chunk of the content of a message that is not accepted yet. Chunks count from 0. */
  stage(id: MessageId, chunk: number, octets: Buffer): Promise<void>;

  /** Forgets the staged chunks of a message that will not be accepted. */
  discard(id: MessageId): Promise<void>;

  /** Forgets what was staged more than `olderThanMs` ago and never accepted; answers how many messages. */
  discardAbandoned(olderThanMs: number): Promise<number>;

  /** The delivery queues of the domains whose site is known and fresh; a domain that is not is left out. */
  knownSites(domains: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
