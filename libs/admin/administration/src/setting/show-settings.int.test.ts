import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { showSettings } from './show-settings.ts';

test('an auditor reads what the environment sets', async ({ scenario: { asAuditor } }) => {
  expect(await showSettings(asAuditor, {})).toMatchObject({
    ok: { version: 'Postern of a test', environment: [{ name: 'POSTERN_HOSTNAME', set: true }] },
  });
});
