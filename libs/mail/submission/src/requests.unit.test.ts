import { expect, test } from 'vitest';
import { requestsOf } from './requests.ts';

const acceptedAt = new Date('2026-11-22T08:00:00Z');
const asked = (parameters: object, tlsOptional = false) =>
  requestsOf({ parameters } as Parameters<typeof requestsOf>[0], { acceptedAt, tlsOptional });

test('TLS-Required: No is kept, also when nothing else is asked for', () => {
  expect(asked({}, true)).toMatchObject({ requireTls: false });
  expect(asked({ requireTls: true }, true)).toMatchObject({ requireTls: true });
  expect(asked({})).toEqual({});
});

test('a priority of 0 leaves what else is asked for', () => {
  expect(asked({ priority: 0, envid: 'e1' })).toMatchObject({ envid: 'e1', priority: undefined });
});
