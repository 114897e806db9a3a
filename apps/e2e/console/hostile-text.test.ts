import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCredential, openBrowser, signIn, submit, visit, type WholeSystem, wholeSystem } from '../src/index.ts';

const SCRIPT = '<script>alert("x")</script>';
const IMAGE = '<img src=x onerror=alert(1)>';

let world: WholeSystem;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([wholeSystem(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test('a subject, a sender, a name and a reply that would act are text on every page', async () => {
  const { page, faults } = await visit(browser, world.url);
  await page.goto('/queues');
  await signIn(page, world.account);
  await page.getByText('Live', { exact: true }).waitFor();
  const credential = await createCredential(page, 'app1');
  world.internet.host.answer({ rcpt: () => `451 4.7.1 ${SCRIPT}${IMAGE}` });
  await submit(
    { gateway: world.gateway, ...credential },
    [
      `From: "${IMAGE}" <app@lab.example>`,
      'To: someone@receiver.example',
      `Subject: ${SCRIPT} javascript:alert(2) {{7*7}} \u202Efdp.exe`,
      'Message-ID: <"onmouseover=alert(3)@lab.example>',
      '',
      'Hello',
      '',
    ].join('\r\n'),
  );

  await page.getByRole('row').filter({ hasText: SCRIPT }).waitFor();
  await page.goto('/');
  await page.getByText(IMAGE).first().waitFor();
  await page.goto('/messages');
  await page.getByRole('link', { name: SCRIPT }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await heading.filter({ hasText: SCRIPT }).waitFor();
  expect(await heading.innerText()).toContain(String.raw`{{7*7}} \u{202e}fdp.exe`);
  await page.getByText(`451 4.7.1 ${SCRIPT}${IMAGE}`).waitFor();
  await page.getByText(IMAGE).first().waitFor();
  expect(await page.locator('img, main script[src], iframe').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('a name that would act is refused in words, and shown as it was written', async () => {
  const { page, faults } = await visit(browser, world.url);
  await page.goto('/credentials?new=1');
  await signIn(page, world.account);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`${IMAGE}'$(id)`);
  await dialog.getByLabel('May send as').fill('@lab.example');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await dialog.getByText('1 to 64 letters').waitFor();
  expect(await dialog.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('img').count()).toBe(0);
  expect(faults).toEqual([]);
});
