import { expect, test } from 'vitest';
import {
  CREDENTIAL_STATES as contractCredentialStates,
  RECIPIENT_STATES as contractStates,
  ROUTES,
} from '@postern/admin-contract';
import { CREDENTIAL_STATES } from '@postern/credentials';
import { RECIPIENT_STATES } from '@postern/queue';
import * as verbs from './verbs.ts';

test('the contract and the rooms have the same words for states', () => {
  expect(contractStates).toEqual(RECIPIENT_STATES);
  expect(contractCredentialStates).toEqual(CREDENTIAL_STATES);
});

test('every route of the contract has its verb, but those about HTTP itself', () => {
  const own = ['signIn', 'whoAmI', 'signOut', 'changePassword', 'stream'];
  expect(Object.keys(verbs).sort()).toEqual(
    Object.keys(ROUTES)
      .filter((name) => !own.includes(name))
      .sort(),
  );
});
