import { describe, expect, it } from 'vitest';
import type { ChannelFacts, TlsFacts } from './channel-facts.ts';
import { judge, proves } from './judge.ts';
import type { TlsFailure } from './result-type.ts';
import { failureOfVerification } from './verification-code.ts';

const good: TlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  resumed: false,
  certificate: {
    subject: 'CN=mx.example.com',
    issuer: 'CN=ca',
    names: ['mx.example.com'],
    validFrom: new Date(0),
    validTo: new Date(1e13),
    fingerprintSha256: '00',
  },
  chain: { trusted: true },
  hostProof: { proved: true },
};
const expired: TlsFailure = failureOfVerification('CERT_HAS_EXPIRED');
const bad: TlsFacts = {
  ...good,
  chain: { trusted: false, failure: expired },
  hostProof: { proved: false, failure: expired },
};
const notOffered: TlsFailure = { resultType: 'starttls-not-supported', because: 'the host does not offer STARTTLS' };
const clear: ChannelFacts = { kind: 'clear', failure: notOffered };
const encrypted = (tls: TlsFacts): ChannelFacts => ({ kind: 'encrypted', tls });
const verified = (...names: string[]) => ({ kind: 'verified', names, because: 'route' }) as const;

describe('the demand', () => {
  it('opportunistic passes whatever the channel is, and says what a report would', () => {
    expect(judge({ kind: 'opportunistic' }, encrypted(bad))).toMatchObject({ verdict: 'pass' });
    expect(judge({ kind: 'opportunistic' }, clear)).toEqual({ verdict: 'pass', ...notOffered });
    expect(judge({ kind: 'opportunistic' }, { kind: 'clear' })).toEqual({ verdict: 'pass', because: 'in clear' });
  });

  it('encrypted passes TLS with any certificate, and nothing in clear', () => {
    expect(judge({ kind: 'encrypted', because: 'route' }, encrypted(bad)).verdict).toBe('pass');
    expect(judge({ kind: 'encrypted', because: 'route' }, clear)).toEqual({ verdict: 'fail', ...notOffered });
    expect(judge({ kind: 'encrypted', because: 'route' }, { kind: 'clear' })).toMatchObject({
      verdict: 'fail',
      resultType: 'starttls-not-supported',
    });
  });

  it('verified passes only a trusted certificate with one of the names', () => {
    expect(judge(verified('a.example', 'mx.example.com'), encrypted(good)).verdict).toBe('pass');
    expect(judge(verified('a.example'), encrypted(good))).toMatchObject({
      verdict: 'fail',
      resultType: 'certificate-host-mismatch',
    });
    expect(judge(verified(), encrypted(good)).verdict).toBe('fail');
    expect(judge(verified('mx.example.com'), encrypted(bad))).toMatchObject({
      verdict: 'fail',
      resultType: 'certificate-expired',
    });
    expect(judge(verified('mx.example.com'), clear).verdict).toBe('fail');
  });

  it('verified does not pass TLS without a certificate', () => {
    expect(proves({ chain: { trusted: true }, certificate: undefined }, ['mx.example.com']).proved).toBe(false);
  });

  it('clear passes in clear', () => {
    expect(judge({ kind: 'clear', because: 'route' }, { kind: 'clear' }).verdict).toBe('pass');
  });
});

describe('a verification error', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'certificate-expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-not-trusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-not-trusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-host-mismatch'],
    ['SOMETHING_NEW', 'validation-failure'],
  ])('%s is %s in a TLS report', (code, resultType) => {
    expect(failureOfVerification(code).resultType).toBe(resultType);
  });
});
