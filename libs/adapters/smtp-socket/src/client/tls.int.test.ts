import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import {
  certificateAuthority,
  mailHost,
  scriptedHost,
  selfSigned,
  waitFor,
  type CertificateAuthority,
  type Leaf,
} from '@postern/lab';
import type { ChannelDemand } from '@postern/tls-policy';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDialer } from './dialer.ts';
import { dialled, mail } from './testing/dialled.ts';

const NAME = 'mx.example.com';
const OPPORTUNISTIC: ChannelDemand = { kind: 'opportunistic' };
const ENCRYPTED: ChannelDemand = { kind: 'encrypted', because: 'route' };
const VERIFIED: ChannelDemand = { kind: 'verified', names: [NAME], because: 'route' };
const PAST = { notBefore: new Date(Date.now() - 9 * 86_400_000), notAfter: new Date(Date.now() - 86_400_000) };

let authority: CertificateAuthority;
let good: Leaf;
beforeAll(async () => {
  authority = await certificateAuthority();
  good = await authority.issue([NAME]);
});

const tls = ({ key, chain }: Leaf) => ({ key, cert: chain });
const dialer = () =>
  createDialer({ localName: 'us.example.org', ca: [authority.certificate], timeouts: { tlsMs: 500 } });
const at = (host: { address: string; port: number }, demand: ChannelDemand) => ({
  host: NAME,
  address: host.address,
  port: host.port,
  demand,
});

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

describe('implicit TLS', () => {
  it('comes before the greeting, and AUTH comes inside it', async () => {
    const heard: string[] = [];
    const server = createTlsServer(tls(good), (socket) => {
      socket.on('error', () => undefined);
      socket.write('220 mx\r\n');
      socket.on('data', (octets) => {
        heard.push(octets.toString().trim());
        socket.write(octets.toString().startsWith('EHLO') ? '250-mx\r\n250 AUTH PLAIN\r\n' : '235 2.7.0 yes\r\n');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const end = await dialer().dial({
      ...at({ address: '127.0.0.1', port }, VERIFIED),
      implicitTls: true,
      auth: { name: 'me', secret: 'pass' },
    });
    expect(end).toMatchObject({ kind: 'connected', connection: { facts: { stepsMs: { tls: expect.any(Number) } } } });
    expect(heard).toEqual(['EHLO us.example.org', `AUTH PLAIN ${Buffer.from('\0me\0pass').toString('base64')}`]);
    if (end.kind === 'connected') end.connection.destroy();
    server.close();
  });

  it('to a port that speaks in clear fails', async () => {
    await using host = await mailHost();
    expect(await dialer().dial({ ...at(host, OPPORTUNISTIC), implicitTls: true })).toMatchObject({
      kind: 'refused',
      refusal: { fault: { stage: 'connect', kind: 'tls' } },
    });
  });
});

describe('AUTH', () => {
  it.each(['PLAIN', 'LOGIN'])('%s tells a host of ours who we are', async (mechanism) => {
    await using host = await mailHost({ tls: tls(good), accounts: { me: 'pass' } });
    const auth = { name: 'me', secret: 'pass', mechanisms: [mechanism] };
    const end = await dialer().dial({ ...at(host, VERIFIED), auth });
    if (end.kind !== 'connected') throw new Error(JSON.stringify(end));
    await end.connection.transact(mail());
    await end.connection.close();
    expect(host.messages[0]?.session.authenticatedAs).toBe('me');
  });

  it('with a wrong password is refused, and the password is in no record', async () => {
    await using host = await mailHost({ tls: tls(good), accounts: { me: 'pass' } });
    const end = await dialer().dial({ ...at(host, VERIFIED), auth: { name: 'me', secret: 'guess' } });
    expect(end).toMatchObject({
      kind: 'refused',
      refusal: { fault: { stage: 'auth', kind: 'auth' }, reply: { code: 535, enhanced: '5.7.8' } },
    });
    expect(JSON.stringify(end)).not.toMatch(/guess|Z3Vlc3/);
  });
});

describe('a TLS session', () => {
  it.each(['TLSv1.3', 'TLSv1.2'] as const)(
    'of %s is resumed, proves what it proved, and only for the same demand',
    async (version) => {
      await using host = await mailHost({
        tls: { secureContext: createSecureContext({ ...tls(good), maxVersion: version, sessionIdContext: 'lab' }) },
      });
      const own = dialer();
      const facts = async (demand: ChannelDemand, address = host.address) => {
        const end = await own.dial({ ...at({ ...host, address, port: host.port }, demand) });
        if (end.kind !== 'connected') throw new Error(JSON.stringify(end));
        await end.connection.transact(mail());
        await end.connection.close();
        return end.connection.facts.tls;
      };
      expect(await facts(VERIFIED)).toMatchObject({ resumed: false });
      expect(await facts(VERIFIED)).toMatchObject({
        resumed: true,
        chain: { trusted: true },
        hostProof: { proved: true },
        certificate: { names: [NAME] },
      });
      expect(await facts(OPPORTUNISTIC)).toMatchObject({ resumed: false });
    },
  );

  it.each(['TLSv1.3', 'TLSv1.2'] as const)(
    'of %s that proved nothing is not resumed where it must be verified',
    async (version) => {
      const bad = await authority.issue(['other.example.com']);
      const secureContext = createSecureContext({ ...tls(bad), maxVersion: version, sessionIdContext: 'lab' });
      await using host = await mailHost({ tls: { secureContext } });
      const own = dialer();
      for (const _ of ['first', 'second']) {
        const end = await own.dial(at(host, VERIFIED));
        expect(end).toMatchObject({
          kind: 'refused',
          refusal: { tls: { resumed: false, certificate: { names: ['other.example.com'] } } },
        });
        await waitFor(() => host.connections.open === 0, { what: 'the connection to close' });
      }
    },
  );
});
