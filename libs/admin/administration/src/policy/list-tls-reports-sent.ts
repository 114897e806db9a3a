import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** The TLS reports that we made, the latest first. */
export const listTlsReportsSent = verb(ROUTES.listTlsReportsSent, async ({ store }) =>
  done({ items: [...(await store.listTlsReportsSent())] }),
);
