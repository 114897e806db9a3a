import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from './base64.ts';
import type { ServerStep } from './mechanism.ts';
import { SERVER_MECHANISMS, TOKEN_MECHANISMS } from './mechanisms.ts';

const CHANNEL = { binding: () => undefined, clientCertificate: 'none' } as const;

function serverMechanism(name: string) {
  return [...SERVER_MECHANISMS, ...TOKEN_MECHANISMS].find((each) => each.name === name.toUpperCase());
}

function start(mechanism: string, initialResponse?: string | Buffer): ServerStep {
  const found = serverMechanism(mechanism);
  if (!found) throw new Error(`no ${mechanism}`);
  return found.start(initialResponse === undefined ? undefined : Buffer.from(initialResponse), CHANNEL);
}

function answer(step: ServerStep, response: string | Buffer): ServerStep {
  if (step.kind !== 'challenge') throw new Error(`no challenge but ${step.kind}`);
  return step.next(Buffer.from(response));
}

describe('PLAIN', () => {
  it('takes name and secret at once or after an empty challenge', () => {
    const credentials = { mechanism: 'PLAIN', name: 'app1', secret: 's3' };
    expect(start('plain', '\0app1\0s3')).toEqual({ kind: 'credentials', credentials });
    const challenge = start('PLAIN');
    expect(challenge).toMatchObject({ challenge: Buffer.alloc(0) });
    expect(answer(challenge, '\0app1\0s3')).toEqual({ kind: 'credentials', credentials });
  });

  it('takes an authorization identity that is the own name, and refuses another with 535 5.7.8', () => {
    expect(start('PLAIN', 'app1\0app1\0s3').kind).toBe('credentials');
    expect(start('PLAIN', 'admin\0app1\0s3')).toMatchObject({ reply: { code: 535, enhanced: '5.7.8' } });
    expect(start('PLAIN', 'APP1\0app1\0s3')).toMatchObject({ reply: { code: 535 } });
  });

  it.each([
    ['nothing', ''],
    ['no NUL', 'app1'],
    ['one NUL', 'app1\0s3'],
    ['no name', '\0\0s3'],
    ['no secret', '\0app1\0'],
    ['a NUL in the secret', '\0app1\0s\x003'],
    ['a NUL behind the secret', '\0app1\0s3\0'],
    ['octets that are no UTF-8', Buffer.from([0, 0x61, 0xff, 0, 0x62])],
    ['more than 1 KiB', `\0app1\0${'s'.repeat(1024)}`],
    ['1 MiB', `\0app1\0${'s'.repeat(1 << 20)}`],
  ])('%s is malformed: 501', (_, response) => {
    expect(start('PLAIN', response)).toMatchObject({ kind: 'refused', reply: { code: 501 } });
  });
});

describe('LOGIN', () => {
  it('asks for name and password, or takes the name at once', () => {
    const asked = start('LOGIN');
    expect(asked).toMatchObject({ challenge: Buffer.from('Username:') });
    const again = answer(asked, 'app1');
    expect(again).toMatchObject({ challenge: Buffer.from('Password:') });
    const credentials = { mechanism: 'LOGIN', name: 'app1', secret: 's3' };
    expect(answer(again, 's3')).toEqual({ kind: 'credentials', credentials });
    expect(answer(start('LOGIN', 'app1'), 's3')).toEqual({ kind: 'credentials', credentials });
  });

  it.each([
    ['', 's3'],
    ['app1', ''],
    ['a\0b', 's3'],
    ['app1', 's'.repeat(1025)],
  ])('name %j with secret %.10j is malformed: 501', (name, secret) => {
    expect(answer(answer(start('LOGIN'), name), secret)).toMatchObject({ reply: { code: 501 } });
  });
});

it.each(['CRAM-MD5', 'DIGEST-MD5', 'NTLM', 'GSSAPI', 'SCRAM-SHA-1', '', 'constructor'])(
  '%j is no mechanism of ours',
  (name) => {
    expect(serverMechanism(name)).toBeUndefined();
  },
);

describe('decodeBase64', () => {
  it('decodes what is encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
        expect(decodeBase64(Buffer.from(octets).toString('base64'))).toEqual(Buffer.from(octets));
      }),
    );
  });

  it.each(['a', 'ab', 'abc', 'ab=', 'a===', '====', 'ab==cd==', 'ab\r\n', ' abcd', 'ab-_', 'aé==', 'ab+/=', 'ab=='])(
    'refuses %j',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );
});
