import { expect, test } from 'vitest';
import { ROUTES, type Route } from './index.ts';

const NAMES = Object.entries<Route>(ROUTES);

/** What is asked by POST and changes nothing, or only what is the asker's own. */
const READS: readonly string[] = [
  'countOperation',
  'checkDomain',
  'simulatePolicy',
  'replayBounceRules',
  'saveView',
  'removeSavedView',
];

/** What is done before or about signing in, and by whoever has a session about themselves. */
const OPEN: readonly string[] = [
  'signIn',
  'waysToSignIn',
  'secondStep',
  'askForPasskey',
  'signInWithPasskey',
  'showInvitation',
  'acceptInvitation',
];

test('what changes something needs more than the permission to read', () => {
  for (const [name, { method, permission }] of NAMES) {
    if (method === 'GET' || permission === 'anyone' || permission === 'signed-in') continue;
    expect(permission.endsWith(':read'), `${name} needs ${permission}`).toBe(READS.includes(name));
  }
});

/** What takes no reason though it changes something, each with why. */
const UNREASONED: Readonly<Record<string, string>> = {
  testRoute: 'it sends nothing',
};

test('what changes or removes what is there takes a reason for the audit', () => {
  const silent = NAMES.filter(([name, { method, permission, status, body }]) => {
    if (method === 'GET' || status === 201 || READS.includes(name)) return false;
    if (permission === 'anyone' || permission === 'signed-in') return false;
    return !(body && 'shape' in body && 'reason' in (body.shape as object));
  });
  expect(silent.map(([name]) => name)).toEqual(Object.keys(UNREASONED));
});

test('what only reads needs no permission to change', () => {
  for (const [name, { method, permission }] of NAMES)
    if (method === 'GET') expect(permission, name).toMatch(/:(?:read|content)$|^signed-in$|^anyone$/);
});

test('open to anyone is what leads to a session, and nothing else', () => {
  const open = NAMES.filter(([, { permission }]) => permission === 'anyone').map(([name]) => name);
  expect(open.sort()).toEqual([...OPEN].sort());
});

test('what needs a session alone is about that session, or says nothing of the mail', () => {
  for (const [name, { path, permission }] of NAMES)
    if (permission === 'signed-in') expect(path, name).toMatch(/^\/api\/v1\/(?:session(?:\/|$)|listeners$|stream$)/);
});
