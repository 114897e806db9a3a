import { describe, expect, it } from 'vitest';
import { safeReturnPath, signInPath } from './return-path.ts';

describe('the path to go to after signing in', () => {
  it('is kept with its query when it is a path of the console', () => {
    expect(safeReturnPath('/messages?state=deferred&sort=-size')).toBe('/messages?state=deferred&sort=-size');
  });

  it.each([
    'https://example.com/',
    '//example.com/',
    '///example.com/',
    '/\\example.com/',
    '\\\\example.com',
    '/\t/example.com',
    '/.//example.com',
    '/a/..//example.com',
    'javascript:alert(1)',
    'queues',
    '',
  ])('is the front page when it could lead elsewhere: %j', (wanted) => {
    expect(safeReturnPath(wanted)).toBe('/');
  });

  it.each(['/sign-in', '/sign-in?return=%2Fqueues', '/api/v1/session'])('is the front page instead of %s', (wanted) => {
    expect(safeReturnPath(wanted)).toBe('/');
  });

  it('is the front page when nothing is asked for', () => {
    expect(safeReturnPath(undefined)).toBe('/');
  });

  it('travels through the sign-in address whole', () => {
    const address = signInPath('/messages?q=a%26b&state=held');
    expect(new URL(address, 'http://x').searchParams.get('return')).toBe('/messages?q=a%26b&state=held');
  });
});
