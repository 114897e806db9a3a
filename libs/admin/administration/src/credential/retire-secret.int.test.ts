import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { createCredential } from './create-credential.ts';
import { retireSecret } from './retire-secret.ts';
import { rotateCredential } from './rotate-credential.ts';

test('the old secret of two is retired at a word, once; the last one that is good is not', async ({ scenario }) => {
  const { context } = scenario;
  const made = await createCredential(context, { body: { name: 'app1', senderRules: ['@example.org'] } });
  const first = 'ok' in made ? (made.ok.credential.secrets[0]?.id ?? '') : '';
  const old = { credential: 'app1', secret: first };
  expect(await retireSecret(context, { params: old })).toMatchObject({ refused: { code: 'conflict', detail: /only/ } });
  const rotated = await rotateCredential(context, { params: { credential: 'app1' }, body: {} });
  const second = 'ok' in rotated ? (rotated.ok.credential.secrets[0]?.id ?? '') : '';
  expect(await retireSecret(context, { params: old, body: { reason: 'it has leaked' } })).toMatchObject({
    ok: {
      secrets: [
        { id: second, expiresAt: null },
        { id: first, expiresAt: expect.any(String) },
      ],
    },
  });
  expect(await retireSecret(context, { params: old })).toMatchObject({
    refused: { code: 'conflict', detail: /already/ },
  });
  expect(await retireSecret(context, { params: { ...old, secret: second } })).toMatchObject({
    refused: { code: 'conflict' },
  });
  expect((await scenario.audit()).at(-1)).toMatchObject({
    action: 'credential.retire-secret',
    reason: 'it has leaked',
    facts: { secretId: first },
  });
  const stranger = '0199a000-0000-7000-8000-000000000042';
  expect(await retireSecret(context, { params: { ...old, secret: stranger } })).toMatchObject({
    refused: { code: 'not-found' },
  });
});
