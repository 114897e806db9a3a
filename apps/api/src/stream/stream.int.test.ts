import { expect } from 'vitest';
import { parseStreamEvent } from '@postern/admin-client';
import type { StreamEvent } from '@postern/admin-contract';
import { newMessageId, UNRESOLVED_QUEUE } from '@postern/queue';
import { test, type RunningTestApi } from '../testing/running-api.ts';

test('a stream tells what there is, and then what changes', async ({ api }) => {
  const stream = await follow(api, await api.signIn());
  const first = await stream.until((events) => new Set(events.map(({ name }) => name)).size === 4);
  expect(first.find(({ name }) => name === 'ledger')?.data).toMatchObject({ accepted: 0 });
  await accept(api);
  const then = await stream.until((events) =>
    events.some(({ name, data }) => name === 'messages' && data.messages.length > 0),
  );
  expect(then.findLast(({ name }) => name === 'ledger')?.data).toMatchObject({ accepted: 1, queued: 1 });
  expect(then.findLast(({ name }) => name === 'queues')?.data).toMatchObject({
    queues: [{ id: 1, counts: { queued: 1 } }],
  });
  await stream.close();
});

test('who looks at a list is told that an operator changed something on it, by its kind alone', async ({ api }) => {
  const cookie = await api.signIn();
  const stream = await follow(api, cookie);
  await stream.until((events) => events.some(({ name }) => name === 'ledger'));
  const body = { name: 's1', addresses: ['192.0.2.1'], ehloName: 'out.example.org' };
  await api.ask('POST', '/api/v1/sources', { cookie, body });
  const events = await stream.until((seen) => seen.some(({ name }) => name === 'changes'));
  expect(events.find(({ name }) => name === 'changes')?.data).toEqual({ nouns: ['source'] });
  await stream.close();
});

test('whoever may not read messages is told none', async ({ api }) => {
  const cookie = await api.signIn();
  await api.store.pool.query("update people set role = 'credentials'");
  const stream = await follow(api, cookie);
  await accept(api);
  const events = await stream.until((seen) => seen.some(({ name, data }) => name === 'ledger' && data.accepted === 1));
  expect(new Set(events.map(({ name }) => name))).toEqual(new Set(['heartbeat', 'ledger']));
  await stream.close();
});

test('one who opens streams without end keeps none from others', async ({ api }) => {
  const cookie = await api.signIn();
  const streams = [];
  for (let n = 0; n < 40; n += 1) streams.push(await follow(api, cookie));
  expect(await api.ask('GET', '/api/v1/stream', { cookie })).toMatchObject({ status: 429 });
  await Promise.all(streams.map((each) => each.close()));
});

test('an API that stops ends its streams at once', async ({ api }) => {
  const { startApi } = await import('../start-api.ts');
  const { logger } = await import('@postern/observability');
  const other = await startApi(api.configuration, logger({ service: 'api', level: 'silent' }));
  const stream = await follow({ ...api, url: other.urls[0] ?? '' }, await api.signIn());
  await stream.until((events) => events.length > 0);
  const started = performance.now();
  await other.stop();
  await stream.ended;
  expect(performance.now() - started).toBeLessThan(5_000);
});

async function follow({ url }: Pick<RunningTestApi, 'url'>, cookie: string) {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/v1/stream`, { headers: { cookie }, signal: abort.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const seen: StreamEvent[] = [];
  const waiting = new Set<() => void>();
  const ended = read(response, (event) => {
    seen.push(event);
    for (const look of waiting) look();
  }).catch(() => undefined);
  const until = (enough: (events: readonly StreamEvent[]) => boolean) =>
    new Promise<readonly StreamEvent[]>((resolve) => {
      const look = (): void => {
        if (!enough(seen)) return;
        waiting.delete(look);
        resolve(seen);
      };
      waiting.add(look);
      look();
    });
  const close = async (): Promise<void> => {
    abort.abort();
    await ended;
  };
  return { until, close, ended };
}

async function read(response: Response, onEvent: (event: StreamEvent) => void): Promise<void> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const each of events) {
      const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(each) ?? [];
      const event = parseStreamEvent(name, data);
      expect(event, each).toBeDefined();
      if (event) onEvent(event);
    }
  }
}

async function accept({ store }: RunningTestApi): Promise<void> {
  const now = new Date();
  await store.accept.accept([
    {
      id: newMessageId(now.getTime()),
      acceptedAt: now,
      reversePath: 'a@example.org',
      recipients: [{ forwardPath: 'b@example.com', domain: 'example.com', queueId: UNRESOLVED_QUEUE }],
      origin: {
        listener: 'relay',
        clientAddress: '192.0.2.1',
        clientName: 'x',
        credentialId: undefined,
        networkId: undefined,
        tls: undefined,
      },
      sizeOctets: 2,
      body: '7BIT',
      smtpUtf8: false,
      headerFrom: 'a@example.org',
      subject: 'x',
      messageIdField: '<1@example.org>',
      traceFields: Buffer.alloc(0),
      content: { kind: 'inline', octets: Buffer.from('\r\n') },
    },
  ]);
}
