import { ROUTES } from '@postern/admin-contract';
import { checkBulk, countAligned, worst } from '@postern/sending-domain';
import { done, notFound } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** Whether what a credential sent in the last days meets the rules for bulk senders, and why not. */
export const checkCredential = verb(ROUTES.checkCredential, async (context, { params }) => {
  const { store, clock, resolver } = context;
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  if (!credential) return notFound(`credential ${params.credential}`);
  const facts = await store.bulkFacts(credential.id);
  const lines = checkBulk(facts, await countAligned(facts, { resolver, sources: await ownSources(context) }));
  return done({
    checkedAt: clock.now().toISOString(),
    status: worst(lines),
    lines: lines.map((line) => ({ ...line })),
  });
});
