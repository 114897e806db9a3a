import { ROUTES } from '@postern/admin-contract';
import { parseMessageId } from '@postern/queue';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { attemptPage, recipientPage } from './pages.ts';

const FIRST_PAGE = { limit: 50 } as const;

/** A message, with the first of its recipients and the latest of its attempts. */
export const showMessage = verb(ROUTES.showMessage, async ({ store }, { params }) => {
  const id = parseMessageId(params.id);
  const message = id && (await store.showMessage(id));
  if (!id || !message) return notFound(`message ${params.id}`);
  const [recipients, attempts] = await Promise.all([
    recipientPage(store, id, FIRST_PAGE),
    attemptPage(store, id, FIRST_PAGE),
  ]);
  if ('refused' in recipients) return recipients;
  if ('refused' in attempts) return attempts;
  return done({ ...message, recipientPage: recipients.ok, attemptPage: attempts.ok });
});
