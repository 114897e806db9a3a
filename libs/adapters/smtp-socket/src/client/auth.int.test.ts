import { mailHost } from '@postern/lab';
import { describe, expect, it } from 'vitest';
import { mail } from './testing/dialled.ts';
import { at, dialer, good, tls, VERIFIED } from './testing/tls-lab.ts';

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
