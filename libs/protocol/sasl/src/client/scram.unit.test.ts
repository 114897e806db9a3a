import { expect, it } from 'vitest';
import { chooseMechanism } from './choose.ts';
import { scramClient } from './scram.ts';

const ME = { name: 'user', secret: 'pencil' };
const OPTIONS = { mechanism: 'SCRAM-SHA-256', channel: { hostBinds: false }, nonce: 'abcdefgh' } as const;

it.each([
  ['a nonce that is not ours', 'r=xbcdefghij,s=AAAA,i=4096'],
  ['a nonce that is only ours', 'r=abcdefgh,s=AAAA,i=4096'],
  ['no salt', 'r=abcdefghij,s=,i=4096'],
  ['few iterations', 'r=abcdefghij,s=AAAA,i=4095'],
  ['so many iterations that we would do nothing else', 'r=abcdefghij,s=AAAA,i=999999999'],
  ['an extension that must be understood', 'm=ext,r=abcdefghij,s=AAAA,i=4096'],
  ['nothing', ''],
])('a host whose first message has %s is not answered', (_, challenge) => {
  const exchange = scramClient(ME, OPTIONS);
  expect(exchange.respond(Buffer.from(challenge)).kind).toBe('cancel');
  expect(exchange.complete).toBe(false);
});

it.each(['v=', 'v=AAAA', 'e=other-error', '', `v=${Buffer.alloc(32).toString('base64')}`])(
  'a host whose last message is %j is not believed',
  (challenge) => {
    const exchange = scramClient(ME, OPTIONS);
    expect(exchange.respond(Buffer.from('r=abcdefghij,s=AAAA,i=4096')).kind).toBe('response');
    expect(exchange.respond(Buffer.from(challenge)).kind).toBe('cancel');
    expect(exchange.complete).toBe(false);
  },
);

it('SCRAM is taken before PLAIN, and bound to the channel where both can', () => {
  const offers = ['PLAIN', 'LOGIN', 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'];
  const binding = (): Buffer => Buffer.from('binding');
  const mechanism = (host: Parameters<typeof chooseMechanism>[1]): string | undefined => {
    const choice = chooseMechanism(ME, host);
    return choice.kind === 'chosen' ? choice.exchange.mechanism : choice.kind;
  };
  expect(mechanism({ offers, channel: 'encrypted', binding })).toBe('SCRAM-SHA-256-PLUS');
  expect(mechanism({ offers, channel: 'encrypted' })).toBe('SCRAM-SHA-256');
  expect(mechanism({ offers: ['PLAIN', 'XOAUTH2'], channel: 'encrypted' })).toBe('PLAIN');
  expect(mechanism({ offers, channel: 'clear', binding })).toBe('SCRAM-SHA-256');
  expect(mechanism({ offers: ['SCRAM-SHA-256-PLUS'], channel: 'encrypted' })).toBe('none in common');
});

it.each([
  ['XOAUTH2', 'user=user\x01auth=Bearer pencil\x01\x01', ''],
  ['OAUTHBEARER', 'n,a=user,\x01auth=Bearer pencil\x01\x01', '\x01'],
])('%s shows the token at once, hears why it is refused, and is no success then', (mechanism, response, last) => {
  const choice = chooseMechanism({ ...ME, mechanisms: [mechanism] }, { offers: [mechanism], channel: 'encrypted' });
  if (choice.kind !== 'chosen') throw new Error(choice.kind);
  const { exchange } = choice;
  expect(exchange.initialResponse?.toString()).toBe(response);
  expect(exchange.complete).toBe(true);
  expect(exchange.respond(Buffer.from('{"status":"401"}'))).toEqual({ kind: 'response', response: Buffer.from(last) });
  expect(exchange.complete).toBe(false);
  expect(exchange.respond(Buffer.from('{}')).kind).toBe('cancel');
});
