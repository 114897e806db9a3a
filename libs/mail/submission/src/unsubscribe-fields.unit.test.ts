import { type Credential, DEFAULT_SETTINGS, parseCredentialName } from '@postern/credentials';
import { expect, test } from 'vitest';
import type { Submitter } from './submitter.ts';
import { withUnsubscribe } from './unsubscribe-fields.ts';

const TEMPLATE = 'https://example.org/u?r={recipient}&t={token}';
const ONE = { text: 'a@example.com' };

function added(change: {
  readonly unsubscribe?: string | undefined;
  readonly header?: string;
  readonly recipients?: readonly { readonly text: string }[];
  readonly signed?: boolean;
}): readonly string[] {
  const { unsubscribe = TEMPLATE, header = 'From: x@example.org\r\n', recipients = [ONE], signed = true } = change;
  const trace = Buffer.from('Received: x\r\n');
  const message = { submitter: submitter(unsubscribe), header: { octets: Buffer.from(header) }, recipients, signed };
  const text = withUnsubscribe(trace, message, { unsubscribeKey: Buffer.alloc(32) }).toString();
  return [...text.matchAll(/^(List-[^:]+):/gm)].map(([, name]) => name ?? '');
}

test.for([
  ['both fields, when it is signed', {}, ['List-Unsubscribe', 'List-Unsubscribe-Post']],
  ['no one-click without a signature to cover it', { signed: false }, ['List-Unsubscribe']],
  ['no one-click by mail', { unsubscribe: 'mailto:u@example.org?subject={token}' }, ['List-Unsubscribe']],
  [
    'nothing, when it goes to two, who would unsubscribe one another',
    { recipients: [ONE, { text: 'b@example.com' }] },
    [],
  ],
  ['nothing, when it says itself', { header: 'list-unsubscribe: <mailto:x@example.org>\r\n' }, []],
  ['nothing, when it has a Post field of its own', { header: 'List-Unsubscribe-Post: x\r\n' }, []],
] as const)('a message of a credential with unsubscribe links has %s', ([, change, expected]) => {
  expect(added(change)).toEqual(expected);
});

test('a message of another credential has nothing added', () => {
  const trace = Buffer.from('Received: x\r\n');
  const message = { submitter: submitter(undefined), header: { octets: trace }, recipients: [ONE], signed: true };
  expect(withUnsubscribe(trace, message, { unsubscribeKey: Buffer.alloc(32) })).toBe(trace);
});

function submitter(unsubscribe: string | undefined): Submitter {
  const name = parseCredentialName('news') ?? expect.unreachable();
  const credential: Credential = {
    ...DEFAULT_SETTINGS,
    id: '1',
    senderRules: [],
    name,
    state: 'active',
    expiresAt: undefined,
    networks: [],
    unsubscribe,
  };
  return { kind: 'credential', name, credential };
}
