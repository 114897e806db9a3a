import { describe, expect, it } from 'vitest';
import { curlSnippet, deviceSnippet, nodeSnippet, pythonSnippet } from './client-snippets.ts';

describe('what to copy for a client', () => {
  const submitting = { host: '192.0.2.1', name: 'app1', secret: 'a-secret', sender: 'you@example.org' };

  it.each([curlSnippet, nodeSnippet, pythonSnippet, deviceSnippet])(
    'has the host, the name, the secret and the sender: %o',
    (snippet) => {
      for (const part of Object.values(submitting)) expect(snippet(submitting)).toContain(part);
    },
  );

  it('for a shell keeps a quote in a word from ending the word', () => {
    expect(curlSnippet({ ...submitting, secret: "it's" })).toContain(String.raw`--user 'app1:it'\''s'`);
  });

  it('for a program keeps a quote in a text from ending the text', () => {
    for (const snippet of [nodeSnippet, pythonSnippet])
      expect(snippet({ ...submitting, secret: '"; import("x")' })).toContain(String.raw`"\"; import(\"x\")"`);
  });

  it('for curl puts an IPv6 host in brackets', () => {
    expect(curlSnippet({ ...submitting, host: '2001:db8::1' })).toContain("'smtp://[2001:db8::1]:2587'");
  });
});
