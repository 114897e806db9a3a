import { expect, test } from 'vitest';
import { roleOf } from './single-sign-on.ts';

const ROLES = { admins: 'owner', help: 'operator' };

test.for([
  [['help', 'admins'], 'owner'],
  ['help', 'operator'],
  [['others'], undefined],
  [undefined, undefined],
  [{ admins: true }, undefined],
  [['ADMINS'], undefined],
  ['admins,help', undefined],
] as const)('%j gives the role %s', ([claim, role]) => {
  expect(roleOf(claim, ROLES)).toBe(role);
});

test('a star fits everyone, in its turn', () => {
  expect(roleOf(['help'], { ...ROLES, '*': 'auditor' })).toBe('operator');
  expect(roleOf(undefined, { '*': 'auditor', ...ROLES })).toBe('auditor');
});
