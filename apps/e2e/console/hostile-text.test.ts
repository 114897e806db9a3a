import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, recordAttempt, signedInPage, storeMail } from '../src/index.ts';

const SCRIPT = '<script>alert("x")</script>';
const IMAGE = '<img src=x onerror=alert(1)>';

const world = await consoleWorld();
const mail = await storeMail(world.store, {
  site: `mx.${IMAGE}.example`,
  message: {
    reversePath: `"${IMAGE}"@lab.example`,
    headerFrom: `"${SCRIPT}" <app@lab.example>`,
    subject: `${SCRIPT} javascript:alert(2) {{7*7}} \u202Efdp.exe`,
    messageIdField: `<"onmouseover=alert(3)@lab.example>`,
    origin: {
      listener: 'submission',
      clientAddress: '127.0.0.1',
      clientName: IMAGE,
      credentialId: undefined,
      networkId: undefined,
      tls: undefined,
    },
  },
});
await recordAttempt(
  world.store,
  mail,
  { kind: 'deferred', dueAt: new Date(Date.now() + 300_000), maybeDelivered: false },
  {
    host: `mx.${IMAGE}.example`,
    policy: SCRIPT,
    reply: {
      from: 'remote',
      code: 451,
      enhanced: '4.7.1',
      text: `451-4.7.1 ${SCRIPT}\n451 4.7.1 ${IMAGE}\u001b[31m`,
    },
    tls: { protocol: 'TLSv1.3', cipher: SCRIPT, verified: false, certificate: `CN=${IMAGE}` },
  },
);
const { page, faults, end } = await signedInPage(world, '/queues');
await page.getByText('Live', { exact: true }).waitFor();
afterAll(end);

test.each(['/', '/queues', '/messages'])('on %s what would act is text', async (path) => {
  await open(page, path);
  await page
    .getByText(path === '/messages' ? SCRIPT : IMAGE)
    .first()
    .waitFor();
  expect(await acting(page)).toBe(0);
  expect(faults).toEqual([]);
});

test('on the page of its queue what would act is text', async () => {
  await open(page, `/queues/${mail.queueId}`);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: IMAGE }).waitFor();
  await page.getByText(`451-4.7.1 ${SCRIPT}`).filter({ visible: true }).first().waitFor();
  expect(await acting(page)).toBe(0);
  expect(faults).toEqual([]);
});

test('on the page of the message what would act is text, and what would hide shows', async () => {
  await open(page, `/messages/${mail.id}`);
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  expect(heading).toBe(String.raw`${SCRIPT} javascript:alert(2) {{7*7}} \u{202e}fdp.exe`);
  expect(await page.getByRole('article').locator('code').innerText()).toBe(
    String.raw`451-4.7.1 ${SCRIPT}` + '\n' + String.raw`451 4.7.1 ${IMAGE}\u{001b}[31m`,
  );
  for (const text of [`"${IMAGE}"@lab.example`, `"${SCRIPT}" <app@lab.example>`, `as ${IMAGE}`, `CN=${IMAGE}`])
    await page.getByText(text).first().waitFor();
  expect(await acting(page)).toBe(0);
  expect(faults).toEqual([]);
});

test('a name that would act is refused in words', async () => {
  await open(page, '/credentials?new=1');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`${IMAGE}'$(id)`);
  await dialog.getByLabel('May send as').fill('@lab.example');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await dialog.getByText('1 to 64 letters').waitFor();
  expect(await dialog.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
  expect(await acting(page)).toBe(0);
  expect(faults).toEqual([]);
});

/** How many elements there are that only a mail could have brought. */
function acting(shown: Page): Promise<number> {
  return shown.locator('img, iframe, main script, a[href^="javascript:"], [onerror], [onmouseover]').count();
}
