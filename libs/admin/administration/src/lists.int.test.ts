import { expect } from 'vitest';
import { createAccount } from './account/create-account.ts';
import { listAccounts } from './account/list-accounts.ts';
import { createApiKey } from './api-key/create-api-key.ts';
import { listApiKeys } from './api-key/list-api-keys.ts';
import { listAudit } from './audit/list-audit.ts';
import type { Context } from './context.ts';
import { createCredential } from './credential/create-credential.ts';
import { listCredentials } from './credential/list-credentials.ts';
import { listEvents } from './event/list-events.ts';
import { findMessages } from './message/find-messages.ts';
import { startOperation } from './operation/start-operation.ts';
import { listOperations } from './operation/list-operations.ts';
import type { Outcome } from './outcome.ts';
import { listDomains } from './sending-domain/list-domains.ts';
import { addDomain } from './sending-domain/add-domain.ts';
import { addSuppression } from './suppression/add-suppression.ts';
import { listSuppressions } from './suppression/list-suppressions.ts';
import { test, type Scenario } from './testing/scenario.ts';

type Query = Readonly<Record<string, string | number>>;
type List = (
  context: Context,
  request: { readonly query: object },
) => Promise<Outcome<{ items: readonly object[]; nextCursor: string | null }>>;

/** Each list with three things in it, in the order in which they were made, told by one of their fields. */
const LISTS: Readonly<
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
  credentials: {
    list: listCredentials,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b', 'c', 'a'], (name) => createCredential(context, { body: { name, senderRules: ['@x.example'] } })),
    sorts: { name: ['a', 'b', 'c'], created: ['b', 'c', 'a'] },
  },
  'API keys': {
    list: listApiKeys,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b', 'c', 'a'], (name) => createApiKey(context, { body: { name, permissions: ['ledger:read'] } })),
    sorts: { name: ['a', 'b', 'c'], created: ['b', 'c', 'a'] },
  },
  suppressions: {
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
  domains: {
    list: listDomains,
    field: 'name',
    fill: ({ context }) =>
      inTurn(['b.example', 'c.example', 'a.example'], (name) => addDomain(context, { body: { name } })),
    sorts: { name: ['a.example', 'b.example', 'c.example'] },
  },
  accounts: {
    list: listAccounts,
    field: 'email',
    fill: ({ context }) =>
      inTurn(['b@x.example', 'c@x.example', 'a@x.example'], (email) =>
        createAccount(context, { body: { email, name: 'Ada', role: 'auditor' } }),
      ),
    sorts: { email: ['a@x.example', 'b@x.example', 'c@x.example'] },
  },
  messages: {
    list: findMessages,
    field: 'subject',
    fill: ({ accept }) => inTurn(['first', 'second', 'third'], (subject) => accept(['b@x.example'], { subject })),
    sorts: { accepted: ['first', 'second', 'third'] },
  },
  operations: {
    list: listOperations,
    field: 'query',
    fill: ({ context }) =>
      inTurn(['subject:a', 'subject:b', 'subject:c'], (query) =>
        startOperation(context, { body: { kind: 'hold', query, reason: 'to see them' } }),
      ),
    sorts: { created: ['subject:a', 'subject:b', 'subject:c'] },
  },
  events: {
    list: listEvents,
    field: 'text',
    fill: ({ context }) => raise(context),
    sorts: { at: ['first', 'second', 'third'] },
  },
  audit: {
    list: listAudit,
    field: 'reason',
    fill: ({ context }) =>
      inTurn(['first', 'second', 'third'], (reason) =>
        addSuppression(context, { body: { address: `${reason}@x.example`, reason } }),
      ),
    sorts: { at: ['first', 'second', 'third'] },
  },
};

test('each list goes either way by each field that it is sorted by, page by page without a gap or a double', async ({
  scenario,
}) => {
  const { context } = scenario;
  for (const [name, { list, field, fill, sorts }] of Object.entries(LISTS)) {
    await fill(scenario);
    for (const [sort, wanted] of Object.entries(sorts))
      for (const order of ['ascending', 'descending'] as const) {
        const read = (await all(context, list, { sort, order, limit: 2 })).map((item) => valueOf(item, field));
        const expected = order === 'ascending' ? wanted : wanted.toReversed();
        expect([name, sort, order, read.filter((each) => wanted.includes(each))]).toEqual([
          name,
          sort,
          order,
          expected,
        ]);
      }
  }
});

test('each list is narrowed to what is asked for', async ({ scenario }) => {
  const { context } = scenario;
  for (const { fill } of Object.values(LISTS)) await fill(scenario);
  const count = async (list: List, query: Query) => (await all(context, list, query)).length;
  expect(await count(listEvents, { severity: 'critical' })).toBe(1);
  expect(await count(listEvents, { kind: 'credential' })).toBe(2);
  expect(await count(listEvents, { kind: 'credential.departure' })).toBe(1);
  expect(await count(listOperations, { kind: 'hold' })).toBe(3);
  expect(await count(listOperations, { kind: 'release' })).toBe(0);
  expect(await count(listOperations, { state: 'failed' })).toBe(0);
  expect(await count(listDomains, { name: 'B.EX' })).toBe(1);
  expect(await count(listApiKeys, { name: 'A' })).toBe(1);
  expect(await count(listAccounts, { contains: 'B@X' })).toBe(1);
  expect(await count(listAccounts, { role: 'auditor' })).toBe(3);
  expect(await count(listAccounts, { role: 'operator' })).toBe(0);
});

test('a cursor of another order of a list is none of this one', async ({ scenario }) => {
  const { context } = scenario;
  await LISTS['suppressions']?.fill(scenario);
  const first = await listSuppressions(context, { query: { sort: 'address', limit: 1 } });
  const cursor = 'ok' in first ? first.ok.nextCursor : null;
  expect(await listSuppressions(context, { query: { cursor: cursor ?? '' } })).toMatchObject({
    refused: { errors: [{ field: 'query.cursor' }] },
  });
});

async function all(context: Context, list: List, query: Query): Promise<readonly object[]> {
  const items: object[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list(context, { query: { ...query, ...(cursor ? { cursor } : {}) } });
    if ('refused' in page) throw new Error(page.refused.detail);
    items.push(...page.ok.items);
    cursor = page.ok.nextCursor;
  }
  return items;
}

async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (const item of items) {
    const outcome = await work(item);
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

function valueOf(item: object, field: string): string {
  return String(Object.entries(item).find(([name]) => name === field)?.[1]);
}
