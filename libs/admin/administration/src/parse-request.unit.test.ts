import { ROUTES } from '@postern/admin-contract';
import { expect, test } from 'vitest';
import { parseRequest } from './parse-request.ts';

const MANY = 100_000;

test.each([
  ['fields that nobody knows', Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`k${n}`, 1]))],
  ['a list of wrong items', { name: 'a', senderRules: Array.from({ length: MANY }, () => 1) }],
  ['a list of texts that cannot be kept', { name: 'a', senderRules: Array.from({ length: MANY }, () => '\u0000') }],
])('%s, a hundred thousand of them, are refused at once, and not each is told', (_, body) => {
  const started = performance.now();
  const reading = parseRequest(ROUTES.createCredential, { body });
  expect(performance.now() - started).toBeLessThan(2_000);
  const { errors } = 'errors' in reading ? reading : { errors: [] };
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThanOrEqual(200);
});
