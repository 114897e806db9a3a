import { mailHost, scriptedHost } from '@postern/lab';
import { describe, expect, it } from 'vitest';
import { dialled, mail } from './testing/dialled.ts';
import { at, dialer, ENCRYPTED, good, OPPORTUNISTIC, tls, VERIFIED } from './testing/tls-lab.ts';

describe('a TLS handshake that fails', () => {
  const HELLO = ['220 mx', '250-mx\r\n250 STARTTLS'];
  const failures: [string, (client: Parameters<Parameters<typeof scriptedHost>[0]['script']>[0]) => void][] = [
    ['the host closes', (client) => client.close()],
    ['the host resets', (client) => client.reset()],
    ['the host talks nonsense', (client) => client.say('what is this?')],
    ['the host sends an alert', (client) => client.raw('\x15\x03\x03\x00\x02\x02\x28')],
    ['the host says nothing', () => undefined],
  ];
  const script =
    (fail: (typeof failures)[number][1]) =>
    async (client: Parameters<(typeof failures)[number][1]>[0], connection: number): Promise<void> => {
      for (const reply of HELLO) {
        client.say(reply);
        await client.line();
      }
      if (connection > 1) return client.say('221 bye');
      client.say('220 go');
      await client.octets();
      fail(client);
    };

  it.each(failures)(
    'because %s: opportunistic mail goes in clear on a new connection, and the failure is told',
    async (_, fail) => {
      await using host = await scriptedHost({ script: script(fail) });
      const end = await dialer().dial(at(host, OPPORTUNISTIC));
      expect(end).toMatchObject({
        kind: 'connected',
        connection: { facts: { tlsFailure: { resultType: 'validation-failure' } } },
      });
      expect(host.connections).toBe(2);
      expect(host.heard.filter((line) => line === 'STARTTLS').length).toBe(1);
    },
  );

  it.each(failures)('because %s: mail that must be encrypted does not go', async (_, fail) => {
    await using host = await scriptedHost({ script: script(fail) });
    expect(await dialer().dial(at(host, ENCRYPTED))).toMatchObject({
      kind: 'refused',
      refusal: { fault: { stage: 'starttls', kind: 'tls' }, tlsFailure: { resultType: 'validation-failure' } },
    });
    expect(host.connections).toBe(1);
  });

  it('as late as behind it, since the host wants a certificate of ours: opportunistic mail goes in clear', async () => {
    await using host = await mailHost({
      tls: { ...tls(good), requestCert: true, rejectUnauthorized: true },
    });
    const connection = await dialled(host);
    expect(connection.facts).toMatchObject({ tlsFailure: { resultType: 'validation-failure' } });
    expect((await connection.transact(mail())).recipients).toMatchObject([{ kind: 'accepted' }]);
    await connection.close();
  });
});

describe('a demand of cipher suites', () => {
  const suites = { TLS12: 'ECDHE-ECDSA-AES256-GCM-SHA384', TLS13: 'TLS_AES_256_GCM_SHA384' };
  const hostWith = (ciphers: string, version: 'TLSv1.2' | 'TLSv1.3') =>
    mailHost({ tls: { ...tls(good), ciphers, minVersion: version, maxVersion: version } });

  it.each([
    ['TLSv1.2', suites.TLS12, [suites.TLS12, suites.TLS13]],
    ['TLSv1.3', suites.TLS13, [suites.TLS12, suites.TLS13]],
    ['TLSv1.3', suites.TLS13, [suites.TLS13]],
  ] as const)('is met by a host of %s that has %s', async (version, cipher, ciphers) => {
    await using host = await hostWith(cipher, version);
    const end = await dialer().dial(at(host, { ...VERIFIED, ciphers }));
    expect(end).toMatchObject({ kind: 'connected', connection: { facts: { tls: { protocol: version, cipher } } } });
  });

  it.each([
    ['TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256', [suites.TLS12, suites.TLS13]],
    ['TLSv1.2', suites.TLS12, [suites.TLS13]],
    ['TLSv1.3', 'TLS_AES_128_GCM_SHA256', [suites.TLS12, suites.TLS13]],
  ] as const)(
    'is not met by a host of %s that has only %s, and nothing goes in clear',
    async (version, has, ciphers) => {
      await using host = await hostWith(has, version);
      for (const demand of [ENCRYPTED, VERIFIED])
        expect(await dialer().dial(at(host, { ...demand, ciphers }))).toMatchObject({
          kind: 'refused',
          refusal: { tlsFailure: { resultType: 'validation-failure' } },
        });
      expect(host.count).toBe(0);
    },
  );
});
