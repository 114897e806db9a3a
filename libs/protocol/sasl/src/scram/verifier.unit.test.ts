import { expect, test } from 'vitest';
import { formatScramVerifier, parseScramVerifier, SCRAM_ITERATIONS, scramVerifier } from './verifier.ts';
import { saslPrep } from './saslprep.ts';

const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
const verifier = scramVerifier('pencil', { salt, iterations: SCRAM_ITERATIONS }) ?? expect.unreachable();

test('the verifier of the password of RFC 7677 §3 is the one that other implementations store', () => {
  expect(formatScramVerifier(verifier)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('a verifier is read as it was written, and nothing else is', () => {
  const text = formatScramVerifier(verifier);
  expect(parseScramVerifier(text)).toEqual(verifier);
  for (const other of [
    '',
    'SCRAM-SHA-1$4096:AAAA$AAAA:AAAA',
    text.slice(0, -4),
    `${text}:AAAA`,
    text.replace('$', ':'),
  ])
    expect(parseScramVerifier(other)).toBeUndefined();
});

// RFC 4013 §3.
test.each([
  ['I\u00adX', 'IX'],
  ['user', 'user'],
  ['USER', 'USER'],
  ['\u00aa', 'a'],
  ['\u2168', 'IX'],
  ['a\u00a0b', 'a b'],
])('%j is prepared as %j', (given, prepared) => {
  expect(saslPrep(given)).toBe(prepared);
});

test.each(['\u0007', '\u0627\u0031', 'a\u0627', '\ue000', 'a\u202eb', 'x'.repeat(1025), 'ü'.repeat(600)])(
  '%j may be no password',
  (given) => {
    expect(saslPrep(given)).toBeUndefined();
  },
);
