import { createAccount } from '../account/create-account.ts';
import { createInvitation } from '../account/create-invitation.ts';
import { listAccounts } from '../account/list-accounts.ts';
import { listInvitations } from '../account/list-invitations.ts';
import { createApiKey } from '../api-key/create-api-key.ts';
import { listApiKeys } from '../api-key/list-api-keys.ts';
import { listAudit } from '../audit/list-audit.ts';
import { listReturnedReports } from '../bounce/list-returned.ts';
import { cliActor } from '../actor.ts';
import type { Context } from '../context.ts';
import { createCredential } from '../credential/create-credential.ts';
import { listCredentials } from '../credential/list-credentials.ts';
import { listEvents } from '../event/list-events.ts';
import { findMessages } from '../message/find-messages.ts';
import { addNetwork } from '../network/add-network.ts';
import { listNetworks } from '../network/list-networks.ts';
import { listOperations } from '../operation/list-operations.ts';
import { startOperation } from '../operation/start-operation.ts';
import type { Outcome } from '../outcome.ts';
import { listQueues } from '../queue/list-queues.ts';
import { addRoute } from '../route/add-route.ts';
import { listRoutes } from '../route/list-routes.ts';
import { addDomain } from '../sending-domain/add-domain.ts';
import { listDomains } from '../sending-domain/list-domains.ts';
import { addSource } from '../source/add-source.ts';
import { listSources } from '../source/list-sources.ts';
import { addSuppression } from '../suppression/add-suppression.ts';
import { listSuppressions } from '../suppression/list-suppressions.ts';
import { newMessageId } from '@postern/queue';
import { listSuspensions } from '../suspension/list-suspensions.ts';
import { suspend } from '../suspension/suspend.ts';
import type { Scenario } from './scenario.ts';

export type Query = Readonly<Record<string, string | number>>;
export type List = (
  context: Context,
  request: { readonly query: object },
) => Promise<Outcome<{ items: readonly object[]; nextCursor: string | null }>>;

/** Each list with three things in it, in the order in which they were made, told by one of their fields. */
export const SORTED_LISTS: Readonly<
  Record<
    string,
    {
      readonly list: List;
      readonly field: string;
      readonly fill: (scenario: Scenario) => Promise<unknown>;
      readonly sorts: Readonly<Record<string, readonly string[]>>;
    }
  >
> = {
  listCredentials: {
    list: listCredentials,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b', 'c', 'a'], (name) => createCredential(context, { body: { name, senderRules: ['@x.example'] } })),
    sorts: { name: ['a', 'b', 'c'], created: ['b', 'c', 'a'] },
  },
  listApiKeys: {
    list: listApiKeys,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b', 'c', 'a'], (name) =>
        createApiKey({ ...context, actor: cliActor('tests') }, { body: { name, permissions: ['ledger:read'] } }),
      ),
    sorts: { name: ['a', 'b', 'c'], created: ['b', 'c', 'a'] },
  },
  listSuppressions: {
    list: listSuppressions,
    field: 'address',
    fill: ({ context }) =>
      inTurn(['b@x.example', 'c@x.example', 'a@x.example'], (address) =>
        addSuppression(context, { body: { address } }),
      ),
    sorts: {
      address: ['a@x.example', 'b@x.example', 'c@x.example'],
      created: ['b@x.example', 'c@x.example', 'a@x.example'],
    },
  },
  listDomains: {
    list: listDomains,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b.example', 'c.example', 'a.example'], (name) => addDomain(context, { body: { name } })),
    sorts: { name: ['a.example', 'b.example', 'c.example'] },
  },
  listAccounts: {
    list: listAccounts,
    field: 'email',
    fill: ({ context }) =>
      inTurn(['b@x.example', 'c@x.example', 'a@x.example'], (email) =>
        createAccount(context, { body: { email, name: 'Ada', role: 'auditor' } }),
      ),
    sorts: { email: ['a@x.example', 'b@x.example', 'c@x.example'] },
  },
  findMessages: {
    list: findMessages,
    field: 'subject',
    fill: ({ accept }) => inTurn(['first', 'second', 'third'], (subject) => accept(['b@x.example'], { subject })),
    sorts: { accepted: ['first', 'second', 'third'] },
  },
  listOperations: {
    list: listOperations,
    field: 'query',
    fill: ({ context }) =>
      inTurn(['subject:a', 'subject:b', 'subject:c'], (query) =>
        startOperation(context, { body: { kind: 'hold', query, reason: 'to see them' } }),
      ),
    sorts: { created: ['subject:a', 'subject:b', 'subject:c'] },
  },
  listEvents: {
    list: listEvents,
    field: 'text',
    fill: ({ context }) => raise(context),
    sorts: { at: ['first', 'second', 'third'] },
  },
  listAudit: {
    list: listAudit,
    field: 'reason',
    fill: ({ context }) =>
      inTurn(['first', 'second', 'third'], (reason) =>
        addSuppression(context, { body: { address: `${reason}@x.example`, reason } }),
      ),
    sorts: { at: ['first', 'second', 'third'] },
  },
  listNetworks: {
    list: listNetworks,
    field: 'cidr',
    fill: ({ context }) =>
      inTurn(['10.0.0.0/8', '2001:db8::/32', '9.0.0.0/8'], (cidr) => addNetwork(context, { body: { cidr } })),
    sorts: {
      cidr: ['9.0.0.0/8', '10.0.0.0/8', '2001:db8::/32'],
      created: ['10.0.0.0/8', '2001:db8::/32', '9.0.0.0/8'],
    },
  },
  listInvitations: {
    list: listInvitations,
    field: 'email',
    fill: ({ context }) =>
      inTurn(['e@x.example', 'f@x.example', 'd@x.example'], (email) =>
        createInvitation(context, { body: { email, name: 'Ada', role: 'auditor' } }),
      ),
    sorts: { created: ['e@x.example', 'f@x.example', 'd@x.example'] },
  },
  listRoutes: {
    list: listRoutes,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b', 'c', 'a'], (name) =>
        addRoute(context, { body: { name, host: 'smtp.example.net', domains: [`${name}.example`] } }),
      ),
    sorts: { position: ['b', 'c', 'a'], name: ['a', 'b', 'c'] },
  },
  listSources: {
    list: listSources,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b', 'c', 'a'], (name) =>
        addSource(context, {
          body: { name, pool: name === 'c' ? 'bulk' : 'plain', addresses: ['192.0.2.25'], ehloName: 'out.example.org' },
        }),
      ),
    sorts: { name: ['a', 'b', 'c'], pool: ['c', 'a', 'b'] },
  },
  listQueues: {
    list: listQueues,
    field: 'name',
    fill: threeSites,
    sorts: {
      name: ['mx1.example', 'mx2.example', 'mx3.example'],
      depth: ['mx1.example', 'mx3.example', 'mx2.example'],
      // The youngest first.
      oldest: ['mx3.example', 'mx1.example', 'mx2.example'],
    },
  },
  listSuspensions: {
    list: listSuspensions,
    field: 'subject',
    fill: ({ context }) =>
      inTurn(['b.example', 'c.example', 'a.example'], (subject) =>
        suspend(context, { body: { scope: 'domain', subject } }),
      ),
    sorts: { since: ['b.example', 'c.example', 'a.example'] },
  },
  listReturnedReports: {
    list: listReturnedReports,
    field: 'named',
    fill: returnedMail,
    sorts: { received: ['b@y.example', 'c@y.example', 'a@y.example'] },
  },
};

/** One after the other, each in a millisecond of its own: ids sort by the time at which they were made. */
async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (const item of items) {
    const outcome = await work(item);
    for (const madeBy = Date.now(); Date.now() === madeBy;) await new Promise(setImmediate);
    if (typeof outcome === 'object' && outcome !== null && 'refused' in outcome)
      throw new Error(JSON.stringify(outcome));
  }
}

function raise({ store }: Context): Promise<void> {
  return store.change(async (changes) => {
    const given = [
      ['credential.departure', 'warning', 'first'],
      ['credential.bounces', 'critical', 'second'],
      ['domain.dns', 'info', 'third'],
    ] as const;
    for (const [kind, severity, text] of given)
      await changes.raiseEvent({
        kind,
        severity,
        text,
        subject: { kind: 'credential', id: text, name: text },
        facts: {},
      });
  });
}

/** Three sites with mail: one with little, one with much of long ago, one with some of just now. */
async function threeSites({ store, accept }: Scenario): Promise<void> {
  for (const [site, count, hours] of [
    [1, 1, 2],
    [2, 3, 3],
    [3, 2, 1],
  ] as const) {
    const domain = `example${site}.com`;
    const freshUntil = new Date(Date.now() + 60_000);
    const queueId = await store.delivery.rememberSite({ domain, key: `mx${site}.example`, freshUntil });
    const recipients = Array.from({ length: count }, (_, number) => `r${number}@${domain}`);
    await accept(recipients, { queueId, acceptedAt: new Date(Date.now() - hours * 3_600_000) });
  }
}

/** Three reports about one message. */
async function returnedMail({ store, accept }: Scenario): Promise<void> {
  const message = await accept();
  for (const [index, named] of ['b@y.example', 'c@y.example', 'a@y.example'].entries())
    await store.pool.query(
      `insert into returned_reports (id, message_id, kind, named, client_address) values ($1, $2, 'dsn', $3, '192.0.2.9')`,
      [newMessageId(Date.now() + index), message, named],
    );
}
