import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePort, swaks, temporaryDirectory, waitFor } from '@postern/lab';
import { expect, test } from 'vitest';
import { scenario } from '../src/index.ts';

const ROOT = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

test('a client that was generated from the OpenAPI document alone does a whole job, and metrics tell of it', async () => {
  const metrics = { submission: await freePort(), delivery: await freePort() };
  await using world = await scenario({
    services: ['submission', 'api'],
    env: {
      POSTERN_LISTEN_SUBMISSION_METRICS: `127.0.0.1:${metrics.submission}`,
      POSTERN_LISTEN_DELIVERY_METRICS: `127.0.0.1:${metrics.delivery}`,
    },
  });
  const { gateway, internet } = world;
  const { key } = await gateway.json<{ key: string }>(['api-key', 'create', '--name', 'generated', '--role', 'owner']);
  const client = await generatedClient(`http://127.0.0.1:${gateway.ports.api}`, key);

  const body = { name: 'shop', senderRules: ['@shop.example'] };
  const headers = { 'Idempotency-Key': 'the shop needs one' };
  const made = await client('createCredential', { body, headers });
  expect(made).toMatchObject({ credential: { name: 'shop' } });
  const { secret } = made as { readonly secret: string };
  expect(await client('createCredential', { body, headers }), 'sent twice, made once').toMatchObject({ secret });

  const { output } = await swaks({
    address: '127.0.0.1',
    port: gateway.ports.submission,
    tls: 'starttls',
    from: 'orders@shop.example',
    to: 'someone@receiver.example',
    user: 'shop',
    password: secret,
  });
  const id = /250 2\.0\.0 Accepted as ([0-9a-f-]{36})/.exec(output)?.[1] ?? '';
  expect(await client('findMessages', { query: { q: 'from:@shop.example' } })).toMatchObject({ items: [{ id }] });
  const path = { id };
  expect(await client('showMessage', { path })).toMatchObject({ id, reversePath: 'orders@shop.example' });
  expect(await client('holdMessage', { path, body: { reason: 'let me look' } })).toMatchObject({ recipients: 1 });
  expect(await client('listRecipients', { path })).toMatchObject({ items: [{ state: 'held' }] });
  expect(await client('releaseMessage', { path, body: {} })).toMatchObject({ recipients: 1 });
  await gateway.run('delivery');
  await internet.host.waitForCount(1, 20_000);
  const isDelivered = async () => {
    const { items } = (await client('listRecipients', { path })) as { readonly items: readonly { state: string }[] };
    return items[0]?.state === 'delivered';
  };
  await waitFor(isDelivered, { what: 'the recipient to be delivered', everyMs: 200 });
  expect(await client('showMessage', { path: { id: 'nothing' } }, 'error')).toMatchObject({ status: 400 });

  expect(await told(metrics.submission)).toMatch(/^postern_accepted_messages_total\{listener="submission",.*\} 1$/m);
  expect(await told(metrics.delivery)).toMatch(/^postern_outcomes_total\{outcome="delivered",class="none",.*\} 1$/m);
  const installation = await told(gateway.ports.api);
  expect(installation).toMatch(/^postern_oldest_waiting_seconds\{service="api"\} /m);
  expect(installation).toMatch(/^postern_store_answers\{service="api"\} 1$/m);
  for (const text of [installation, gateway.log]) expect(text).not.toContain(secret);
  // One id through its life, in the log of every service.
  const events = gateway.log.split('\n').filter((line) => line.includes(id));
  expect(events.some((line) => line.includes('"service":"submission"'))).toBe(true);
  expect(events.some((line) => line.includes('"service":"delivery"'))).toBe(true);
});

type Call = (name: string, options: object, what?: 'data' | 'error') => Promise<unknown>;

/** Generates the client into a folder, and calls its functions by name; `data` or `error` of what they answer. */
async function generatedClient(baseUrl: string, key: string): Promise<Call> {
  const folder = await temporaryDirectory();
  const generator = join(ROOT, 'node_modules/@hey-api/openapi-ts/bin/run.js');
  const document = join(ROOT, 'docs/openapi.json');
  await run(process.execPath, [generator, '-i', document, '-o', folder.path, '-c', '@hey-api/client-fetch']);
  const sdk: Record<string, (options: object) => Promise<{ data?: unknown; error?: unknown }>> = await import(
    /* @vite-ignore */ pathToFileURL(join(folder.path, 'sdk.gen.ts')).href
  );
  const { client } = await import(/* @vite-ignore */ pathToFileURL(join(folder.path, 'client.gen.ts')).href);
  client.setConfig({ baseUrl, auth: ({ scheme }: { scheme?: string }) => (scheme === 'bearer' ? key : undefined) });
  await folder.remove();
  return async (name, options, what = 'data') => {
    const answer = await sdk[name]?.(options);
    if (!answer || (what === 'data' && answer.error !== undefined))
      throw new Error(`${name}: ${JSON.stringify(answer?.error)}`);
    return answer[what];
  };
}

async function told(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}
