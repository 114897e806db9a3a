import { describe, expect, it } from 'vitest';
import { CLIENT_SNIPPETS, curlSnippet, msmtpSnippet, nodeSnippet, pythonSnippet } from './client-snippets.ts';

describe('what to copy for a client', () => {
  const submitting = {
    host: '192.0.2.1',
    port: 587,
    name: 'app1',
    secret: 'a-secret',
    sender: 'you@example.org',
    verifiable: false,
  };
  const all = CLIENT_SNIPPETS.map(({ key, text }) => [key, text] as const);

  it.each(all)('has the host, the port, the name and the secret: %s', (_, text) => {
    for (const part of ['192.0.2.1', '587', 'app1', 'a-secret']) expect(text(submitting)).toContain(part);
  });

  it.each(all.filter(([key]) => key !== 'postfix'))('names an address that it may send as: %s', (_, text) => {
    expect(text(submitting)).toContain('you@example.org');
  });

  it('asks for a verified certificate as soon as there is one to verify', () => {
    const lax = /insecure|rejectUnauthorized|unverified|certcheck off|= encrypt'/;
    for (const [key, text] of all) {
      expect(text({ ...submitting, verifiable: true }), key).not.toMatch(lax);
      if (!['swaks', 'device'].includes(key)) expect(text(submitting), key).toMatch(lax);
    }
    expect(msmtpSnippet({ ...submitting, verifiable: true })).toContain('tls on');
  });

  it('for a shell keeps a quote in a word from ending the word', () => {
    expect(curlSnippet({ ...submitting, secret: "it's" })).toContain(String.raw`--user 'app1:it'\''s'`);
  });

  it('for a program keeps a quote in a text from ending the text', () => {
    for (const snippet of [nodeSnippet, pythonSnippet])
      expect(snippet({ ...submitting, secret: '"; import("x")' })).toContain(String.raw`"\"; import(\"x\")"`);
  });

  it('for curl puts an IPv6 host in brackets', () => {
    expect(curlSnippet({ ...submitting, host: '2001:db8::1' })).toContain("'smtp://[2001:db8::1]:587'");
  });
});
