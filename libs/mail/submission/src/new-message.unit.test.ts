import { readForwardPath } from '@postern/smtp';
import type { Recipient } from '@postern/smtp-server';
import { expect, test } from 'vitest';
import { recipientsOf } from './new-message.ts';

test('a recipient who is named again is one, and gets the message once', () => {
  const paths = ['<a@example.com>', '<b@example.com>', '<a@EXAMPLE.com>', '<@relay.example:a@example.com>'];
  expect(textsOf(paths.map((path) => recipient(path)))).toEqual(['a@example.com', 'b@example.com']);
});

test('recipients who are told of something else, or are written otherwise before the @, are several', () => {
  const asked = [
    recipient('<a@example.com>'),
    recipient('<A@example.com>'),
    { ...recipient('<a@example.com>'), notify: [] },
  ];
  expect(textsOf(asked)).toHaveLength(3);
});

test('postmaster without a domain is the postmaster of our name', () => {
  expect(textsOf([recipient('<Postmaster>'), recipient('<postmaster@gw.example>')])).toEqual(['postmaster@gw.example']);
});

function textsOf(recipients: readonly Recipient[]): readonly string[] {
  return recipientsOf({ recipients }, { hostname: 'gw.example' }).map(({ text }) => text);
}

function recipient(path: string): Recipient {
  const { path: forwardPath } = readForwardPath(path, { smtpUtf8: true });
  if (!forwardPath) throw new Error(`${path} is no forward-path`);
  return { forwardPath };
}
