import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { addNetwork } from './add-network.ts';
import { listNetworks } from './list-networks.ts';
import { removeNetwork } from './remove-network.ts';
import { showNetwork } from './show-network.ts';
import { updateNetwork } from './update-network.ts';

test('a host of a listed network is known by the narrowest network that it is in', async ({
  scenario: { context, store },
}) => {
  await addNetwork(context, { body: { cidr: '10.0.0.0/8' } });
  await addNetwork(context, { body: { cidr: '10.1.0.0/16', senderRules: ['@example.org'] } });
  await addNetwork(context, { body: { cidr: '2001:db8::/32' } });
  const cidrs = async (address: string) => (await store.credentials.networksOf(address)).map(({ cidr }) => cidr);
  expect(await cidrs('10.1.2.3')).toEqual(['10.1.0.0/16', '10.0.0.0/8']);
  expect(await cidrs('::ffff:10.2.0.1')).toEqual(['10.0.0.0/8']);
  expect(await cidrs('2001:db8::7')).toEqual(['2001:db8::/32']);
  expect(await cidrs('fe80::1%eth0')).toEqual([]);
  expect(await cidrs('192.0.2.1')).toEqual([]);
});

test('a network without rules may send as anyone, its DSNs with them', async ({ scenario: { context, store } }) => {
  expect(await addNetwork(context, { body: { cidr: '192.0.2.7' } })).toMatchObject({
    ok: { cidr: '192.0.2.7/32', senderRules: ['*', '<>'] },
  });
  expect(await store.credentials.networksOf('192.0.2.7')).toMatchObject([
    { senderRules: [{ kind: 'any' }, { kind: 'null' }] },
  ]);
});

test('a network is listed once, in one form', async ({ scenario: { context } }) => {
  await addNetwork(context, { body: { cidr: '2001:DB8:0::/32' } });
  expect(await addNetwork(context, { body: { cidr: '2001:db8::/32' } })).toMatchObject({
    refused: { code: 'conflict' },
  });
});

test.for(['10.0.0.1/8', '10.0.0.0/33', 'example.org', '0.0.0.0.0', "1.2.3.4'; --", '0.0.0.0/0', '::/0'])(
  '%s is no network that may be listed',
  async (cidr, { scenario: { context } }) => {
    expect(await addNetwork(context, { body: { cidr } })).toMatchObject({
      refused: { code: 'invalid-request', errors: [{ field: 'body.cidr' }] },
    });
  },
);

test('a network is removed by its CIDR or its id, once', async ({ scenario }) => {
  const { context } = scenario;
  const first = await addNetwork(context, { body: { cidr: '10.0.0.0/8' } });
  await addNetwork(context, { body: { cidr: '192.0.2.0/24' } });
  expect(await listNetworks(context, { query: {} })).toMatchObject({
    ok: { items: [{ cidr: '10.0.0.0/8' }, { cidr: '192.0.2.0/24' }] },
  });
  const id = 'ok' in first ? first.ok.id : '';
  expect(await removeNetwork(context, { params: { network: id } })).toEqual({ ok: undefined });
  expect(await removeNetwork(context, { params: { network: '192.0.2.0/24' } })).toEqual({ ok: undefined });
  expect(await removeNetwork(context, { params: { network: '192.0.2.0/24' } })).toMatchObject({
    refused: { code: 'not-found' },
  });
  expect((await scenario.audit()).map(({ action, subjectName }) => `${action} ${subjectName}`)).toEqual([
    'network.add 10.0.0.0/8',
    'network.add 192.0.2.0/24',
    'network.remove 10.0.0.0/8',
    'network.remove 192.0.2.0/24',
  ]);
});

test('an auditor lists no network and removes none', async ({ scenario: { asAuditor } }) => {
  expect(await addNetwork(asAuditor, { body: { cidr: '10.0.0.0/8' } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
  expect(await removeNetwork(asAuditor, { params: { network: '10.0.0.0/8' } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
});

test('the address that devices are rewritten to is changed, must be one that the rules allow, and is taken away', async ({
  scenario: { context },
}) => {
  const params = { network: '10.0.0.0/8' };
  await addNetwork(context, { body: { cidr: '10.0.0.0/8', senderRules: ['@example.org'] } });
  const update = (rewriteFrom: string | null) => updateNetwork(context, { params, body: { rewriteFrom } });
  expect(await update('scanner@example.org')).toMatchObject({ ok: { rewriteFrom: 'scanner@example.org' } });
  expect(await update('scanner@elsewhere.example')).toMatchObject({
    refused: { errors: [{ field: 'body.rewriteFrom' }] },
  });
  expect(await update(null)).toMatchObject({ ok: { rewriteFrom: null } });
  expect(await showNetwork(context, { params })).toMatchObject({ ok: { cidr: '10.0.0.0/8', rewriteFrom: null } });
});
