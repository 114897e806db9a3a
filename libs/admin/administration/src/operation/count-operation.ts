import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readOperation } from './read-operation.ts';

/** How many recipients an operation would be for, at this moment. */
export const countOperation = verb(ROUTES.countOperation, async ({ store, clock }, { body }) => {
  const conditions = readOperation(body, clock.now());
  if ('refused' in conditions) return conditions;
  return done(await store.countOperation({ kind: body.kind, conditions: conditions.ok }));
});
