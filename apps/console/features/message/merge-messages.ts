import type { MessageSummary } from '@postern/admin-contract';

/** What a list shows, and how many messages that belong above it are not shown yet. */
export interface Shown {
  readonly messages: readonly MessageSummary[];
  readonly waiting: number;
}

/**
 * Brings a page that was asked for anew into the list that someone is reading: messages that are shown change where they
 * stand, and new ones are counted, not put above the reader's eye.
 */
export function mergeMessages(shown: readonly MessageSummary[], fresh: readonly MessageSummary[]): Shown {
  const news = new Map(fresh.map((message) => [message.id, message]));
  const newest = shown[0]?.id;
  return {
    messages: shown.map((message) => news.get(message.id) ?? message),
    // Ids sort by the time of acceptance (UUID version 7).
    waiting: fresh.filter((message) => newest === undefined || message.id > newest).length,
  };
}
