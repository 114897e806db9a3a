import { reply } from '@postern/smtp';
import { describe, expect, it } from 'vitest';
import { refused } from '../policy.ts';
import { Dialogue, settled, type DialogueOptions } from '../testing/dialogue.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const RIGHT = base64('\0app1\0secret');
const WRONG = base64('\0app1\0wrong');

async function submission(options: DialogueOptions = {}): Promise<Dialogue> {
  const dialogue = new Dialogue({ listener: 'submission', tls: 'active', ...options });
  await settled();
  await dialogue.say('EHLO c.example');
  return dialogue;
}

async function heard(dialogue: Dialogue, ...lines: string[]): Promise<string> {
  return (await dialogue.say(...lines)).map((line) => line.slice(0, 9)).join('|');
}

describe('AUTH', () => {
  it('PLAIN with an initial response', async () => {
    const dialogue = await submission();
    expect(await heard(dialogue, `AUTH PLAIN ${RIGHT}`)).toBe('235 2.7.0');
    expect(dialogue.conversation.session.principal).toEqual({ name: 'app1' });
    expect(await heard(dialogue, 'MAIL FROM:<>')).toBe('250 2.1.0');
  });

  it('PLAIN and LOGIN with challenges, in any case', async () => {
    const plain = await submission();
    expect(await plain.say('auth plain')).toEqual(['334 ']);
    expect(await heard(plain, RIGHT)).toBe('235 2.7.0');
    const login = await submission();
    expect(await login.say('AUTH LOGIN')).toEqual(['334 VXNlcm5hbWU6']);
    expect(await login.say(base64('app1'))).toEqual(['334 UGFzc3dvcmQ6']);
    expect(await heard(login, base64('secret'))).toBe('235 2.7.0');
  });

  it('before TLS is refused, and MAIL asks for STARTTLS', async () => {
    const dialogue = await submission({ tls: 'absent' });
    expect(await heard(dialogue, `AUTH PLAIN ${RIGHT}`)).toBe('538 5.7.1');
    expect(await heard(dialogue, 'MAIL FROM:<>')).toBe('530 5.7.0');
    expect(await dialogue.say('MAIL FROM:<>')).toEqual(['530 5.7.0 Must issue a STARTTLS command first']);
  });

  it('is needed before MAIL', async () => {
    const dialogue = await submission();
    expect(await dialogue.say('MAIL FROM:<>')).toEqual(['530 5.7.0 Authentication required']);
  });

  it.each([
    ['AUTH', '501 5.5.4'],
    ['AUTH FOO', '504 5.5.4'],
    ['AUTH CRAM-MD5', '504 5.5.4'],
    ['AUTH NTLM', '504 5.5.4'],
    ['AUTH XOAUTH2 dXNlcj0=', '504 5.5.4'],
    ['AUTH PLAIN =', '501 5.5.2'],
    ['AUTH PLAIN ====', '501 5.5.2'],
    ['AUTH PLAIN !', '501 5.5.2'],
    [`AUTH PLAIN ${RIGHT} x`, '501 5.5.4'],
    [`AUTH PLAIN ${base64('admin\0app1\0secret')}`, '535 5.7.8'],
    [`AUTH PLAIN ${WRONG}`, '535 5.7.8'],
  ])('%s: %s', async (line, refusal) => {
    expect(await heard(await submission(), line)).toBe(refusal);
  });

  it("'*' cancels, and the session goes on", async () => {
    const dialogue = await submission();
    await dialogue.say('AUTH LOGIN');
    expect(await heard(dialogue, '*')).toBe('501 5.7.0');
    expect(await heard(dialogue, `AUTH PLAIN ${RIGHT}`)).toBe('235 2.7.0');
  });

  it('an answer that is no base64 ends the exchange: what follows is a command', async () => {
    const dialogue = await submission();
    await dialogue.say('AUTH LOGIN');
    expect(await heard(dialogue, 'MAIL FROM:<>', 'NOOP')).toBe('501 5.5.2|250 2.0.0');
  });

  it('an initial response may have 12288 octets, an answer too, and no more', async () => {
    const dialogue = await submission();
    expect(await heard(dialogue, `AUTH PLAIN ${'A'.repeat(8000)}`)).toBe('501 5.5.2');
    await dialogue.say('AUTH PLAIN');
    expect(await heard(dialogue, 'A'.repeat(20_000), 'NOOP')).toBe('500 5.5.6|250 2.0.0');
  });

  it('twice, or within a transaction, is out of order', async () => {
    const dialogue = await submission();
    await dialogue.say(`AUTH PLAIN ${RIGHT}`);
    expect(await heard(dialogue, `AUTH PLAIN ${RIGHT}`)).toBe('503 5.5.1');
    const relay = await Dialogue.greeted();
    expect(await heard(relay, `AUTH PLAIN ${RIGHT}`)).toBe('502 5.5.1');
  });

  it('guessing ends the session', async () => {
    const dialogue = await submission({ limits: { maxAuthFailures: 3 } });
    await dialogue.say(`AUTH PLAIN ${WRONG}`, `AUTH PLAIN ${WRONG}`);
    expect(await heard(dialogue, `AUTH PLAIN ${WRONG}`, `AUTH PLAIN ${RIGHT}`)).toBe('535 5.7.8|421 4.7.0');
    expect(dialogue.closed).toBe(true);
  });

  it('a store that is away is 454, counts for nothing, and is no success', async () => {
    const dialogue = await submission({
      limits: { maxAuthFailures: 1 },
      policy: { authenticate: () => Promise.reject(new Error('away')) },
    });
    expect(await heard(dialogue, `AUTH PLAIN ${RIGHT}`, 'MAIL FROM:<>')).toBe('454 4.7.0|530 5.7.0');
    expect(dialogue.faults).toHaveLength(1);
  });

  it('the policy may say 454 itself', async () => {
    const dialogue = await submission({ policy: { authenticate: () => refused(reply(454, '4.7.0', 'later')) } });
    expect(await heard(dialogue, `AUTH PLAIN ${RIGHT}`)).toBe('454 4.7.0');
  });
});
