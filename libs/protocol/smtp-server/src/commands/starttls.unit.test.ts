import { describe, expect, it } from 'vitest';
import { Dialogue, TLS } from '../testing/dialogue.ts';

const code = (lines: readonly string[]): string => lines.map((line) => line.slice(0, 9)).join('|');

describe('STARTTLS', () => {
  it('forgets everything said before it, and is not offered twice', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say('STARTTLS'))).toBe('220 2.0.0');
    expect(dialogue.startingTls).toBe(true);
    dialogue.conversation.happen({ kind: 'tls-established', tls: TLS });
    expect(dialogue.conversation.session.client).toMatchObject({ name: undefined, esmtp: false, tls: TLS });
    expect(code(await dialogue.say('MAIL FROM:<>'))).toBe('503 5.5.1');
    expect((await dialogue.say('EHLO c.example')).join()).not.toContain('STARTTLS');
    expect(code(await dialogue.say('STARTTLS'))).toBe('503 5.5.1');
  });

  it('STARTTLS and MAIL in one segment: closed before TLS, the command never runs', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say('STARTTLS', 'MAIL FROM:<evil@b.example>'))).toBe('554 5.5.1');
    expect([dialogue.startingTls, dialogue.closed]).toEqual([false, true]);
  });

  it.each([
    ['without a certificate', { certificate: 'absent' } as const, [], '502 5.5.1'],
    ['within a transaction', {}, ['MAIL FROM:<>'], '503 5.5.1'],
    ['after HELO', {}, ['HELO c'], '503 5.5.1'],
  ])('%s it is refused', async (_, options, before, refusal) => {
    const dialogue = await Dialogue.greeted(options);
    for (const line of before) await dialogue.say(line);
    expect(code(await dialogue.say('STARTTLS'))).toBe(refusal);
  });
});
