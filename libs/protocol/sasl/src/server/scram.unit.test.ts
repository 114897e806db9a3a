import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { scramClient, type ScramChannel } from '../client/scram.ts';
import type { ChannelBindingType } from '../scram/channel-binding.ts';
import { scramVerifier, type ScramVerifier } from '../scram/verifier.ts';
import type { ServerChannel, ServerStep } from './mechanism.ts';
import { scram } from './scram.ts';

const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
const verifierOf = (password: string): ScramVerifier =>
  scramVerifier(password, { salt, iterations: 4096 }) ?? expect.unreachable();
const PENCIL = verifierOf('pencil');
const WITHOUT: ServerChannel = { binding: () => undefined, clientCertificate: 'none' };
const BOUND: ServerChannel = { ...WITHOUT, binding: (type) => Buffer.from(`${type} of this channel`) };

function challenged(step: ServerStep, response: string | Buffer): ServerStep {
  if (step.kind !== 'challenge') throw new Error(`no challenge but ${step.kind}`);
  return step.next(Buffer.from(response));
}

function lookedUp(step: ServerStep, verifiers: readonly ScramVerifier[] = [PENCIL]): ServerStep {
  if (step.kind !== 'verifiers') throw new Error(`no look-up but ${step.kind}`);
  return step.next({ salt, iterations: 4096, verifiers });
}

function saidBy(step: ServerStep): string {
  if (step.kind !== 'challenge') throw new Error(`no challenge but ${step.kind}`);
  return step.challenge.toString();
}

test('the exchange of RFC 7677 §3 goes as it stands there, octet for octet, on both sides', () => {
  const server = scram('SCRAM-SHA-256', () => '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0');
  const client = scramClient(
    { name: 'user', secret: 'pencil' },
    { mechanism: 'SCRAM-SHA-256', channel: { hostBinds: false }, nonce: 'rOprNGfwEbeRWgbNEkqO' },
  );
  expect(client.initialResponse?.toString()).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
  const first = lookedUp(server.start(client.initialResponse, WITHOUT));
  expect(saidBy(first)).toBe('r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096');
  const final = client.respond(Buffer.from(saidBy(first)));
  expect(final).toEqual({
    kind: 'response',
    response: Buffer.from(
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    ),
  });
  const judged = challenged(first, final.kind === 'response' ? final.response : '');
  expect(judged).toEqual({
    kind: 'credentials',
    credentials: { mechanism: 'SCRAM-SHA-256', name: 'user', proved: PENCIL },
    withSuccess: Buffer.from('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='),
  });
  expect(client.complete).toBe(false);
  expect(client.respond(Buffer.from('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='))).toEqual({
    kind: 'response',
    response: Buffer.alloc(0),
  });
  expect(client.complete).toBe(true);
});

/** A whole exchange between our client and our server; answers what the server hands in for judgement. */
function exchange(options: {
  readonly mechanism?: 'SCRAM-SHA-256' | 'SCRAM-SHA-256-PLUS';
  readonly password?: string;
  readonly name?: string;
  readonly verifiers?: readonly ScramVerifier[];
  readonly server?: ServerChannel;
  readonly client?: ScramChannel;
}): ServerStep {
  const { mechanism = 'SCRAM-SHA-256', password = 'pencil', name = 'user', verifiers = [PENCIL] } = options;
  const client = scramClient(
    { name, secret: password },
    { mechanism, channel: options.client ?? { hostBinds: false } },
  );
  const begun = scram(mechanism).start(client.initialResponse, options.server ?? WITHOUT);
  if (begun.kind !== 'verifiers') return begun;
  const first = lookedUp(begun, verifiers);
  const answer = client.respond(Buffer.from(saidBy(first)));
  if (answer.kind !== 'response') throw new Error(answer.because);
  return challenged(first, answer.response);
}

describe('the proof', () => {
  it('of the old and of the new secret is good while both are, and says which it was', () => {
    const old = verifierOf('old');
    for (const [password, proved] of [
      ['old', old],
      ['pencil', PENCIL],
    ] as const)
      expect(exchange({ password, verifiers: [old, PENCIL] })).toMatchObject({ credentials: { proved } });
  });

  it('of a wrong password, or for a name that has none, proves nothing, and is judged all the same', () => {
    for (const step of [exchange({ password: 'pencils' }), exchange({ verifiers: [] })])
      expect(step).toEqual({
        kind: 'credentials',
        credentials: { mechanism: 'SCRAM-SHA-256', name: 'user', proved: undefined },
      });
  });

  it('with a name of commas and equals signs arrives as that name', () => {
    expect(exchange({ name: 'a,b=c' })).toMatchObject({ credentials: { name: 'a,b=c', proved: PENCIL } });
  });

  it('is no good when it is replayed into another exchange', () => {
    const client = scramClient(
      { name: 'user', secret: 'pencil' },
      { mechanism: 'SCRAM-SHA-256', channel: { hostBinds: false } },
    );
    const seen = lookedUp(scram('SCRAM-SHA-256').start(client.initialResponse, WITHOUT));
    const final = client.respond(Buffer.from(saidBy(seen)));
    const replayed = lookedUp(scram('SCRAM-SHA-256').start(client.initialResponse, WITHOUT));
    const step = challenged(replayed, final.kind === 'response' ? final.response : '');
    expect(step).toMatchObject({ credentials: { proved: undefined } });
  });
});

describe('the binding to the channel', () => {
  const binding = (type: ChannelBindingType): Buffer => Buffer.from(`${type} of this channel`);
  const plus = { mechanism: 'SCRAM-SHA-256-PLUS', server: BOUND } as const;

  it('is proved when both ends have the same channel', () => {
    expect(exchange({ ...plus, client: { binding, hostBinds: true } })).toMatchObject({
      credentials: { mechanism: 'SCRAM-SHA-256-PLUS', proved: PENCIL },
    });
  });

  it('fails when somebody sits between, whose channel is another', () => {
    const other = (type: ChannelBindingType): Buffer => Buffer.from(`${type} of another channel`);
    expect(exchange({ ...plus, client: { binding: other, hostBinds: true } })).toMatchObject({
      credentials: { proved: undefined },
    });
  });

  it('fails when the offer of it was taken out on the way (y, RFC 5802 §6)', () => {
    expect(exchange({ server: BOUND, client: { binding, hostBinds: false } })).toMatchObject({ kind: 'refused' });
  });

  it.each(['p=tls-unique,,', 'p=tls-server-end-point2,,', 'n,,', 'y,,'])('%s is no binding of ours', (header) => {
    const step = scram('SCRAM-SHA-256-PLUS').start(Buffer.from(`${header}n=user,r=abcdefghijkl`), BOUND);
    expect(step).toMatchObject({ kind: 'refused', reply: { code: 535 } });
  });
});

it.each([
  '',
  'n,,',
  'n,,n=user',
  'n,,r=abcdefgh,n=user',
  'n,,n=,r=abcdefgh',
  'n,,n=us=2cer,r=abcdefgh',
  'n,,n=us\0er,r=abcdefgh',
  'n,,n=user,r=short',
  'n,,n=user,r=abc defgh',
  'n,,m=ext,n=user,r=abcdefgh',
  'x,,n=user,r=abcdefgh',
  'p=,,n=user,r=abcdefgh',
  `n,,n=${'u'.repeat(1100)},r=abcdefgh`,
])('%j is no first message: 501', (message) => {
  expect(scram('SCRAM-SHA-256').start(Buffer.from(message), WITHOUT)).toMatchObject({ reply: { code: 501 } });
});

it('an authorization identity that is not the name is refused', () => {
  const step = scram('SCRAM-SHA-256').start(Buffer.from('n,a=admin,n=user,r=abcdefgh'), WITHOUT);
  expect(step).toMatchObject({ kind: 'refused', reply: { code: 535 } });
});

it('any octets, at any step, are refused or prove nothing', () => {
  const server = scram('SCRAM-SHA-256');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      const response = Buffer.from(octets);
      expect(['refused', 'verifiers']).toContain(server.start(response, WITHOUT).kind);
      const final = challenged(lookedUp(server.start(Buffer.from('n,,n=user,r=abcdefgh'), WITHOUT)), response);
      expect(final.kind === 'credentials' && 'proved' in final.credentials && final.credentials.proved).toBeFalsy();
    }),
  );
});
