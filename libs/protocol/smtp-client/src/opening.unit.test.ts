import { describe, expect, it } from 'vitest';
import { ENCRYPTED, HANDSHAKE, NAMED, TLS, UNTRUSTED, open } from './testing/open.ts';

describe('the opening of a session', () => {
  it('greets with EHLO and is ready in clear where there is nothing else', () => {
    const { step, sent } = open({}, '220 mx.example.com ESMTP', '250-mx|250 PIPELINING');
    expect(sent).toEqual(['EHLO us.example.org']);
    expect(step).toMatchObject({
      kind: 'ready',
      opening: {
        banner: 'mx.example.com ESMTP',
        extensions: { pipelining: true },
        channel: { kind: 'clear', failure: { resultType: 'starttls-not-supported' } },
      },
    });
  });

  it.each(['500 what', '501 what', '502 what', '504 what'])('falls back to HELO on %s (RFC 5321 3.2)', (refusal) => {
    const { step, sent } = open({}, '220 mx', refusal, '250 mx');
    expect(sent).toEqual(['EHLO us.example.org', 'HELO us.example.org']);
    expect(step).toMatchObject({ kind: 'ready', opening: { extensions: { greetedBy: 'HELO', pipelining: false } } });
  });

  it.each<[string, string[], string, string]>([
    ['a 421 greeting', ['421 4.3.2 busy'], 'greeting', 'refused'],
    ['a 521 greeting', ['521 no mail here'], 'greeting', 'refused'],
    ['a 554 greeting', ['554 go away'], 'greeting', 'refused'],
    ['a 354 greeting', ['354 what'], 'greeting', 'protocol'],
    ['421 to EHLO', ['220 mx', '421 busy'], 'ehlo', 'refused'],
    ['550 to EHLO', ['220 mx', '550 not you'], 'ehlo', 'refused'],
    ['354 to EHLO', ['220 mx', '354 what'], 'ehlo', 'protocol'],
    ['550 to HELO', ['220 mx', '500 what', '550 not you'], 'ehlo', 'refused'],
    ['421 to STARTTLS', ['220 mx', '250-mx|250 STARTTLS', '421 busy'], 'starttls', 'refused'],
    ['354 to STARTTLS', ['220 mx', '250-mx|250 STARTTLS', '354 what'], 'starttls', 'protocol'],
  ])('%s ends it', (_, lines, stage, kind) => {
    expect(open({}, ...lines).step).toMatchObject({
      kind: 'refused',
      fault: { stage, kind },
      reply: expect.anything(),
    });
  });
});

describe('STARTTLS', () => {
  const OFFER = ['220 mx', '250-mx|250-PIPELINING|250 STARTTLS'];

  it('is begun where offered, and all that was learnt before is forgotten', () => {
    const { step, sent } = open({}, ...OFFER, '220 go', TLS, '250-mx|250 SIZE 7');
    expect(sent).toEqual(['EHLO us.example.org', 'STARTTLS', 'EHLO us.example.org']);
    expect(step).toMatchObject({
      kind: 'ready',
      opening: { extensions: { pipelining: false, maxSizeOctets: 7 }, channel: { kind: 'encrypted' } },
    });
  });

  it('is not begun twice when it is offered inside TLS', () => {
    const { step } = open({}, ...OFFER, '220 go', TLS, '250-mx|250 STARTTLS');
    expect(step.kind).toBe('ready');
  });

  it('is not begun when the demand is to stay in clear', () => {
    const { step } = open({ demand: { kind: 'clear', because: 'route' } }, ...OFFER);
    expect(step.kind).toBe('ready');
  });

  it('refused, leaves an opportunistic session as it was, in clear, with the failure', () => {
    const { step } = open({}, ...OFFER, '454 4.7.0 not now');
    expect(step).toMatchObject({
      kind: 'ready',
      opening: { extensions: { pipelining: true }, channel: { failure: { resultType: 'starttls-not-supported' } } },
    });
  });

  it('failed under opportunistic is tried again in clear', () => {
    const failed = open({}, ...OFFER, '220 go', { kind: 'tls failed', failure: HANDSHAKE });
    expect(failed.step).toMatchObject({ kind: 'refused', retryInClear: true, tlsFailure: HANDSHAKE });
    const again = open({ startTlsFailed: HANDSHAKE }, ...OFFER);
    expect(again.sent).toEqual(['EHLO us.example.org']);
    expect(again.step).toMatchObject({ kind: 'ready', opening: { channel: { kind: 'clear', failure: HANDSHAKE } } });
  });

  it('opportunistic takes any certificate (RFC 7435)', () => {
    const { step } = open({}, ...OFFER, '220 go', { kind: 'tls established', tls: UNTRUSTED }, '250 mx');
    expect(step.kind).toBe('ready');
  });

  it.each([
    ['not offered', ['250 mx']],
    ['refused', ['250-mx|250 STARTTLS', '454 not now']],
    ['not to be had with HELO', ['500 what', '250 mx']],
  ])('%s ends a session that must be encrypted', (_, lines) => {
    for (const demand of [ENCRYPTED, NAMED]) {
      const { step } = open({ demand }, '220 mx', ...lines);
      expect(step).toMatchObject({
        kind: 'refused',
        fault: { stage: 'starttls', kind: 'tls' },
        tlsFailure: { resultType: 'starttls-not-supported' },
      });
      expect(step).not.toHaveProperty('retryInClear');
    }
  });

  it('failed ends a session that must be encrypted', () => {
    const { step } = open({ demand: ENCRYPTED }, ...OFFER, '220 go', { kind: 'tls failed', failure: HANDSHAKE });
    expect(step.kind).toBe('refused');
    expect(step).not.toHaveProperty('retryInClear');
  });

  it('a certificate that proves nothing ends a session that must be verified, before another word', () => {
    const { step, sent } = open({ demand: NAMED }, ...OFFER, '220 go', { kind: 'tls established', tls: UNTRUSTED });
    expect(step).toMatchObject({
      kind: 'refused',
      fault: { kind: 'tls' },
      tlsFailure: { resultType: 'certificate-not-trusted' },
    });
    expect(sent).toEqual(['EHLO us.example.org', 'STARTTLS']);
  });

  it('a certificate with the name demanded is proof', () => {
    expect(open({ demand: NAMED }, ...OFFER, '220 go', TLS, '250 mx').step.kind).toBe('ready');
  });

  it('a reply in clear in the middle of the handshake ends the session', () => {
    expect(open({}, ...OFFER, '220 go', '250 injected').step).toMatchObject({
      kind: 'refused',
      fault: { kind: 'protocol' },
    });
  });
});

describe('implicit TLS', () => {
  it('comes before the greeting', () => {
    expect(open({ implicitTls: true }).step.kind).toBe('start tls');
    const { step, sent } = open({ implicitTls: true, demand: ENCRYPTED }, TLS, '220 mx', '250-mx|250 STARTTLS');
    expect(sent).toEqual(['EHLO us.example.org']);
    expect(step.kind).toBe('ready');
  });

  it('failed is not tried again in clear: there is no clear on that port', () => {
    const { step } = open({ implicitTls: true }, { kind: 'tls failed', failure: HANDSHAKE });
    expect(step).toMatchObject({ kind: 'refused', fault: { stage: 'connect', kind: 'tls' } });
    expect(step).not.toHaveProperty('retryInClear');
  });
});
