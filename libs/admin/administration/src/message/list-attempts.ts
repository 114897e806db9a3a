import { ROUTES } from '@postern/admin-contract';
import { parseMessageId } from '@postern/queue';
import { notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { attemptPage } from './pages.ts';

/** The delivery attempts of a message or of one of its recipients, the latest first. */
export const listAttempts = verb(ROUTES.listAttempts, async ({ store }, { params, query }) => {
  const id = parseMessageId(params.id);
  if (!id || !(await store.showMessage(id))) return notFound(`message ${params.id}`);
  return attemptPage(store, id, query);
});
