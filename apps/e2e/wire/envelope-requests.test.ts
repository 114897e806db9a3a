import { waitFor } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticated, greeted, type RawClient, type Scenario, scenario, sendRaw } from '../src/index.ts';

const BASICS = ['PIPELINING', 'SIZE 104857600', '8BITMIME', 'ENHANCEDSTATUSCODES'];
let world: Scenario;
beforeAll(async () => {
  world = await scenario({ host: { extensions: [...BASICS, 'SMTPUTF8', 'DSN', 'MT-PRIORITY', 'DELIVERBY'] } });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const HEADER = 'From: app@lab.example\r\nSubject: asked\r\n\r\n';

/** Sends a message with words behind MAIL and RCPT; answers what was said at its end. */
async function send(
  client: RawClient,
  about: { readonly mail?: string; readonly to?: string; readonly rcpt?: string; readonly content?: string },
) {
  expect((await client.ask(`MAIL FROM:<app@lab.example> ${about.mail ?? ''}`)).code).toBe(250);
  const rcpt = await client.ask(`RCPT TO:<${about.to ?? 'someone@receiver.example'}> ${about.rcpt ?? ''}`);
  if (rcpt.code !== 250) return rcpt;
  expect((await client.ask('DATA')).code).toBe(354);
  await client.write(about.content ?? `${HEADER}Hello\r\n`);
  return client.ask('.');
}

/** How the last message accepted stands, as operators see it. */
async function shown(reply: string) {
  const [, id = ''] = /Accepted as (\S+)/.exec(reply) ?? [];
  return JSON.parse(await world.gateway.cli(['message', 'show', id, '--json'])) as {
    requests: object | null;
    recipientPage: { items: { state: string }[] };
  };
}

test('what is asked for with DSN, MT-PRIORITY and DELIVERBY reaches the next host, and operators see it', async () => {
  using client = await authenticated(world);
  const before = world.internet.host.count;
  const reply = await send(client, {
    mail: 'RET=HDRS ENVID=QQ+2B314 MT-PRIORITY=5 BY=3600;NT',
    rcpt: 'NOTIFY=FAILURE,DELAY ORCPT=rfc822;Some+2Bone@receiver.example',
  });
  expect(reply.code).toBe(250);
  const arrived = (await world.internet.host.waitForCount(before + 1)).at(-1);
  expect(arrived?.mailParameters).toEqual(
    expect.arrayContaining(['RET=HDRS', 'ENVID=QQ+2B314', 'MT-PRIORITY=5', expect.stringMatching(/^BY=35\d\d;NT$/)]),
  );
  expect(arrived?.rcptParameters).toEqual([['NOTIFY=FAILURE,DELAY', 'ORCPT=rfc822;Some+2Bone@receiver.example']]);
  expect(await shown(reply.text)).toMatchObject({
    requests: { ret: 'HDRS', envid: 'QQ+314', priority: 5, deliverBy: { mode: 'N', trace: true } },
    recipientPage: { items: [{ notify: 'FAILURE,DELAY', orcpt: 'rfc822;Some+one@receiver.example' }] },
  });
});

test('an internationalised message reaches a host with SMTPUTF8 as it was written, its domain as A-labels', async () => {
  using client = await authenticated(world);
  const before = world.internet.host.count;
  const content = 'From: Jörg <app@lab.example>\r\nTo: οδυσσεύς@receiver.example\r\nSubject: Grüße\r\n\r\nHallo\r\n';
  const reply = await send(client, { mail: 'SMTPUTF8 BODY=8BITMIME', to: 'οδυσσεύς@receiver.example', content });
  expect(reply.code).toBe(250);
  const arrived = (await world.internet.host.waitForCount(before + 1)).at(-1);
  expect(arrived?.mailParameters).toContain('SMTPUTF8');
  expect(arrived?.forwardPaths).toEqual(['οδυσσεύς@receiver.example']);
  expect(arrived?.content?.toString()).toContain('with UTF8SMTPSA id');
  expect(arrived?.content?.toString().endsWith(content)).toBe(true);
});

test('a message that came with SMTPUTF8 and does not use it goes to a host without it', async () => {
  const { host } = world.internet;
  using client = await authenticated(world);
  const before = host.count;
  expect((await send(client, { mail: 'SMTPUTF8' })).code).toBe(250);
  expect((await host.waitForCount(before + 1)).at(-1)?.mailParameters).not.toContain('SMTPUTF8');
});

test('UTF-8 in a path without SMTPUTF8 is 553 5.6.7, and the session goes on', async () => {
  using client = await authenticated(world);
  expect((await client.ask('MAIL FROM:<jörg@lab.example>')).text).toMatch(/^553 5\.6\.7 /);
  expect((await send(client, { to: 'jörg@receiver.example' })).text).toMatch(/^553 5\.6\.7 /);
  expect((await client.ask('RCPT TO:<someone@bücher.example>')).text).toMatch(/^553 5\.6\.7 /);
  expect((await client.ask('RSET')).code).toBe(250);
});

test.each([
  ['MAIL', 'ENVID=+0D+0A'],
  ['MAIL', 'ENVID=a+00b'],
  ['MAIL', 'AUTH=a+0D+0A@b.example'],
  ['RCPT', 'ORCPT=rfc822;a+0D+0ADATA'],
  ['RCPT', 'ORCPT=rfc822;a+00'],
])('a control character hidden in the xtext of %s %s is 501, and nothing of it is kept', async (command, words) => {
  using client = await authenticated(world);
  if (command === 'MAIL') expect((await client.ask(`MAIL FROM:<app@lab.example> ${words}`)).code).toBe(501);
  else expect((await send(client, { rcpt: words })).code).toBe(501);
  expect((await client.ask('RSET')).code).toBe(250);
  expect((await sendRaw(client, `${HEADER}sound\r\n`)).code).toBe(250);
});

test('a message is kept until its release, and shown as kept', async () => {
  using client = await authenticated(world);
  const content = (word: string) => `${HEADER}${word}\r\n`;
  const arrived = (word: string) => world.internet.host.messages.find((each) => each.content?.includes(word));
  const askedAt = Date.now();
  const kept = await send(client, { mail: 'HOLDFOR=3600', content: content('for an hour') });
  const soon = await send(client, { mail: 'HOLDFOR=2', content: content('for two seconds') });
  const released = await waitFor(() => arrived('for two seconds'), { what: 'the release', timeoutMs: 20_000 });
  expect(released.receivedAt.getTime() - askedAt).toBeGreaterThanOrEqual(2_000);
  expect((await shown(kept.text)).recipientPage.items[0]?.state).toBe('queued');
  expect((await shown(soon.text)).requests).toMatchObject({ releaseAt: expect.any(String) });
  expect(arrived('for an hour')).toBeUndefined();
});

test('a message to be returned when it is late expires with 5.4.7 at its time', async () => {
  world.internet.zone.add('down.example. 300 IN MX 10 mx.down.example.\nmx.down.example. 300 IN A 127.0.9.9');
  using client = await authenticated(world);
  const reply = await send(client, { mail: 'BY=2;R', to: 'a@down.example' });
  expect(reply.code).toBe(250);
  const message = await waitFor(
    async () => {
      const found = await shown(reply.text);
      return found.recipientPage.items[0]?.state === 'expired' ? found : undefined;
    },
    { what: 'the end of the time', everyMs: 500, timeoutMs: 45_000 },
  );
  expect(message.recipientPage.items[0]).toMatchObject({ lastReply: { from: 'local', enhanced: '5.4.7' } });
});

test('REQUIRETLS is offered and known under TLS only', async () => {
  using clear = await greeted(world.gateway.ports.submission);
  expect((await clear.ask('EHLO c')).text).not.toContain('REQUIRETLS');
  using client = await authenticated(world);
  expect((await client.ask('EHLO c')).text).toContain('REQUIRETLS');
  const reply = await send(client, { mail: 'REQUIRETLS' });
  expect(reply.code).toBe(250);
  const message = await waitFor(
    async () => {
      const found = await shown(reply.text);
      return found.recipientPage.items[0]?.state === 'queued' || found.recipientPage.items[0]?.state === 'sending'
        ? undefined
        : found;
    },
    { what: 'a first attempt', everyMs: 500, timeoutMs: 45_000 },
  );
  // The mail host of the laboratory offers no TLS: the message stays here rather than travel in clear.
  expect(['bounced', 'deferred']).toContain(message.recipientPage.items[0]?.state);
});
