import { TREND_HOURS, type Trends } from '@postern/admin-contract';
import { UNRESOLVED_QUEUE, type NewMessage } from '@postern/queue';
import { expect } from 'vitest';
import { addNetwork } from '../network/add-network.ts';
import { createCredential } from '../credential/create-credential.ts';
import { test } from '../testing/scenario.ts';
import { credentialTrends, networkTrends, queueTrends } from './trends.ts';

test('a trend has the hour of what ended, before and after it is added up, and zeros where nothing did', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  const made = await createCredential(context, { body: { name: 'app1', senderRules: ['*'] } });
  const listed = await addNetwork(context, { body: { cidr: '192.0.2.0/24' } });
  if (!('ok' in made) || !('ok' in listed)) throw new Error('refused');
  const ids = { credential: made.ok.credential.id, network: listed.ok.id };
  const nobody = { credentialId: undefined, networkId: undefined };
  await scenario.accept(['b@example.com', 'c@example.com'], origin({ ...nobody, credentialId: ids.credential }));
  await scenario.attempt({ kind: 'delivered' });
  await scenario.accept(['d@example.com'], origin({ ...nobody, networkId: ids.network }));
  await scenario.attempt({ kind: 'bounced' });

  const last = ({ items }: Trends) => items.map((each) => [each.id, each.delivered.at(-1), each.troubled.at(-1)]);
  const look = async () => {
    const queues = await queueTrends(context, { query: { ids: `${UNRESOLVED_QUEUE},99` } });
    const credentials = await credentialTrends(context, { query: { ids: ids.credential } });
    const networks = await networkTrends(context, { query: { ids: ids.network } });
    if (!('ok' in queues && 'ok' in credentials && 'ok' in networks)) throw new Error('refused');
    return [queues.ok, credentials.ok, networks.ok];
  };
  const first = await look();
  await store.bounces.foldOutcomes();
  const second = await look();
  for (const shown of [first, second]) {
    expect(shown.map(last)).toEqual([
      [
        [String(UNRESOLVED_QUEUE), 2, 1],
        ['99', 0, 0],
      ],
      [[ids.credential, 2, 0]],
      [[ids.network, 0, 1]],
    ]);
    for (const { items } of shown)
      for (const each of items)
        expect([each.delivered.length, each.troubled.length]).toEqual([TREND_HOURS, TREND_HOURS]);
  }
});

test.for(['', 'x', '1,', '99999999999', `${'1,'.repeat(200)}1`])(
  '%j are no ids of a page of queues',
  async (ids, { scenario }) => {
    expect(await queueTrends(scenario.context, { query: { ids } })).toMatchObject({
      refused: { code: 'invalid-request' },
    });
  },
);

function origin(submitter: Pick<NewMessage['origin'], 'credentialId' | 'networkId'>): Partial<NewMessage> {
  return {
    origin: {
      listener: 'submission',
      clientAddress: '192.0.2.1',
      clientName: 'client.example.org',
      tls: undefined,
      ...submitter,
    },
  };
}
