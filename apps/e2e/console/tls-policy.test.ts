import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleWorld, type ConsoleWorld, open, openBrowser, signIn, visit } from '../src/index.ts';

let world: ConsoleWorld;
let browser: Browser;
let page: Page;
let faults: readonly string[];
beforeAll(async () => {
  [world, browser] = await Promise.all([consoleWorld(), openBrowser()]);
  ({ page, faults } = await visit(browser, world.url));
  await open(page, '/tls-policy');
  await signIn(page, world.account);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test('a rule that an operator made is shown with its reason', async () => {
  await page.getByText('None: what a domain publishes counts').waitFor();
  const status = await page.evaluate(async () => {
    const body = { scope: 'domain', of: 'partner.example', channel: 'verified', reason: 'the contract says so' };
    const answer = await fetch('/api/v1/tls-rules', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.status;
  });
  expect(status).toBe(201);
  await open(page, '/tls-policy');
  const rule = page.getByRole('listitem').filter({ hasText: 'partner.example' });
  await rule.getByText('TLS with a certificate for its name').waitFor();
  await rule.getByText('the contract says so').waitFor();
});

test('a domain that has no mail hosts is explained as one that mail does not reach', async () => {
  await page.getByRole('searchbox', { name: 'Domain to explain' }).fill('nothing.invalid');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tls-policy?domain=nothing.invalid');
  const explained = page.getByRole('region', { name: 'TLS policy of nothing.invalid' });
  await explained.getByText('Where the demands come from').waitFor();
  await explained.getByText('its own mail hosts').waitFor();
  expect(faults).toEqual([]);
});
