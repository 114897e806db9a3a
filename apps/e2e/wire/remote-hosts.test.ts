import { inTurn, type ScriptedHost, scriptedHost, type ScriptedHostOptions } from '@postern/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fate, fateBy, messageId, type Scenario, scenario, submit } from '../src/index.ts';

/** What a host does that is not as RFC 5321 wants it, and what becomes of the mail. */
interface Case {
  readonly script: ScriptedHostOptions['script'];
  readonly state: 'delivered' | 'deferred' | 'bounced';
  readonly reply: { readonly code?: number; readonly enhanced?: string; readonly text?: string };
  /** Whether there is a second mail host, that works. */
  readonly spare?: true;
  readonly maybeDelivered?: true;
}

const HELLO = ['220 mx ESMTP', '250 mx'];
const TAKEN = [...HELLO, '250 2.1.0 Ok', '250 2.1.5 Ok'];
const refused = (at: readonly string[], reply: string, state: Case['state']): Case => ({
  script: inTurn(...at, reply),
  state,
  reply: { code: Number(reply.slice(0, 3)), text: reply.slice(10) },
});
const broken = (enhanced: string, ...replies: string[]): Case => ({
  script: inTurn(...replies),
  state: 'deferred',
  reply: { enhanced },
});
const closing = (...replies: string[]): Case => ({
  script: async (client, connection) => {
    await inTurn(...replies)(client, connection);
    await (replies.at(-1)?.startsWith('354') ? client.content() : replies.length > 0 ? client.line() : undefined);
    client.close();
  },
  state: 'deferred',
  reply: { enhanced: '4.4.2' },
});

const CASES: Readonly<Record<string, Case>> = {
  'a greeting that is not SMTP defers': broken('4.5.0', 'HTTP/1.1 400 Bad Request'),
  'a host that closes on connect defers': closing(),
  'a host that is closing at the greeting defers': broken('4.3.2', '421 4.3.2 Closing'),
  'a host that never takes mail from us bounces with its own words': refused(
    [],
    '554 5.7.1 You are blocked',
    'bounced',
  ),
  'a reply to EHLO with two codes defers': broken('4.5.0', '220 mx ESMTP', '250-mx\r\n550 5.0.0 no'),
  'a host that refuses EHLO is greeted with HELO and delivered': {
    script: inTurn('220 mx', '502 5.5.1 EHLO?', '250 mx', '250 Ok', '250 Ok', '354 Go on', '250 Done', '221 Bye'),
    state: 'delivered',
    reply: { code: 250, text: 'Done' },
  },
  '4yz to MAIL defers': refused(HELLO, '451 4.3.0 Later please', 'deferred'),
  '5yz to MAIL bounces': refused(HELLO, '550 5.7.1 Not from you', 'bounced'),
  '4yz to DATA defers': refused(TAKEN, '451 4.3.0 No room now', 'deferred'),
  '5yz to DATA bounces': refused(TAKEN, '554 5.7.1 Not from there', 'bounced'),
  '4yz to the content defers': refused([...TAKEN, '354 Go on'], '452 4.3.1 Disk is full', 'deferred'),
  '5yz to the content bounces': refused([...TAKEN, '354 Go on'], '554 5.6.0 Do not like it', 'bounced'),
  'garbage for a reply to MAIL defers': broken('4.5.0', ...HELLO, 'certainly, sir'),
  'a 250 to DATA is no acceptance': broken('4.5.0', ...TAKEN, '250 2.0.0 Ok'),
  'a 354 to the content is no acceptance': {
    ...broken('4.5.0', ...TAKEN, '354 Go on', '354 More'),
    maybeDelivered: true,
  },
  'a reply to the content with two codes is no acceptance': {
    ...broken('4.5.0', ...TAKEN, '354 Go on', '250-Queued\r\n550 5.0.0 or not'),
    maybeDelivered: true,
  },
  'a 250 said before the content is no acceptance': {
    ...broken('4.5.0', ...TAKEN, '354 Go on\r\n250 2.0.0 Queued'),
    maybeDelivered: true,
  },
  'a reply that nothing was asked for is no acceptance': broken('4.5.0', ...HELLO, '250 Ok', '250 Ok\r\n250 Ok'),
  'a host that closes after RCPT defers': closing(...TAKEN),
  'a host that closes inside the reply to MAIL defers': {
    ...closing(...HELLO),
    script: async (client, connection) => {
      await inTurn(...HELLO)(client, connection);
      await client.line();
      client.raw('250 Ok');
      client.close();
    },
  },
  'a connection lost behind the final dot defers as maybe delivered': {
    ...closing(...TAKEN, '354 Go on'),
    maybeDelivered: true,
  },
  'the next mail host is tried when the first closes on connect': { ...closing(), ...spare() },
  'the next mail host is tried when the first does not speak SMTP': { ...broken('', 'HTTP/1.1 400'), ...spare() },
  'the next mail host is tried when the first says 421': { ...broken('', '421 4.3.2 Closing'), ...spare() },
  'the next mail host is tried when the first says 554': { ...broken('', '554 5.7.1 Blocked'), ...spare() },
  'the next mail host is tried when the first refuses EHLO and HELO': {
    ...broken('', '220 mx', '550 5.7.1 No', '550 5.7.1 No'),
    ...spare(),
  },
  'the next mail host is tried when the first closes at MAIL': { ...closing(...HELLO), ...spare() },
};

function spare() {
  return { state: 'delivered', reply: { code: 250 }, spare: true } as const;
}

let world: Scenario;
const hosts: ScriptedHost[] = [];
const fates = new Map<string, Fate>();

beforeAll(async () => {
  world = await scenario();
  const ids = new Map<string, string>();
  await Promise.all(
    Object.entries(CASES).map(async ([name, { script, spare: second }], index) => {
      const domain = `case${index}.example`;
      hosts.push(await scriptedHost({ address: `127.0.2.${index + 1}`, port: world.internet.host.port, script }));
      world.internet.zone.add(`
        ${domain}.    300 IN MX 10 mx.${domain}.
        mx.${domain}. 300 IN A  127.0.2.${index + 1}
        ${second ? `${domain}. 300 IN MX 20 mx.receiver.example.` : ''}`);
      ids.set(name, messageId((await submit(world, undefined, { to: `someone@${domain}` })).reply));
    }),
  );
  await Promise.all(
    [...ids].map(async ([name, id]) =>
      fates.set(name, await fateBy(world, id, ({ state }) => state !== 'queued' && state !== 'sending')),
    ),
  );
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  for (const host of hosts) await host.close();
});

describe('a remote host', () => {
  test.each(Object.entries(CASES))('%s', (name, { state, reply, maybeDelivered = false }) => {
    const fate = fates.get(name);
    const { text, ...codes } = reply;
    expect(fate).toMatchObject({
      state,
      maybeDelivered,
      ...codes,
      ...(text ? { text: expect.stringContaining(text) } : {}),
    });
  });
});
