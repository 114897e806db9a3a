import { describe, expect, it } from 'vitest';
import { noExtensions, parseExtensions } from './extensions.ts';

const offer = (...lines: string[]) => parseExtensions({ code: 250, lines: ['mx.example.com greets you', ...lines] });

describe('the reply to EHLO', () => {
  it('shows what the host offers, whatever the case', () => {
    const extensions = offer(
      'Size 1000',
      'pipelining',
      '8BITMIME',
      'SMTPUTF8',
      'STARTTLS',
      'DSN',
      'REQUIRETLS',
      'CHUNKING',
      'ENHANCEDSTATUSCODES',
    );
    expect(extensions).toMatchObject({
      greetedBy: 'EHLO',
      size: true,
      maxSizeOctets: 1000,
      pipelining: true,
      eightBitMime: true,
      smtpUtf8: true,
      startTls: true,
      dsn: true,
      requireTls: true,
      chunking: true,
      enhancedStatusCodes: true,
    });
  });

  it('does not take the greeting in its first line for a keyword', () => {
    expect(parseExtensions({ code: 250, lines: ['PIPELINING'] }).pipelining).toBe(false);
  });

  it.each([
    ['SIZE', undefined],
    ['SIZE 0', undefined],
    ['SIZE 10485760', 10_485_760],
    ['SIZE many', undefined],
    ['SIZE -1', undefined],
    ['SIZE 99999999999999999999', undefined],
  ])('%s sets the limit %s', (line, limit) => {
    expect(offer(line)).toMatchObject({ size: true, maxSizeOctets: limit });
  });

  it('offers AUTH mechanisms in both notations, each once', () => {
    expect(offer('AUTH PLAIN login', 'AUTH=PLAIN CRAM-MD5').mechanisms).toEqual(['PLAIN', 'LOGIN', 'CRAM-MD5']);
  });

  it('offers LIMITS as RFC 9422 writes them, and ignores the rest', () => {
    expect(offer('LIMITS MAILMAX=10 RCPTMAX=100 RCPTDOMAINMAX=1 OTHER=2').limits).toEqual({
      mailMax: 10,
      rcptMax: 100,
      rcptDomainMax: 1,
    });
    expect(offer('LIMITS MAILMAX=0 RCPTMAX=1234567 RCPTDOMAINMAX=').limits).toEqual({});
  });

  it('is bounded in what is kept of it', () => {
    const extensions = offer(...Array.from({ length: 250 }, (_, index) => `X${index} ${'y'.repeat(4000)}`));
    expect(extensions.offered.length).toBe(64);
    expect(Math.max(...extensions.offered.map((line) => line.length))).toBe(256);
  });

  it('offers nothing when the host knows only HELO', () => {
    expect(noExtensions()).toMatchObject({ greetedBy: 'HELO', offered: [], pipelining: false, mechanisms: [] });
  });
});
