import { expect } from 'vitest';
import { createCredential } from '../credential/create-credential.ts';
import { test, type Scenario } from '../testing/scenario.ts';
import { exportBounces } from './export-bounces.ts';

/** Two bounces and one that expired, of two senders; the last bounce was told by a host that writes formulas. */
async function threeEnds({ context, accept, attempt }: Scenario): Promise<void> {
  const made = await createCredential(context, { body: { name: 'shop', senderRules: ['@shop.example'] } });
  const credentialId = 'ok' in made ? made.ok.credential.id : '';
  const origin = {
    listener: 'submission',
    clientAddress: '192.0.2.1',
    clientName: 'client.example.org',
    credentialId,
    networkId: undefined,
    tls: undefined,
  } as const;
  await accept(['a@b.example'], { reversePath: 'order@shop.example', origin });
  await attempt({ kind: 'bounced' }, undefined, { bounce: { class: 'recipient_unknown', rule: 'r' } });
  await accept(['b@b.example']);
  await attempt({ kind: 'expired' }, undefined, { bounce: { class: 'mailbox_full', rule: 'r' } });
  await accept(['c@b.example']);
  const reply = { from: 'remote', code: 550, enhanced: '5.7.1', text: "=cmd|'/c calc'!A" } as const;
  await attempt({ kind: 'bounced' }, undefined, { bounce: { class: 'policy', rule: 'r' }, reply });
}

async function recipients({ context }: Scenario, query: object): Promise<readonly string[]> {
  const written = await exportBounces(context, { query });
  if ('refused' in written) return [written.refused.code];
  let text = '';
  for await (const piece of written.ok) text += piece;
  return text.split('\r\n').flatMap((line) => /,([a-c])@b\.example,/.exec(line)?.[1] ?? []);
}

test('bounces are exported by what the page is narrowed to, the youngest first, and what a host wrote as a formula as text', async ({
  scenario,
}) => {
  await threeEnds(scenario);
  const read = (query: object) => recipients(scenario, query);
  expect(await read({})).toEqual(['c', 'b', 'a']);
  expect(await read({ outcome: 'bounced' })).toEqual(['c', 'a']);
  expect(await read({ outcome: 'expired' })).toEqual(['b']);
  expect(await read({ class: 'policy' })).toEqual(['c']);
  expect(await read({ credential: 'shop' })).toEqual(['a']);
  expect(await read({ domain: 'Example.org' })).toEqual(['c', 'b']);
  expect(await read({ queue: 'unresolved', class: 'mailbox_full' })).toEqual(['b']);
  expect(await read({ source: 'nowhere' })).toEqual([]);
  expect(await read({ until: new Date(Date.now() - 60_000).toISOString() })).toEqual([]);
  expect(await read({ since: new Date(Date.now() - 60_000).toISOString() })).toEqual(['c', 'b', 'a']);
  expect(await read({ credential: 'nobody' })).toEqual(['not-found']);
  const written = await exportBounces(scenario.context, { query: { class: 'policy' } });
  let text = '';
  if ('ok' in written) for await (const piece of written.ok) text += piece;
  expect(text).toContain(`,'=cmd|'/c calc'!A,unresolved,mx.example.com,,\r\n`);
});
