import { reply } from '@postern/smtp';
import { describe, expect, it } from 'vitest';
import { refused } from '../policy.ts';
import { Dialogue, settled } from '../testing/dialogue.ts';

const code = (lines: readonly string[]): string => lines.map((line) => line.slice(0, 9)).join('|');

describe('greeting and EHLO', () => {
  it('greets when the policy has nothing against the client', async () => {
    const dialogue = new Dialogue();
    await settled();
    expect(dialogue.lines()).toEqual(['220 gw.example ESMTP Postern']);
  });

  it('a client that is refused hears why instead of the greeting', async () => {
    const dialogue = new Dialogue({ policy: { connected: () => refused(reply(554, '5.7.1', 'not listed')) } });
    await settled();
    expect([dialogue.lines(), dialogue.closed]).toEqual([['554 5.7.1 not listed'], true]);
  });

  it('lists what it offers: STARTTLS in clear, AUTH under TLS where it is required', async () => {
    const clear = new Dialogue({ listener: 'submission' });
    await settled();
    expect(await clear.say('EHLO c.example')).toEqual([
      '250-gw.example',
      '250-PIPELINING',
      '250-SIZE 36700160',
      '250-8BITMIME',
      '250-ENHANCEDSTATUSCODES',
      '250-SMTPUTF8',
      '250-DSN',
      '250-LIMITS RCPTMAX=1000',
      '250-DELIVERBY',
      '250-MT-PRIORITY',
      expect.stringMatching(/^250-FUTURERELEASE 1209600 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      '250 STARTTLS',
    ]);
    const encrypted = new Dialogue({ listener: 'submission', tls: 'active' });
    await settled();
    expect((await encrypted.say('EHLO c.example')).at(-1)).toBe('250 AUTH SCRAM-SHA-256 PLAIN LOGIN');
    const relay = await Dialogue.greeted({ certificate: 'absent' });
    expect((await relay.say('EHLO c.example')).join()).not.toMatch(/STARTTLS|AUTH/);
  });

  it('HELO lists nothing', async () => {
    const dialogue = await Dialogue.greeted();
    expect(await dialogue.say('HELO c.example')).toEqual(['250 gw.example']);
  });

  it.each(['EHLO', 'EHLO ', 'EHLO a b', 'HELO', 'EHLO \xc3\xbc', `EHLO ${'a'.repeat(256)}`])(
    '%j is a syntax error',
    async (line) => {
      const dialogue = await Dialogue.greeted();
      expect(code(await dialogue.say(line))).toBe('501 5.5.4');
    },
  );

  it.each(['EHLO [192.0.2.1]', 'EHLO my_pc', 'EHLO localhost', 'EHLO [IPv6:::1]', 'ehlo a'])(
    '%j is taken',
    async (line) => {
      const dialogue = await Dialogue.greeted();
      expect((await dialogue.say(line))[0]).toBe('250-gw.example');
    },
  );

  it('EHLO ends the transaction that is open', async () => {
    const dialogue = await Dialogue.greeted();
    await dialogue.say('MAIL FROM:<a@b.example>', 'EHLO c.example');
    expect(code(await dialogue.say('RCPT TO:<c@d.example>'))).toBe('503 5.5.1');
  });
});
