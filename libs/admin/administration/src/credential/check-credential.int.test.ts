import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { checkCredential } from './check-credential.ts';
import { createCredential } from './create-credential.ts';

test('what a credential sent is held against the rules for bulk senders', async ({ scenario }) => {
  const { context } = scenario;
  const made = await createCredential(context, { body: { name: 'app1', senderRules: ['*'] } });
  const id = 'ok' in made ? made.ok.credential.id : expect.unreachable(made.refused.detail);
  const origin = {
    listener: 'submission',
    clientAddress: '192.0.2.1',
    clientName: 'c.example.org',
    credentialId: id,
    networkId: undefined,
    tls: undefined,
  } as const;
  const signature = 'DKIM-Signature: v=1; h=from:from:list-unsubscribe:list-unsubscribe-post;\r\n';
  await scenario.accept(['b@example.com'], { origin, traceFields: Buffer.from(signature) });
  await scenario.accept(['b@example.com'], { origin, reversePath: 'x@bounces.example.org' });
  await scenario.accept(['b@example.com'], { origin, reversePath: 'x@other.example' });
  await scenario.accept(['b@example.com'], { reversePath: 'somebody@else.example' });
  const checked = await checkCredential(context, { params: { credential: 'app1' } });
  const found =
    'ok' in checked ? checked.ok.lines.map(({ id: line, status, found: says }) => [line, status, says]) : [];
  expect(found.slice(1)).toEqual([
    ['signed', 'warn', '1 of 3'],
    ['aligned', 'warn', '2 of 3'],
    ['one-click', 'warn', '1 of 3'],
  ]);
  expect(await checkCredential(context, { params: { credential: 'nobody' } })).toMatchObject({
    refused: { code: 'not-found' },
  });
});
