import { expect } from 'vitest';
import { findMessages } from '../message/find-messages.ts';
import { addNetwork } from '../network/add-network.ts';
import { showNetworkUsage } from '../network/show-usage.ts';
import { test } from '../testing/scenario.ts';
import { createCredential } from './create-credential.ts';
import { showCredentialUsage } from './show-usage.ts';

const params = { credential: 'app1' };

test('the usage of a credential is what counts against its limits, what waits, and what was learned', async ({
  scenario: { context, store, accept },
}) => {
  const limits = { messagesPerHour: 10, recipientsPerDay: 100, maxSessions: 3 };
  const made = await createCredential(context, { body: { name: 'app1', senderRules: ['@example.org'], limits } });
  const id = 'ok' in made ? made.ok.credential.id : '';
  await store.submitters.reserve([{ submitterId: id, limits, messages: 2, recipients: 5 }]);
  await store.submitters.enterSession({ submitterId: id, processId: id, most: 3 });
  await store.guard.noteTraffic([
    { submitterId: id, messages: 2, recipients: 5, fromNewNetwork: 1, domains: ['example.com', 'example.net'] },
  ]);
  await store.pool.query(
    `insert into submitter_hours select $1, date_trunc('hour', now()) - n * interval '1 hour', 1, n, n, 0
     from generate_series(1, 4) n`,
    [id],
  );
  const origin = {
    listener: 'submission',
    clientAddress: '192.0.2.1',
    clientName: 'client.example.org',
    credentialId: id,
    networkId: undefined,
    tls: undefined,
  } as const;
  await accept(['b@example.com', 'c@example.com'], { origin });
  expect(await showCredentialUsage(context, { params })).toEqual({
    ok: {
      used: {
        messagesPerMinute: null,
        messagesPerHour: 2,
        messagesPerDay: null,
        recipientsPerMinute: null,
        recipientsPerHour: null,
        recipientsPerDay: 5,
        maxSessions: 1,
      },
      hour: { messages: 2, recipients: 5, newDomains: 2, fromNewNetwork: 1 },
      learned: { hours: 4, mostRecipients: 4, mostNewDomains: 4 },
      latest: { ended: 0, bounced: 0 },
      waiting: 2,
      networks: [],
    },
  });
});

test('the mail of a listed network is found by it, and its bounces are those of its mail', async ({
  scenario: { context, store, accept, attempt },
}) => {
  const added = await addNetwork(context, { body: { cidr: '192.0.2.0/24' } });
  const networkId = 'ok' in added ? added.ok.id : '';
  const origin = {
    listener: 'relay',
    clientAddress: '192.0.2.1',
    clientName: 'printer.example.org',
    credentialId: undefined,
    networkId,
    tls: undefined,
  } as const;
  const id = await accept(['b@example.com', 'c@example.com'], { origin });
  await accept(['d@example.com']);
  await attempt({ kind: 'bounced' });
  expect(await showNetworkUsage(context, { params: { network: '192.0.2.0/24' } })).toMatchObject({
    ok: { latest: { ended: 2, bounced: 2 } },
  });
  expect(await store.guard.bounces([{ submitterId: networkId, since: new Date(0) }])).toMatchObject([
    { ended: 2, bounced: 2 },
  ]);
  expect(await findMessages(context, { query: { q: 'network:192.0.2.77/24' } })).toMatchObject({
    refused: { code: 'invalid-request' },
  });
  expect(await findMessages(context, { query: { q: 'network:192.0.2.0/24' } })).toMatchObject({
    ok: { items: [{ id }], nextCursor: null },
  });
});

test('a listed network that was never used has used nothing, and what is not there has no usage', async ({
  scenario: { context },
}) => {
  await addNetwork(context, { body: { cidr: '10.0.0.0/8', limits: { messagesPerDay: 5 } } });
  expect(await showNetworkUsage(context, { params: { network: '10.0.0.0/8' } })).toMatchObject({
    ok: { used: { messagesPerDay: 0, messagesPerHour: null }, waiting: 0, networks: [] },
  });
  expect(await showCredentialUsage(context, { params })).toMatchObject({ refused: { code: 'not-found' } });
});
