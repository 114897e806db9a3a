import type { Resolver } from '@postern/dns';
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
  const signature = 'DKIM-Signature: v=1;\r\n d=example.org; h=from:from:list-unsubscribe:list-unsubscribe-post;\r\n';
  await scenario.accept(['b@example.com'], { origin, traceFields: Buffer.from(signature) });
  await scenario.accept(['b@example.com'], { origin, reversePath: 'x@bounces.example.org' });
  await scenario.accept(['b@example.com'], { origin, reversePath: 'x@other.example' });
  await scenario.accept(['b@example.com'], { reversePath: 'somebody@else.example' });
  const records: Readonly<Record<string, string>> = {
    '_dmarc.example.org': 'v=DMARC1; p=none',
    'bounces.example.org': 'v=spf1 ip4:192.0.2.25 -all',
  };
  const resolver: Resolver = {
    ...context.resolver,
    txt(name) {
      const about = { authentic: false, ttlSeconds: 60, canonicalName: name };
      const text = records[name];
      return Promise.resolve(
        text === undefined ? { kind: 'nxdomain', ...about } : { kind: 'found', records: [text], ...about },
      );
    },
  };
  const checked = await checkCredential({ ...context, resolver }, { params: { credential: 'app1' } });
  const found =
    'ok' in checked ? checked.ok.lines.map(({ id: line, status, found: says }) => [line, status, says]) : [];
  expect(found.slice(1)).toEqual([
    ['signed', 'warn', '1 of 3'],
    ['aligned', 'warn', '2 of 3'],
    ['one-click', 'warn', '1 of 3'],
    ['complaints', 'info', 'Nothing was delivered in the last 7 days'],
  ]);
  expect(await checkCredential(context, { params: { credential: 'nobody' } })).toMatchObject({
    refused: { code: 'not-found' },
  });
});
