import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createCredential,
  openBrowser,
  signIn,
  SOUND,
  submit,
  visit,
  type WholeSystem,
  wholeSystem,
} from '../src/index.ts';

const REPLY = '450 4.2.1 <someone@receiver.example>: greylisted, come back in 5 minutes';

let world: WholeSystem;
let browser: Browser;
let page: Page;
let faults: readonly string[];
beforeAll(async () => {
  [world, browser] = await Promise.all([wholeSystem(), openBrowser()]);
  ({ page, faults } = await visit(browser, world.url));
  await page.goto('/queues');
  await signIn(page, world.account);
  await page.getByText('Live', { exact: true }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test('why a mail is deferred: its queue comes up live with the reply, and leads to the message', async () => {
  world.internet.host.answer({ rcpt: () => REPLY });
  const credential = await createCredential(page, 'app1');
  await submit({ gateway: world.gateway, ...credential }, SOUND.replace('sound', 'wait for it'));

  const row = page.getByRole('row').filter({ hasText: 'mx.receiver.example' });
  await row.getByText('deferred').waitFor();
  await row.getByText('greylisted, come back').waitFor();
  await row.getByRole('link').click();
  await page.getByRole('heading', { name: 'mx.receiver.example' }).waitFor();
  await page.getByText(REPLY).waitFor();
  await page.getByRole('cell', { name: 'receiver.example' }).waitFor();

  await page.getByRole('link', { name: 'Show its messages' }).click();
  await page.getByRole('link', { name: 'wait for it' }).click();
  await page.getByText('Delivery attempts').waitFor();
  await page.getByText(REPLY).waitFor();
  await page.getByText('ended at RCPT').waitFor();
  expect(faults).toEqual([]);
});

test('a deferred mail is retried now, with a reason, and is seen to be delivered', async () => {
  world.internet.host.answer({});
  await page.getByRole('button', { name: 'Retry now' }).click();
  await page.getByLabel('Reason').fill('the partner has lifted its greylisting');
  await page.getByRole('dialog').getByRole('button', { name: 'Retry now' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('article').nth(1).waitFor();
  expect(await page.getByRole('article').first().innerText()).toContain('delivered');
  await page.getByRole('button', { name: 'Retry now' }).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('a search that is not understood is told in words, and the list comes back when it is mended', async () => {
  await page.goto('/messages');
  const search = page.getByRole('searchbox', { name: 'Search messages' });
  await search.fill('colour:red');
  await search.press('Enter');
  await page.getByText('This search is not understood').waitFor();
  await page.getByText(/no such term/).waitFor();
  await search.fill('to:@receiver.example state:delivered');
  await search.press('Enter');
  await page.getByRole('link', { name: 'wait for it' }).waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('to:@receiver.example state:delivered');
  expect(faults).toEqual([]);
});
