import { describe, expect, it } from 'vitest';
import { AUTH, TLS, open } from './testing/open.ts';

describe('AUTH', () => {
  const encrypted = ['220 mx', '250-mx|250 STARTTLS', '220 go', TLS] as const;
  const b64 = (text: string) => Buffer.from(text).toString('base64');

  it('PLAIN goes with its initial response', () => {
    const { step, sent } = open({ auth: AUTH }, ...encrypted, '250-mx|250 AUTH LOGIN PLAIN', '235 2.7.0 yes');
    expect(sent.at(-1)).toBe(`AUTH PLAIN ${b64('\0me\0pass')}`);
    expect(step.kind).toBe('ready');
  });

  it('LOGIN answers name, then password', () => {
    const { step, sent } = open(
      { auth: AUTH },
      ...encrypted,
      '250-mx|250 AUTH=LOGIN',
      '334 VXNlcm5hbWU6',
      '334 UGFzc3dvcmQ6',
      '235 yes',
    );
    expect(sent.slice(-3)).toEqual(['AUTH LOGIN', b64('me'), b64('pass')]);
    expect(step.kind).toBe('ready');
  });

  it('a secret line is marked, so that nobody logs it', () => {
    const { step } = open({ auth: AUTH }, ...encrypted, '250-mx|250 AUTH PLAIN');
    expect(step).toMatchObject({ kind: 'send', secret: true });
  });

  it('a PLAIN response too long for a command waits for the empty challenge (RFC 4954 4)', () => {
    const secret = 'x'.repeat(600);
    const { step, sent } = open(
      { auth: { name: 'me', secret } },
      ...encrypted,
      '250-mx|250 AUTH PLAIN',
      '334 ',
      '235 yes',
    );
    expect(sent.slice(-2)).toEqual(['AUTH PLAIN', b64(`\0me\0${secret}`)]);
    expect(step.kind).toBe('ready');
  });

  it.each<[string, string[], string]>([
    ['refused', ['250-mx|250 AUTH PLAIN', '535 5.7.8 no'], 'auth'],
    ['refused for now', ['250-mx|250 AUTH PLAIN', '454 4.7.0 later'], 'auth'],
    ['not offered', ['250 mx'], 'auth'],
    ['offered with unknown mechanisms only', ['250-mx|250 AUTH GSSAPI'], 'auth'],
    ['successful before its end', ['250-mx|250 AUTH LOGIN', '235 yes'], 'auth'],
    ['with a challenge too many', ['250-mx|250 AUTH PLAIN', '334 more', '501 cancelled'], 'auth'],
    ['answered with 421', ['250-mx|250 AUTH PLAIN', '421 bye'], 'refused'],
  ])('%s ends the session', (_, lines, kind) => {
    const { step } = open({ auth: AUTH }, ...encrypted, ...lines);
    expect(step).toMatchObject({ kind: 'refused', fault: { stage: 'auth', kind } });
  });

  it('never gives a password to a channel in clear', () => {
    const { step, sent } = open({ auth: AUTH }, '220 mx', '250-mx|250 AUTH PLAIN LOGIN');
    expect(step).toMatchObject({ kind: 'refused', fault: { stage: 'auth', kind: 'auth' } });
    expect(sent).toEqual(['EHLO us.example.org']);
  });

  it('uses no mechanism that was not allowed', () => {
    const { sent } = open({ auth: { ...AUTH, mechanisms: ['LOGIN'] } }, ...encrypted, '250-mx|250 AUTH PLAIN LOGIN');
    expect(sent.at(-1)).toBe('AUTH LOGIN');
  });
});
