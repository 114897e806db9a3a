import { expect, it } from 'vitest';
import { oauthBearer, xoauth2 } from './bearer.ts';
import type { ServerStep } from './mechanism.ts';

const CHANNEL = { binding: () => undefined, clientCertificate: 'none' } as const;
const bearer = (text: string): ServerStep => oauthBearer.start(Buffer.from(text), CHANNEL);
const xoauth = (text: string): ServerStep => xoauth2.start(Buffer.from(text), CHANNEL);

it('the client’s message of RFC 7628 §4.1 is read', () => {
  const said =
    'n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01';
  expect(bearer(said)).toMatchObject({
    credentials: {
      mechanism: 'OAUTHBEARER',
      name: 'user@example.com',
      token: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==',
    },
    withFailure: Buffer.from('{"status":"invalid_token"}'),
  });
});

it('XOAUTH2 as mail programs say it is read', () => {
  expect(xoauth('user=someone@example.com\x01auth=Bearer ya29.vF9dft4qmTc2\x01\x01')).toMatchObject({
    credentials: { mechanism: 'XOAUTH2', name: 'someone@example.com', token: 'ya29.vF9dft4qmTc2' },
  });
});

it('without a name the token alone says who it is', () => {
  expect(bearer('n,,\x01auth=Bearer abc\x01\x01')).toMatchObject({ credentials: { name: undefined, token: 'abc' } });
});

it.each([
  '',
  'n,,\x01\x01',
  'n,,\x01auth=Basic abc\x01\x01',
  'n,,\x01auth=Bearer \x01\x01',
  'n,,\x01auth=Bearer a b\x01\x01',
  'n,,\x01auth=Bearer abc\x01',
  'n,,\x01auth=Bearer abc\x01auth=Bearer def\x01\x01',
  'p=tls-unique,,\x01auth=Bearer abc\x01\x01',
  'n,a=us=2xer,\x01auth=Bearer abc\x01\x01',
  'n,a=a\0b,\x01auth=Bearer abc\x01\x01',
  `n,,\x01auth=Bearer ${'a'.repeat(9000)}\x01\x01`,
])('%.40j is malformed: 501', (text) => {
  expect(bearer(text)).toMatchObject({ kind: 'refused', reply: { code: 501 } });
});
