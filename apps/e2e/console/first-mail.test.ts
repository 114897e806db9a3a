import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, signIn, submit, visit, type WholeSystem, wholeSystem } from '../src/index.ts';

let world: WholeSystem;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([wholeSystem(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test('from the first page to a delivered mail: a credential is made, a mail is sent with it, and it is seen to arrive', async () => {
  const { page, faults } = await visit(browser, world.url);
  await page.goto('/messages');
  await signIn(page, world.account);
  await page.getByText('No mail has come in yet').waitFor();
  await page.getByRole('link', { name: 'Create a credential' }).click();

  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('app1');
  await dialog.getByLabel('May send as').fill('nobody');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await dialog.getByText('nobody').last().waitFor();
  await dialog.getByLabel('May send as').fill('@lab.example');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('app1 is ready').waitFor();
  const secret = await page.getByRole('dialog').locator('code').nth(1).innerText();
  expect(await page.getByRole('group', { name: 'settings for curl' }).innerText()).toContain(secret);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('row').filter({ hasText: 'app1' }).getByText('active').waitFor();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole('link', { name: 'Messages' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  await submit({ gateway: world.gateway, user: 'app1', password: secret });
  await world.internet.host.waitForCount(1, 20_000);
  await page.getByRole('button', { name: '1 new message' }).click();
  const row = page.getByRole('row').filter({ hasText: 'sound' });
  await row.getByText('delivered').waitFor();
  await row.getByRole('link', { name: 'sound' }).click();
  await page.getByRole('heading', { name: 'sound' }).waitFor();
  const attempt = page.getByRole('article');
  await attempt.getByText('mx.receiver.example').waitFor();
  await attempt.getByText('The remote host said').waitFor();
  expect(await attempt.locator('code').innerText()).toMatch(/^250 /);
  expect(faults).toEqual([]);
});
