import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createCredential,
  open,
  openBrowser,
  signIn,
  submit,
  visit,
  type WholeSystem,
  wholeSystem,
} from '../src/index.ts';

let world: WholeSystem;
let browser: Browser;
beforeAll(async () => {
  const answers = { rcpt: () => '451 4.7.1 come back later' };
  [world, browser] = await Promise.all([wholeSystem({ host: { answers } }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test('everything that a search finds is held at once: counted first, with a reason, and seen to be done', async () => {
  const { page, faults } = await visit(browser, world.url);
  await open(page, '/messages');
  await signIn(page, world.account);
  await page.getByText('Live', { exact: true }).waitFor();
  const { user, password } = await createCredential(page, 'app1');
  for (const to of ['a@receiver.example', 'b@receiver.example', 'c@receiver.example'])
    await submit({ gateway: world.gateway, user, password }, undefined, { to });
  const waiting = page.getByRole('row').filter({ hasText: 'sound' }).filter({ hasText: 'deferred' });
  await open(page, '/messages?q=to:@receiver.example');
  await expect.poll(() => waiting.count(), { timeout: 30_000 }).toBe(3);

  await page.getByRole('button', { name: 'On all of these' }).click();
  await page.getByRole('menuitem', { name: 'Hold' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('This is for 3 recipients of 3 messages.').waitFor();
  await dialog.getByLabel('Reason').fill('they are being moved');
  await dialog.getByRole('button', { name: 'Hold' }).click();
  await dialog.getByText('Done: 3 of 3 recipients').waitFor();
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'held' }).count(), { timeout: 30_000 }).toBe(3);

  await page.getByRole('link', { name: 'Operations' }).click();
  const row = page.getByRole('row').filter({ hasText: 'to:@receiver.example' });
  await row.getByText('Done: 3 of 3 recipients').waitFor();
  await row.getByText('they are being moved').waitFor();
  expect(faults).toEqual([]);
});
