import type { TlsFacts, TlsFailure } from '@postern/tls-policy';
import { beginOpening, stepOpening, type OpeningEvent, type OpeningPlan, type OpeningStep } from '../opening.ts';
import { oneReply } from './talk.ts';

export const VERIFIED: TlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  resumed: false,
  certificate: {
    subject: 'CN=mx.example.com',
    issuer: 'CN=ca',
    names: ['mx.example.com'],
    validFrom: new Date(0),
    validTo: new Date(1e13),
    fingerprintSha256: 'ab',
  },
  chain: { trusted: true },
  hostProof: { proved: true },
};
export const SELF_SIGNED: TlsFailure = { resultType: 'certificate-not-trusted', because: 'self-signed' };
export const UNTRUSTED: TlsFacts = {
  ...VERIFIED,
  chain: { trusted: false, failure: SELF_SIGNED },
  hostProof: { proved: false, failure: SELF_SIGNED },
};
export const HANDSHAKE: TlsFailure = { resultType: 'validation-failure', because: 'handshake failed' };
export const TLS = { kind: 'tls established', tls: VERIFIED } as const;
export const ENCRYPTED = { kind: 'encrypted', because: 'route' } as const;
export const NAMED = { kind: 'verified', names: ['mx.example.com'], because: 'route' } as const;
export const AUTH = { name: 'me', secret: 'pass' };

/** Opens a session against what a host says; each string is one reply, with lines parted by `|`. */
export function open(
  plan: Partial<OpeningPlan>,
  ...events: (string | OpeningEvent)[]
): { step: OpeningStep; sent: string[] } {
  const sent: string[] = [];
  let step = beginOpening({
    localName: 'us.example.org',
    demand: { kind: 'opportunistic' },
    implicitTls: false,
    ...plan,
  });
  for (const event of events) {
    if (step.kind === 'refused' || step.kind === 'ready')
      throw new Error(`ended as ${step.kind} before ${JSON.stringify(event)}`);
    const reply =
      typeof event === 'string' ? { kind: 'replied' as const, reply: oneReply(...event.split('|')) } : event;
    step = stepOpening(step.opening, reply);
    if (step.kind === 'send') sent.push(step.line.trimEnd());
  }
  return { step, sent };
}
