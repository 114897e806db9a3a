import { describe, expect, it } from 'vitest';
import { dnsNames } from './dns-names.ts';

describe('the DNS names of a subject alternative name', () => {
  it.each([
    ['DNS:a.example, DNS:*.b.example', ['a.example', '*.b.example']],
    ['IP Address:192.0.2.1, DNS:a.example, email:x@y.example, URI:http://z.example', ['a.example']],
    ['DNS:"evil.example, DNS:mx.example.com", DNS:a.example', ['a.example']],
    ['DNS:"evil\\", DNS:mx.example.com, ", DNS:a.example', ['a.example']],
    ['URI:"http://x.example/?a, DNS:mx.example.com"', []],
    ['othername:<unsupported>, DNS:a.example', ['a.example']],
    ['', []],
  ])('of %s are %j', (text, names) => {
    expect(dnsNames(text)).toEqual(names);
  });
});
