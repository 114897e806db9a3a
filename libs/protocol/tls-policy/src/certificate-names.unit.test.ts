import { describe, expect, it } from 'vitest';
import { certificateNames } from './certificate-names.ts';

describe('a certificate', () => {
  it.each([
    ['mx.example.com', 'mx.example.com', true],
    ['MX.Example.COM', 'mx.example.com.', true],
    ['*.example.com', 'mx.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'a.mx.example.com', false],
    ['m*.example.com', 'mx.example.com', false],
    ['mx.*.com', 'mx.example.com', false],
    ['*.*.com', 'mx.example.com', false],
    ['*', 'mx', false],
    ['*', 'mx.example.com', false],
    ['*.', 'mx.', false],
    ['', '', false],
    ['other.example.com', 'mx.example.com', false],
    ['example.com', 'mx.example.com', false],
  ])('for %s and the host %s: %s', (name, host, expected) => {
    expect(certificateNames([name], host)).toBe(expected);
  });

  it('names a host when any of its names does', () => {
    expect(certificateNames(['a.example', 'mx.example.com'], 'mx.example.com')).toBe(true);
    expect(certificateNames([], 'mx.example.com')).toBe(false);
  });
});
