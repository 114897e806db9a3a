import { parseMessageId, type MessageId } from '@postern/queue';
import type { Context } from '../context.ts';
import { done, notFound, type Outcome } from '../outcome.ts';

/** As much as is shown of a content; who wants more downloads it. */
const FRONT_OCTETS = 1024 * 1024;

/** The front of a message's content. Whoever asks for it is in the audit before they have it. */
export async function frontOf(
  context: Context,
  given: string,
  action: string,
): Promise<Outcome<{ readonly octets: Uint8Array; readonly size: 'whole' | 'front' }>> {
  const found = await openContent(context, given, action);
  if ('refused' in found) return found;
  const chunks: Uint8Array[] = [];
  let octets = 0;
  let size: 'whole' | 'front' = 'whole';
  for await (const chunk of found.ok) {
    if (octets >= FRONT_OCTETS) {
      size = 'front';
      break;
    }
    chunks.push(chunk);
    octets += chunk.length;
  }
  return done({
    octets: Buffer.concat(chunks).subarray(0, FRONT_OCTETS),
    size: octets > FRONT_OCTETS ? 'front' : size,
  });
}

/** The content of a message, chunk by chunk, and the entry in the audit that it was opened. */
export async function openContent(
  { store, actor }: Context,
  given: string,
  action: string,
): Promise<Outcome<AsyncIterable<Uint8Array>>> {
  const id = parseMessageId(given);
  const message = id && (await store.showMessage(id));
  if (!id || !message) return notFound(`message ${given}`);
  const first = await store.contentChunk(id, 0);
  if (!first) return notFound(`content of message ${given} any more: every recipient has ended`);
  await store.change((changes) =>
    changes.audit({ actor, action, subjectId: id, subjectName: message.subject, reason: undefined, facts: {} }),
  );
  return done(chunksOf(store, id, first));
}

async function* chunksOf(
  store: Context['store'],
  id: MessageId,
  first: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield first;
  for (let chunk = 1; ; chunk += 1) {
    const octets = await store.contentChunk(id, chunk);
    if (!octets) return;
    yield octets;
  }
}
