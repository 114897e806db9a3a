import { expect, test } from 'vitest';
import {
  authenticate,
  DEFAULT_SETTINGS,
  hashSecret,
  parseCredentialName,
  type CredentialWithSecrets,
} from './index.ts';

const key = Buffer.alloc(32, 1);
const now = new Date('2026-01-02T03:04:05Z');
const [past, future] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
const name = parseCredentialName('app1') ?? expect.unreachable();
const credential: CredentialWithSecrets = {
  ...DEFAULT_SETTINGS,
  id: '1',
  name,
  state: 'active',
  expiresAt: undefined,
  senderRules: [],
  networks: [],
  secrets: [{ id: '1', hash: hashSecret(key, 'right'), expiresAt: undefined }],
};

test.each([
  ['an active credential', {}],
  ['one that expires later', { expiresAt: future }],
  ['one that is used from one of its networks', { networks: ['10.0.0.0/8', '192.0.2.0/24'] }],
  [
    'one with a second secret',
    { secrets: [{ id: '1', hash: hashSecret(key, 'other'), expiresAt: undefined }, ...credential.secrets] },
  ],
])('the right secret authenticates %s', (_, change) => {
  expect(tried({ ...credential, ...change }, 'right')).toBe('authenticated');
});

test.each([
  ['no such credential', undefined],
  ['disabled', { state: 'disabled' }],
  ['revoked', { state: 'revoked' }],
  ['expired', { expiresAt: now }],
  ['network', { networks: ['192.0.2.2/32', 'nonsense'] }],
  ['wrong secret', { secrets: [{ id: '1', hash: hashSecret(key, 'right'), expiresAt: past }] }],
  ['wrong secret', { secrets: [] }],
] as const)('the right secret is refused: %s', (why, change) => {
  expect(tried(change && { ...credential, ...change }, 'right')).toBe(why);
});

test('a wrong secret is refused before anything else is looked at', () => {
  expect(tried({ ...credential, state: 'revoked', expiresAt: past }, 'wrong')).toBe('wrong secret');
});

test('a network of IPv4 holds the client that a dual-stack socket reports as IPv4-mapped', () => {
  const limited = { ...credential, networks: ['192.0.2.0/24'] };
  const outcome = authenticate(limited, { secret: 'right', address: '::ffff:192.0.2.1', now, key });
  expect(outcome.kind).toBe('authenticated');
});

function tried(subject: CredentialWithSecrets | undefined, secret: string): string {
  const outcome = authenticate(subject, { secret, address: '192.0.2.1', now, key });
  return outcome.kind === 'refused' ? outcome.why : outcome.kind;
}
