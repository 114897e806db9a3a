import { waitFor } from '@postern/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  authenticated,
  onDatabase,
  plain,
  RawClient,
  type RawReply,
  encrypted,
  sendRaw,
  SOUND,
  submit,
  type Submitter,
  type TwoSubmissions,
  twoSubmissions,
} from '../src/index.ts';

let two: TwoSubmissions;
beforeAll(async () => {
  two = await twoSubmissions();
});
afterAll(() => two[Symbol.asyncDispose]());

const SENDERS = ['@lab.example'];

describe('with two submission processes at once', () => {
  test.each(['minute', 'hour', 'day'])('of 30 messages exactly the 12 that a %s allows are taken', async (span) => {
    const credential = await two.world.gateway.credential(`per-${span}`, SENDERS, ['--rate', `12/${span}`]);
    const replies = await attempts(30, credential);
    expect(replies.filter((reply) => reply.startsWith('250'))).toHaveLength(12);
    const refused = replies.filter((reply) => !reply.startsWith('250'));
    for (const reply of refused)
      expect(reply).toMatch(/^451 4\.7\.1 .*limit of messages.* try again in \d+ seconds \(20/);
    expect(await accepted(`per-${span}`)).toEqual({ messages: 12, recipients: 12 });
  });

  test.each(['minute', 'hour', 'day'])('exactly the 10 recipients that a %s allows are taken', async (span) => {
    const credential = await two.world.gateway.credential(`to-${span}`, SENDERS, ['--recipient-rate', `10/${span}`]);
    const replies = await attempts(16, credential, ['a@receiver.example', 'b@receiver.example']);
    expect(replies.filter((reply) => reply.startsWith('250'))).toHaveLength(5);
    expect(await accepted(`to-${span}`)).toEqual({ messages: 5, recipients: 10 });
  });

  test('exactly as many sessions of a credential are open as it may have, and one that ends makes room', async () => {
    const credential = await two.world.gateway.credential('sessions', SENDERS, ['--max-sessions', '3']);
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, index) => signIn(two.ports[index % 2 === 0 ? 0 : 1], credential)),
    );
    const open = tries.filter(({ code }) => code === 235);
    expect(open).toHaveLength(3);
    expect(tries.filter(({ code }) => code === 421)).toHaveLength(5);
    open[0]?.client.destroy();
    await waitFor(
      async () => {
        const next = await signIn(two.ports[1], credential);
        if (next.code !== 235) next.client.destroy();
        return next.code === 235;
      },
      { what: 'room for another session' },
    );
    for (const { client } of tries) client.destroy();
  });

  test('a limit holds over a restart of both processes', async () => {
    const credential = await two.world.gateway.credential('restarted', SENDERS, ['--rate', '4/hour']);
    expect((await attempts(3, credential)).filter((reply) => reply.startsWith('250'))).toHaveLength(3);
    await two.world.gateway.kill('submission');
    await two.world.gateway.run('submission');
    const replies = await attempts(3, credential, undefined, [0]);
    expect(replies.filter((reply) => reply.startsWith('250'))).toHaveLength(1);
  });

  test('a credential that is revoked is cut off in both at once, and what it has queued is cancelled', async () => {
    const credential = await two.world.gateway.credential('leaked');
    await submit(two.at(0, credential), SOUND);
    const sessions = await Promise.all([0, 1].map((which) => authenticated(two.at(which === 0 ? 0 : 1, credential))));
    const revoked = await two.world.gateway.json<{ waiting: number; moved: number }>([
      'credential',
      'revoke',
      'leaked',
      '--purge-queue',
    ]);
    expect(revoked).toMatchObject({ waiting: 1, moved: 1 });
    for (const session of sessions) {
      const [last] = await session.rest();
      expect(last?.text).toMatch(/^421 4\.7\.0 .*withdrawn/);
      session.destroy();
    }
    expect((await signIn(two.ports[0], credential)).code).toBe(535);
  });
});

test('a message that is refused, or given up, is not counted', async () => {
  const credential = await two.world.gateway.credential('uncounted', SENDERS, ['--rate', '2/hour']);
  const world = two.at(0, credential);
  for (let round = 0; round < 3; round += 1) {
    using client = await authenticated(world);
    expect((await sendRaw(client, 'From: ceo@bank.example\r\n\r\nx\r\n')).code).toBe(550);
    using gone = await authenticated(world);
    await gone.ask('MAIL FROM:<app@lab.example>');
    await gone.ask('RCPT TO:<someone@receiver.example>');
    await gone.ask('DATA');
  }
  await waitFor(async () => (await used('uncounted')) === 0, { what: 'what was taken to be given back' });
  expect((await attempts(4, credential)).filter((reply) => reply.startsWith('250'))).toHaveLength(2);
});

test('recipients beyond the limit are told to come back, those before are sent to', async () => {
  const credential = await two.world.gateway.credential('some', SENDERS, ['--recipient-rate', '3/hour']);
  const sent = await submit(two.at(0, credential), SOUND, {
    to: ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@receiver.example`),
  });
  expect(sent.accepted).toHaveLength(3);
  expect(sent.rejected).toHaveLength(2);
  using client = await authenticated(two.at(1, credential));
  expect((await client.ask('MAIL FROM:<app@lab.example>')).text).toMatch(/^451 4\.7\.1 .*limit of recipients/);
});

test('a message has at most the recipients and the octets that its credential may send', async () => {
  const credential = await two.world.gateway.credential('small', SENDERS, [
    '--max-recipients',
    '2',
    '--max-size',
    '20000',
  ]);
  using client = await authenticated(two.at(0, credential));
  expect((await client.ask('MAIL FROM:<app@lab.example> SIZE=20001')).text).toMatch(/^552 5\.3\.4 .*20000/);
  await client.ask('MAIL FROM:<app@lab.example>');
  for (const [name, code] of [
    ['a', 250],
    ['b', 250],
    ['c', 452],
  ] as const)
    expect(await client.code(`RCPT TO:<${name}@receiver.example>`)).toBe(code);
  await client.ask('RSET');
  const line = `${'x'.repeat(70)}\r\n`;
  expect((await sendRaw(client, `${SOUND}${line.repeat(300)}`)).text).toMatch(/^552 5\.3\.4 /);
  expect((await sendRaw(client, `From: app@lab.example\r\n${`X: ${line}`.repeat(300)}`)).text).toMatch(/^552 5\.3\.4 /);
  expect((await sendRaw(client, `${SOUND}${line.repeat(200)}`)).code).toBe(250);
});

test('a listed network has its limits too', async () => {
  await two.world.gateway.cli(['network', 'add', '127.0.0.77/32', '--rate', '3/hour']);
  const codes: number[] = [];
  for (let number = 0; number < 5; number += 1) {
    using client = await RawClient.connect(two.relays[number % 2 === 0 ? 0 : 1], { from: '127.0.0.77' });
    await client.read();
    await client.ask('EHLO printer.lab.example');
    codes.push((await deliver(client, ['someone@receiver.example'])).code);
  }
  expect(codes).toEqual([250, 250, 250, 451, 451]);
});

/** Sends messages at once, in turn to the one and the other process; answers the last reply to each. */
function attempts(
  count: number,
  credential: { readonly user: string; readonly password: string },
  to: readonly string[] = ['someone@receiver.example'],
  processes: readonly (0 | 1)[] = [0, 1],
): Promise<readonly string[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      attempt(two.at(processes[index % processes.length] ?? 0, credential), to),
    ),
  );
}

async function attempt(world: Submitter, to: readonly string[]): Promise<string> {
  using client = await authenticated(world);
  return (await deliver(client, to)).text;
}

/** Sends a message as far as it is let; answers the last reply. */
async function deliver(client: RawClient, to: readonly string[]): Promise<RawReply> {
  const lines = ['MAIL FROM:<app@lab.example>', ...to.map((each) => `RCPT TO:<${each}>`), 'DATA'];
  for (const line of lines) {
    const reply = await client.ask(line);
    if (reply.code >= 400) return reply;
  }
  await client.write(SOUND);
  return client.ask('.');
}

async function signIn(
  port: number,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<{ readonly code: number; readonly client: RawClient }> {
  const client = await encrypted(port);
  return { client, code: await client.code(`AUTH PLAIN ${plain(user, password)}`) };
}

/** What the store has of a credential. */
function accepted(name: string): Promise<{ readonly messages: number; readonly recipients: number } | undefined> {
  return onDatabase(two.world, async (client) => {
    const found = await client.query<{ messages: number; recipients: number }>(
      `select count(distinct m.id)::int as messages, count(*)::int as recipients from messages m
       join recipients r on r.message_id = m.id join credentials c on c.id = m.credential_id where c.name = $1`,
      [name],
    );
    return found.rows[0];
  });
}

function used(name: string): Promise<number | undefined> {
  return onDatabase(two.world, async (client) => {
    const found = await client.query<{ used: number }>(
      `select coalesce(sum(u.messages), 0)::int as used from submitter_usage u
       join credentials c on c.id = u.submitter_id where c.name = $1`,
      [name],
    );
    return found.rows[0]?.used;
  });
}
