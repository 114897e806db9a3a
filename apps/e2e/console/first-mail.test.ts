import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { open, signIn, visit, wholeSystem, withBrowser } from '../src/index.ts';

const { world, browser, end } = await withBrowser(wholeSystem());
afterAll(end);

test('from the first page to a delivered mail: a credential is made, the command shown with it sends a mail, and it is seen to arrive', async () => {
  const { page, faults } = await visit(browser, world.url);
  await open(page, '/messages');
  await signIn(page, world.account);
  await page.getByText('No mail has come in yet').filter({ visible: true }).first().waitFor();
  await page.getByRole('link', { name: 'Create a credential' }).click();

  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('app1');
  await dialog.getByLabel('May send as').fill('nobody');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'May send as' }).and(page.locator('[aria-invalid]')).waitFor();
  await dialog.getByLabel('May send as').fill('@lab.example');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('app1 is ready').waitFor();
  const secret = await page.getByRole('dialog').locator('code').nth(1).innerText();
  const command = await page.getByRole('group', { name: 'settings for curl' }).innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('row').filter({ hasText: 'app1' }).getByText('active').waitFor();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole('link', { name: 'Messages' }).click();
  await page.waitForURL('**/messages');
  await page.getByText('No mail has come in yet').filter({ visible: true }).first().waitFor();
  await run(command);
  await world.internet.host.waitForCount(1, 20_000);
  await page.getByRole('button', { name: '1 new message' }).click();
  const row = page.getByRole('row').filter({ hasText: 'A first mail' });
  await row.getByText('delivered').waitFor();
  await row.getByRole('link', { name: 'A first mail' }).click();
  await page.getByRole('heading', { name: 'A first mail' }).waitFor();
  const attempt = page.getByRole('article');
  await attempt.getByText('mx.receiver.example').waitFor();
  await attempt.getByText('The remote host said').waitFor();
  expect(await attempt.locator('code').innerText()).toMatch(/^250 /);
  expect(faults).toEqual([]);
});

test('a new operator is walked from nothing to a mail that is delivered, signed and aligned, and finds the way again later', async () => {
  const { page, faults } = await visit(browser, world.url);
  await open(page, '/first-mail');
  await signIn(page, world.account);
  await page.getByText('Step 1, next').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Add a domain' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Domain', { exact: true }).fill('first.example');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await page.waitForURL('**/first-mail?domain=first.example');
  await page.getByText('There is no record at').first().waitFor();
  await page.getByRole('tab', { name: 'Zone file' }).click();
  const zone = await page.getByRole('group', { name: 'the zone file' }).innerText();
  for (const line of zone.split('\n')) if (!line.startsWith(';') && line !== '') world.internet.zone.add(line);
  await page.getByRole('button', { name: 'Look now' }).click();
  await page.getByText('The world sees them.').waitFor();

  await page.getByRole('button', { name: /^Create a/ }).click();
  await dialog.getByLabel('Name').fill('shop');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  const command = await page.getByRole('group', { name: 'the command' }).innerText();
  expect(command).toContain('hello@first.example');
  await page.getByText('Nothing was sent as this domain yet').waitFor();
  await run(command);
  await page.getByText('this is how mail should leave').waitFor();

  await page.reload();
  await page.getByText('this is how mail should leave').first().waitFor();
  expect(await page.getByText(/^Step \d, done$/).count()).toBe(5);
  expect(faults).toEqual([]);
});

/** Runs the command as it is shown, with the port and the recipient of the lab. */
async function run(command: string): Promise<void> {
  const inLab = command
    .replace(':2587', `:${world.gateway.ports.submission}`)
    .replaceAll('someone@example.com', 'someone@receiver.example');
  await promisify(execFile)('bash', ['-c', inLab]);
}
