import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, scenario, SOUND, submit } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
  world.internet.zone.add(`
    null.example.         300 IN MX 0 .
    implicit.example.     300 IN A 127.0.0.2
    inner.example.        300 IN MX 10 inside.inner.example.
    inside.inner.example. 300 IN A 10.1.2.3
    lured.example.        300 IN MX 10 lure.example.
    lure.example.         300 IN A 169.254.169.254
    lure.example.         300 IN A 0.0.0.0
    lure.example.         300 IN AAAA ::1
    lure.example.         300 IN AAAA ::ffff:10.0.0.1
    lure.example.         300 IN AAAA fe80::1
    unserved.example.     300 IN TXT "no mail here"
    dangling.example.     300 IN MX 10 gone.example.
    dead.example.         300 IN MX 10 dead-host.example.
    dead-host.example.    300 IN A 127.0.0.77
    spare.example.        300 IN MX 10 dead-host.example.
    spare.example.        300 IN MX 20 mx.receiver.example.
    broken.example.       300 IN MX 10 mx.receiver.example.
  `);
  world.internet.zone.fault('broken.example', 'servfail');
});
afterAll(() => world[Symbol.asyncDispose]());

test.each([
  ['a null MX bounces as 5.1.10', 'a@null.example', 'bounced', '5.1.10'],
  ['a domain that does not exist bounces as 5.1.2', 'a@nowhere.example', 'bounced', '5.1.2'],
  ['a domain without any host bounces as 5.4.4', 'a@unserved.example', 'bounced', '5.4.4'],
  ['a mail host without an address bounces as 5.4.4', 'a@dangling.example', 'bounced', '5.4.4'],
  ['a mail host in private space is never connected, and bounces as 5.4.4', 'a@inner.example', 'bounced', '5.4.4'],
  ['a mail host with nothing but special addresses is never connected', 'a@lured.example', 'bounced', '5.4.4'],
  ['an implicit MX delivers', 'a@implicit.example', 'delivered', undefined],
  ['the next mail host delivers when the first is dead', 'a@spare.example', 'delivered', undefined],
  ['a dead mail host defers as 4.4.1', 'a@dead.example', 'deferred', '4.4.1'],
  ['a DNS failure defers as 4.4.3', 'a@broken.example', 'deferred', '4.4.3'],
])('%s', async (_, to, state, enhanced) => {
  expect(await fateOf(to)).toMatchObject({ state, enhanced: state === 'delivered' ? expect.anything() : enhanced });
});

test('a permanent refusal of the recipient bounces with the reply of the host, verbatim', async () => {
  world.internet.host.answer({ rcpt: () => '550 5.1.1 No such user here: <x>' });
  expect(await fateOf('gone@receiver.example')).toMatchObject({
    state: 'bounced',
    code: 550,
    enhanced: '5.1.1',
    text: expect.stringContaining('No such user here: <x>'),
  });
});

test('a transient refusal of the recipient is deferred', async () => {
  world.internet.host.answer({ rcpt: () => '450 4.2.1 Greylisted' });
  expect(await fateOf('grey@receiver.example')).toMatchObject({ state: 'deferred', code: 450, enhanced: '4.2.1' });
});

test('recipients of one message go in one transaction, and each keeps its own fate', async () => {
  world.internet.host.answer({
    rcpt: (path) =>
      path.startsWith('no')
        ? '550 5.1.1 No such user'
        : path.startsWith('later')
          ? '452 4.2.2 Mailbox full'
          : undefined,
  });
  const before = world.internet.host.count;
  const { reply } = await submit(world, SOUND, {
    to: ['yes1@receiver.example', 'no@receiver.example', 'later@receiver.example', 'yes2@receiver.example'],
  });
  const [received] = (await world.internet.host.waitForCount(before + 1, 20_000)).slice(before);
  expect(received?.forwardPaths).toEqual(['yes1@receiver.example', 'yes2@receiver.example']);
  await world.gateway.settled();
  const recipients = await recipientsOf(reply);
  expect(recipients.map((each) => [each.forwardPath, each.state])).toEqual([
    ['yes1@receiver.example', 'delivered'],
    ['no@receiver.example', 'bounced'],
    ['later@receiver.example', 'deferred'],
    ['yes2@receiver.example', 'delivered'],
  ]);
});

test('a refusal after the content is the fate of every recipient that had been taken', async () => {
  world.internet.host.answer({ content: () => '554 5.7.1 Spam' });
  const { reply } = await submit(world, SOUND, { to: ['a@receiver.example', 'b@receiver.example'] });
  await world.gateway.settled();
  expect((await recipientsOf(reply)).map((each) => each.state)).toEqual(['bounced', 'bounced']);
});

interface Shown {
  readonly recipientPage: { readonly items: readonly { readonly forwardPath: string; readonly state: string }[] };
  readonly attemptPage: {
    readonly items: readonly {
      readonly reply: { readonly code: number; readonly enhanced: string | null; readonly text: string };
    }[];
  };
}

async function fateOf(to: string) {
  const { reply } = await submit(world, SOUND, { to });
  await world.gateway.settled();
  const shown = await show(reply);
  const last = shown.attemptPage.items[0]?.reply;
  return { state: shown.recipientPage.items[0]?.state, ...last };
}

async function recipientsOf(reply: string) {
  return (await show(reply)).recipientPage.items;
}

function show(reply: string): Promise<Shown> {
  return world.gateway.json<Shown>(['message', 'show', /[0-9a-f-]{36}/.exec(reply)?.[0] ?? '']);
}
