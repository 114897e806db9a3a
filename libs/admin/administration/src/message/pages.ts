import type { Attempt, Page, Recipient } from '@postern/admin-contract';
import type { MessageId } from '@postern/queue';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import type { Outcome } from '../outcome.ts';
import type { MessageReads } from '../ports/message-admin.ts';

/** Ids of recipients and attempts, as the store made them. */
const key = z.string().min(1).max(128);

interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export function recipientPage(store: MessageReads, id: MessageId, query: PageQuery): Promise<Outcome<Page<Recipient>>> {
  return readPage({ query, key, keyOf: (recipient: Recipient) => recipient.id }, (slice) =>
    store.listRecipients(id, slice),
  );
}

export function attemptPage(
  store: MessageReads,
  id: MessageId,
  query: PageQuery & { readonly recipient?: string | undefined },
): Promise<Outcome<Page<Attempt>>> {
  return readPage({ query, key, keyOf: (attempt: Attempt) => attempt.id }, (slice) =>
    store.listAttempts(id, { ...slice, recipientId: query.recipient }),
  );
}
