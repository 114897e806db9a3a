import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** The TLS reports that others made about our domains, the latest first. */
export const listTlsReportsReceived = verb(ROUTES.listTlsReportsReceived, async ({ store }) =>
  done({ items: [...(await store.listTlsReportsReceived())] }),
);
