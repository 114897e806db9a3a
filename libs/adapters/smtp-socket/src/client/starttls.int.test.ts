import { generateKeyPairSync } from 'node:crypto';
import { certificateAuthority, mailHost, scriptedHost, selfSigned, type Leaf } from '@postern/lab';
import { describe, expect, it } from 'vitest';
import { dialled, mail } from './testing/dialled.ts';
import { at, authority, dialer, ENCRYPTED, good, NAME, OPPORTUNISTIC, tls, VERIFIED } from './testing/tls-lab.ts';

const PAST = { notBefore: new Date(Date.now() - 9 * 86_400_000), notAfter: new Date(Date.now() - 86_400_000) };

describe('STARTTLS', () => {
  it('to a host with a good certificate is verified, with all its facts', async () => {
    await using host = await mailHost({ tls: tls(good), extensions: ['PIPELINING'] });
    const end = await dialer().dial(at(host, VERIFIED));
    expect(end).toMatchObject({
      kind: 'connected',
      connection: {
        facts: {
          tls: {
            protocol: 'TLSv1.3',
            cipher: expect.stringMatching(/^TLS_/),
            resumed: false,
            chain: { trusted: true },
            hostProof: { proved: true },
            certificate: {
              names: [NAME],
              subject: `CN=${NAME}`,
              fingerprintSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            },
          },
        },
      },
    });
    if (end.kind !== 'connected') return;
    expect(end.connection.facts.tlsFailure).toBeUndefined();
    expect((await end.connection.transact(mail())).recipients).toMatchObject([{ kind: 'accepted' }]);
    await end.connection.close();
    expect(host.messages[0]?.session.tls).toMatchObject({ serverName: NAME });
    expect(host.misbehaviour).toEqual([]);
  });

  const bad: [string, () => Promise<Leaf>, string][] = [
    ['signed by itself', () => selfSigned([NAME]), 'certificate-not-trusted'],
    [
      'of an unknown authority',
      async () => (await certificateAuthority('Other')).issue([NAME]),
      'certificate-not-trusted',
    ],
    ['of another name', () => authority.issue(['other.example.com', '*.example.org']), 'certificate-host-mismatch'],
    ['that has ended', () => authority.issue([NAME], PAST), 'certificate-expired'],
  ];

  it.each(bad)(
    'a certificate %s does for opportunistic and encrypted, and its failure is told',
    async (_, leaf, resultType) => {
      await using host = await mailHost({ tls: tls(await leaf()) });
      for (const demand of [OPPORTUNISTIC, ENCRYPTED]) {
        const end = await dialer().dial(at(host, demand));
        expect(end).toMatchObject({
          kind: 'connected',
          connection: { facts: { tls: { hostProof: { proved: false } }, tlsFailure: { resultType } } },
        });
        if (end.kind === 'connected') await end.connection.close();
      }
    },
  );

  it.each(bad)(
    'a certificate %s is refused where it must be verified, before any mail',
    async (_, leaf, resultType) => {
      await using host = await mailHost({ tls: tls(await leaf()) });
      const end = await dialer().dial(at(host, VERIFIED));
      expect(end).toMatchObject({
        kind: 'refused',
        refusal: {
          fault: { stage: 'starttls', kind: 'tls', enhanced: '4.7.5' },
          tlsFailure: { resultType },
          tls: { protocol: 'TLSv1.3' },
        },
      });
      expect(host.count).toBe(0);
    },
  );

  it('is not offered: in clear for opportunistic, refused for the others', async () => {
    await using host = await mailHost();
    const connection = await dialled(host);
    expect(connection.facts).toMatchObject({ tlsFailure: { resultType: 'starttls-not-supported' } });
    expect(connection.facts.tls).toBeUndefined();
    await connection.close();
    for (const demand of [ENCRYPTED, VERIFIED]) {
      expect(await dialer().dial(at(host, demand))).toMatchObject({
        kind: 'refused',
        refusal: { fault: { kind: 'tls' }, tlsFailure: { resultType: 'starttls-not-supported' } },
      });
    }
  });

  it('a 1024-bit key does for opportunistic', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const weak = await selfSigned([NAME], { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() });
    await using host = await mailHost({ tls: { ...tls(weak), ciphers: 'DEFAULT:@SECLEVEL=0' } });
    const connection = await dialled(host);
    expect(connection.facts.tls).toMatchObject({ hostProof: { proved: false } });
    await connection.close();
  });
});

describe('words in clear behind the reply to STARTTLS', () => {
  it.each([
    ['whole', '220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n'],
    ['in part', '220 go\r\n250-mx\r\n250 AU'],
    ['a line', '220 go\r\n250-mx\r\n'],
  ])('%s end the session, whatever the demand', async (_, injected) => {
    for (const demand of [OPPORTUNISTIC, VERIFIED]) {
      await using host = await scriptedHost({
        script: async (client) => {
          client.say('220 mx');
          await client.line();
          client.say('250-mx\r\n250 STARTTLS');
          await client.line();
          client.raw(injected);
          await client.startTls(tls(good));
        },
      });
      expect(await dialer().dial(at(host, demand))).toMatchObject({
        kind: 'refused',
        refusal: { fault: { stage: 'starttls', kind: 'protocol' } },
      });
      expect(host.connections).toBe(1);
    }
  });
});
