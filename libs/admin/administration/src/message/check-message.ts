import { ROUTES } from '@postern/admin-contract';
import { parseMessageId } from '@postern/queue';
import { checkMessage as check, worst } from '@postern/sending-domain';
import { done, notFound } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';

/** Whether receivers that look now find a message signed, and its author's. */
export const checkMessage = verb(ROUTES.checkMessage, async (context, { params }) => {
  const { store, clock, resolver } = context;
  const id = parseMessageId(params.id);
  const message = id && (await store.sentMessage(id));
  if (!message) return notFound(`message ${params.id}`);
  const keysOf = async (name: string) => (await store.findDomain({ name }))?.keys;
  const lines = await check(message, { resolver, sources: await ownSources(context), keysOf });
  return done({
    checkedAt: clock.now().toISOString(),
    status: worst(lines),
    lines: lines.map((line) => ({ ...line })),
  });
});
