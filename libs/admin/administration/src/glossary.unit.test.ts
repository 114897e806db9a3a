import { expect, test } from 'vitest';
import {
  CONTENT_FILES,
  CREDENTIAL_STATES as contractCredentialStates,
  RECIPIENT_STATES as contractStates,
  EXPORT_ROUTES,
  ROUTES,
  SECURITY_ROUTES,
  SESSION_ROUTES,
} from '@postern/admin-contract';
import { CREDENTIAL_STATES } from '@postern/credentials';
import { RECIPIENT_STATES } from '@postern/queue';
import * as exports from './export/exports.ts';
import * as verbs from './verbs.ts';

test('the contract and the rooms have the same words for states', () => {
  expect(contractStates).toEqual(RECIPIENT_STATES);
  expect(contractCredentialStates).toEqual(CREDENTIAL_STATES);
});

test('every route of the contract has its verb, but those about HTTP itself', () => {
  const exported = Object.keys(EXPORT_ROUTES);
  expect(Object.keys(exports).sort()).toEqual(exported.sort());
  const http = ['stream', 'showInvitation', 'acceptInvitation', ...Object.keys(CONTENT_FILES)];
  const own = [...exported, ...Object.keys(SESSION_ROUTES), ...Object.keys(SECURITY_ROUTES), ...http];
  expect(Object.keys(verbs).sort()).toEqual(
    Object.keys(ROUTES)
      .filter((name) => !own.includes(name))
      .sort(),
  );
});
