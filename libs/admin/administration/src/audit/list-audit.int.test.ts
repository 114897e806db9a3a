import { expect } from 'vitest';
import { addNetwork } from '../network/add-network.ts';
import { removeNetwork } from '../network/remove-network.ts';
import { createCredential } from '../credential/create-credential.ts';
import { revokeCredential } from '../credential/revoke-credential.ts';
import type { Context } from '../context.ts';
import { test } from '../testing/scenario.ts';
import { listAudit } from './list-audit.ts';

async function fourDeeds(context: Context): Promise<void> {
  await addNetwork(context, { body: { cidr: '10.0.0.0/8' } });
  await createCredential(context, { body: { name: 'app1', senderRules: ['@example.org'] } });
  await revokeCredential(context, { params: { credential: 'app1' }, body: { reason: 'it leaked' } });
  await removeNetwork(context, { params: { network: '10.0.0.0/8' } });
}

const actions = async (context: Context, query: Parameters<typeof listAudit>[1]['query']) => {
  const listed = await listAudit(context, { query: query ?? {} });
  return 'ok' in listed ? listed.ok.items.map(({ action }) => action) : listed.refused.code;
};

test('the audit tells who did what to which thing from where and why, the latest first', async ({
  scenario: { context },
}) => {
  await fourDeeds(context);
  const listed = await listAudit(context, { query: {} });
  expect(listed).toMatchObject({
    ok: {
      items: [
        { action: 'network.remove', subject: { name: '10.0.0.0/8' }, reason: null },
        {
          action: 'credential.revoke',
          actor: { kind: 'person', name: 'owner@example.org', address: '192.0.2.7' },
          subject: { name: 'app1' },
          reason: 'it leaked',
        },
        { action: 'credential.create' },
        { action: 'network.add' },
      ],
      nextCursor: null,
    },
  });
});

test('the audit is read by noun, by verb, by subject, by actor and by time', async ({ scenario: { context } }) => {
  await fourDeeds(context);
  expect(await actions(context, { action: 'network' })).toEqual(['network.remove', 'network.add']);
  expect(await actions(context, { action: 'credential.revoke' })).toEqual(['credential.revoke']);
  expect(await actions(context, { subject: 'app1' })).toEqual(['credential.revoke', 'credential.create']);
  expect(await actions(context, { actor: 'somebody@example.org' })).toEqual([]);
  expect(await actions(context, { before: '2020-01-01T00:00:00.000Z' })).toEqual([]);
  expect(await actions(context, { after: '2020-01-01T00:00:00.000Z', limit: 1 })).toEqual(['network.remove']);
});

test('the audit goes on page by page, without a gap and without a double', async ({ scenario: { context } }) => {
  await fourDeeds(context);
  const first = await listAudit(context, { query: { limit: 3 } });
  const cursor = 'ok' in first ? (first.ok.nextCursor ?? '') : '';
  expect(await actions(context, { limit: 3, cursor })).toEqual(['network.add']);
});

test('a verb of two words with a percent sign is no filter', async ({ scenario: { context } }) => {
  expect(await actions(context, { action: "credential%' or true --" })).toBe('invalid-request');
});

test('an auditor reads the audit', async ({ scenario: { context, asAuditor } }) => {
  await fourDeeds(context);
  expect(await actions(asAuditor, {})).toHaveLength(4);
});
