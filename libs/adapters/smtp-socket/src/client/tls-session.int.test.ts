import { createSecureContext } from 'node:tls';
import { mailHost, waitFor } from '@postern/lab';
import { describe, expect, it } from 'vitest';
import { mail } from './testing/dialled.ts';
import { at, authority, dialer, good, NAME, OPPORTUNISTIC, tls, VERIFIED } from './testing/tls-lab.ts';
import type { ChannelDemand } from '@postern/tls-policy';

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
