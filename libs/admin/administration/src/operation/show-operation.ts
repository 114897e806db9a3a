import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** One operation, and how far it has come. */
export const showOperation = verb(ROUTES.showOperation, async ({ store }, { params: { id } }) => {
  const operation = await store.showOperation(id);
  return operation ? done(operation) : notFound(`operation ${id}`);
});
