import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurationDocument } from './document.ts';

test('docs/configuration.md is what the table of variables says', () => {
  expect(readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8')).toBe(
    configurationDocument(),
  );
});
