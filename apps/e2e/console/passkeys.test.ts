import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accessibilityFaults,
  consoleWorld,
  type ConsoleWorld,
  open,
  openBrowser,
  signIn,
  virtualPasskeys,
  visit,
} from '../src/index.ts';

let world: ConsoleWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([consoleWorld({ name: 'localhost' }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test('a person adds a passkey, signs in with it alone, and after its removal it signs in no longer', async () => {
  const { page, faults } = await visit(browser, world.url);
  await withoutAutofill(page);
  const device = await virtualPasskeys(page);
  await open(page, '/account');
  await signIn(page, world.account);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('The blue key');
  await dialog.getByLabel('Your password').fill('not this one');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByText('That is not your password').waitFor();
  expect(await device.count()).toBe(0);
  await dialog.getByLabel('Your password').fill(world.account.password);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  const line = page.getByRole('listitem').filter({ hasText: 'The blue key' });
  await line.getByText('not used yet').waitFor();
  expect(await device.count()).toBe(1);
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);

  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByLabel('Your password').fill(world.account.password);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByText('This device has a passkey of your account').waitFor();
  await dialog.getByRole('button', { name: 'Leave it' }).click();

  await signOut(page);
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
  const asked = page.waitForRequest((request) => request.url().endsWith('/api/v1/session/passkey'));
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  const proof = (await asked).postData() ?? '';
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const again = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/v1/session/passkey', { method: 'POST', headers, body })).status;
  }, proof);
  expect(again, 'the same proof a second time').toBe(401);

  await open(page, '/account');
  await line.getByText('last used').waitFor();
  await line.getByRole('button', { name: 'Remove the passkey The blue key' }).click();
  await dialog.getByLabel('Your password').fill(world.account.password);
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await line.waitFor({ state: 'detached' });
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('That passkey does not sign in').waitFor();
  await page.getByText('Sign in with your password, and add a passkey anew').waitFor();
  expect(faults).toEqual([]);
});

test('a passkey that the browser shows at the address field signs in without a button', async () => {
  const { page, faults } = await visit(browser, world.url);
  await virtualPasskeys(page);
  await open(page, '/account');
  await signIn(page, world.account);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(world.account.password);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('not used yet').waitFor();
  expect(await page.getByRole('listitem').filter({ hasText: 'Chrome on Linux' }).count()).toBe(2);
  await page.context().clearCookies();
  await page.goto('/messages');
  await page.getByRole('heading', { name: 'Messages' }).waitFor();
  expect(faults).toEqual([]);
});

test('under another address the pages say where passkeys work, and offer none', async () => {
  const { page, faults } = await visit(browser, world.url.replace('localhost', '127.0.0.1'));
  await open(page, '/sign-in?return=/account');
  await page.getByRole('link', { name: world.url }).waitFor();
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
  await signIn(page, world.account);
  await page.getByText('They are bound to the console’s name').waitFor();
  expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
  expect(faults).toEqual([]);
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
}

/** A browser that does not show passkeys at the address field. */
async function withoutAutofill(page: Page): Promise<void> {
  await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
}
