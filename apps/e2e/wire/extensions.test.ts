import { inTurn, mailHost, type MailHostOptions, scriptedHost, selfSigned } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateOf, type Scenario, scenario } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** The domain whose mail host has an address of its own. */
function servedAt(address: string): string {
  const domain = `h${address.replaceAll('.', '-')}.example`;
  world.internet.zone.add(`${domain}. 300 IN MX 10 mx.${domain}.\nmx.${domain}. 300 IN A ${address}`);
  return domain;
}

async function host(address: string, options: MailHostOptions) {
  return { host: await mailHost({ address, port: world.internet.host.port, ...options }), domain: servedAt(address) };
}

const EIGHT_BIT = Buffer.from('From: app@lab.example\r\nSubject: x\r\n\r\nJ\xfcrgen \xff\r\n', 'latin1');

test('a mail host whose certificate proves nothing gets the mail encrypted, and the attempt says that it was not verified', async () => {
  const { key, certificate: cert } = await selfSigned(['elsewhere.example']);
  const { host: secure, domain } = await host('127.0.3.1', { tls: { key, cert } });
  await using _ = secure;
  const fate = await fateOf(world, `a@${domain}`);
  expect(fate.state).toBe('delivered');
  expect(fate).toMatchObject({ tlsProtocol: 'TLSv1.3', tlsVerified: false, tlsFailure: expect.any(String) });
  expect(secure.messages[0]?.session.tls).toBeDefined();
});

test('a mail host whose STARTTLS fails gets the mail in clear, and the attempt says why', async () => {
  const offer = ['220 mx', '250-mx\r\n250 STARTTLS'];
  const domain = servedAt('127.0.3.2');
  await using _ = await scriptedHost({
    address: '127.0.3.2',
    port: world.internet.host.port,
    script: async (client, connection) => {
      if (connection > 1)
        return inTurn(...offer, '250 Ok', '250 Ok', '354 Go on', '250 2.0.0 In clear', '221 Bye')(client, connection);
      await inTurn(...offer, '220 Go on')(client, connection);
      await client.octets();
      client.raw('this is no TLS\r\n');
      client.close();
    },
  });
  const fate = await fateOf(world, `a@${domain}`);
  expect(fate.state).toBe('delivered');
  expect(fate.text).toContain('In clear');
  expect(fate).toMatchObject({ tlsProtocol: 'none', tlsVerified: false, tlsFailure: expect.stringContaining(':') });
});

test('a message that is larger than a mail host takes bounces as 5.3.4 without being sent there', async () => {
  const { host: small, domain } = await host('127.0.3.3', { extensions: ['PIPELINING', 'SIZE 100'] });
  await using _ = small;
  const fate = await fateOf(world, `a@${domain}`);
  expect(fate.state).toBe('bounced');
  expect(fate.enhanced).toBe('5.3.4');
  expect(small.count).toBe(0);
});

test('a mail host without 8BITMIME and PIPELINING gets 8-bit content octet for octet', async () => {
  const { host: old, domain } = await host('127.0.3.4', { extensions: [] });
  await using _ = old;
  expect((await fateOf(world, `a@${domain}`, EIGHT_BIT)).state).toBe('delivered');
  expect(old.messages[0]?.mailParameters).toEqual([]);
  const content = old.messages[0]?.content ?? Buffer.alloc(0);
  expect(content.subarray(-12).equals(EIGHT_BIT.subarray(-12))).toBe(true);
  expect(old.misbehaviour).toEqual([]);
});
