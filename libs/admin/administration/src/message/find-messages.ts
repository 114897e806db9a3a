import { ROUTES, type MessageSummary } from '@postern/admin-contract';
import { parseMessageId, type MessageId } from '@postern/queue';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readMessageQuery } from './message-query.ts';

/** A message id that came back in a cursor. */
const key = z.string().transform((text, context): MessageId => {
  const id = parseMessageId(text);
  if (id) return id;
  context.addIssue('not a message id');
  return z.NEVER;
});

/** Messages that a query describes, the latest or the oldest first. */
export const findMessages = verb(ROUTES.findMessages, async ({ store, clock }, { query }) => {
  const reading = readMessageQuery(query.q ?? '', clock.now());
  if ('fault' in reading) return invalid([{ field: 'query.q', message: reading.fault }]);
  let searchedTo: MessageId | undefined;
  const page = await readPage({ query, key, keyOf, endOf: () => searchedTo }, async (slice) => {
    const found = await store.findMessages({ ...slice, order: query.order, conditions: reading.ok });
    searchedTo = found.searchedTo;
    return found.messages;
  });
  return 'refused' in page ? page : done({ ...page.ok, searchedBackTo: searchedTo ? acceptedAt(searchedTo) : null });
});

/** RFC 9562 §5.7: an id begins with the milliseconds of its time. */
function acceptedAt(id: MessageId): string {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString();
}

function keyOf(message: MessageSummary): MessageId {
  const id = parseMessageId(message.id);
  if (!id) throw new Error(`the store answered a message with the id ${message.id}`);
  return id;
}
