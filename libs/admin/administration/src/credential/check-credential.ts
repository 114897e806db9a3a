import { ROUTES } from '@postern/admin-contract';
import { checkBulk, worst } from '@postern/sending-domain';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** Whether what a credential sent in the last days meets the rules for bulk senders, and why not. */
export const checkCredential = verb(ROUTES.checkCredential, async ({ store, clock }, { params }) => {
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  if (!credential) return notFound(`credential ${params.credential}`);
  const lines = checkBulk(await store.bulkFacts(credential.id));
  return done({
    checkedAt: clock.now().toISOString(),
    status: worst(lines),
    lines: lines.map((line) => ({ ...line })),
  });
});
