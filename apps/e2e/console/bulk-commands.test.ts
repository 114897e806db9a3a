import { afterAll, expect, test } from 'vitest';
import { createCredential, open, signIn, submit, visit, wholeSystem, withBrowser } from '../src/index.ts';

const answers = { rcpt: () => '451 4.7.1 come back later' };
const { world, browser, end } = await withBrowser(wholeSystem({ host: { answers } }));
afterAll(end);

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

test('a blocked site is drained through another route', async () => {
  const { page, faults } = await visit(browser, world.url);
  await open(page, '/routes');
  await signIn(page, world.account);
  await page.getByRole('button', { name: 'Add a route' }).click();
  await page.getByLabel('Name', { exact: true }).fill('aside');
  await page.getByLabel('Its mail goes').selectOption('discard');
  await page.getByLabel('Recipient domains that it takes').fill('elsewhere.example');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('link', { name: 'aside' }).waitFor();

  const { user, password } = await createCredential(page, 'app2');
  await submit({ gateway: world.gateway, user, password }, undefined, { to: 'd@receiver.example' });
  await open(page, '/queues');
  const queue = page.getByRole('row').filter({ hasText: 'come back later' });
  await queue.getByText('deferred', { exact: true }).waitFor();
  await queue.getByRole('link').click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Reroute what waits' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Through').selectOption('aside');
  await dialog.getByLabel('Reason').fill('they block us');
  await dialog.getByRole('button', { name: 'Reroute' }).click();
  await dialog.getByText(/Done: \d+ of \d+ recipients/).waitFor();
  // The dialog that shows the end stood in for the form: the keyboard is back where the form was opened.
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().press('Enter');
  await page.locator('button:focus').filter({ hasText: 'More' }).waitFor();
  await open(page, '/messages?q=to:d@receiver.example');
  await page.getByRole('row').getByText('delivered').waitFor();
  expect(faults).toEqual([]);
});
