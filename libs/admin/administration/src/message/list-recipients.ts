import { ROUTES } from '@postern/admin-contract';
import { parseMessageId } from '@postern/queue';
import { notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { recipientPage } from './pages.ts';

/** The recipients of a message, in the order of its envelope. */
export const listRecipients = verb(ROUTES.listRecipients, async ({ store }, { params, query }) => {
  const id = parseMessageId(params.id);
  if (!id || !(await store.showMessage(id))) return notFound(`message ${params.id}`);
  return recipientPage(store, id, query);
});
