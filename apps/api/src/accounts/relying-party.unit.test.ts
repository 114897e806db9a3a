import { expect, test } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

test.each([
  ['https://postern.example.org', 'postern.example.org'],
  ['https://postern.example.org:8443', 'postern.example.org'],
  ['http://localhost:3000', 'localhost'],
])('passkeys are made for the name of %s, and signed at that very origin', (origin, id) => {
  expect(relyingPartyOf(origin)).toEqual({ id, origin });
});

test.each([undefined, 'http://127.0.0.1:3000', 'https://192.0.2.7', 'https://[2001:db8::7]', 'http://[::1]:3000'])(
  'without a name there is nobody to make passkeys for: %s',
  (consoleUrl) => expect(relyingPartyOf(consoleUrl)).toBeUndefined(),
);
