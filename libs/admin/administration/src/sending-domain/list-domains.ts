import { ROUTES, type SendingDomain } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';
import { domainView } from './domain-view.ts';

/** Sending domains, by name. */
export const listDomains = verb(ROUTES.listDomains, ({ store }, { query }) =>
  readPage({ query, key: z.string().max(255), keyOf: (domain: SendingDomain) => domain.name }, async (slice) =>
    (await store.listDomains({ ...slice, order: query.order, nameContains: query.name?.toLowerCase() })).map(
      domainView,
    ),
  ),
);
