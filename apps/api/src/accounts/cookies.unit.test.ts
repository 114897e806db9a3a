import { expect, test } from 'vitest';
import { securedAs, sentCookies } from './cookies.ts';

test('over TLS a cookie is set under a name that no neighbour can plant', () => {
  expect(securedAs('postern.session_token=a; Path=/', { secure: true })).toBe(
    '__Host-postern.session_token=a; Path=/; Secure',
  );
  expect(securedAs('postern.session_token=a; Path=/', { secure: false })).toBe('postern.session_token=a; Path=/');
});

test.each([
  ['over TLS a planted one counts for nothing', true, 'postern.s=planted', undefined],
  ['nor beside ours, wherever it stands', true, 'postern.s=planted; __Host-postern.s=ours', 'postern.s=ours'],
  ['nor where a page is built', false, '__Host-postern.s=ours; postern.s=planted', 'postern.s=ours'],
  ['without TLS there is no other name', false, 'postern.s=ours; x=y', 'postern.s=ours; x=y'],
  ['the prefix of another program hides nothing', false, '__Host-x=y; postern.s=ours', '__Host-x=y; postern.s=ours'],
] as const)('%s', (_, secure, cookie, counted) => {
  expect(sentCookies({ cookie, secure })).toBe(counted);
});

test('one name is picked out of all', () => {
  const cookie = 'postern.session_token=a; postern.two_factor=b';
  expect(sentCookies({ cookie, secure: false }, 'postern.two_factor')).toBe('postern.two_factor=b');
  expect(sentCookies({ cookie: undefined, secure: false }, 'postern.two_factor')).toBeUndefined();
});
