import { afterAll, expect, test } from 'vitest';
import { consoleWorld, createCredential, open, signedInPage } from '../src/index.ts';

const { world, page, faults, end } = await signedInPage(consoleWorld(), '/networks');
afterAll(end);

test('a network is listed from the empty page, refused when it is none, and removed', async () => {
  await page.getByText('No network is listed').waitFor();
  await page.getByRole('button', { name: 'List a network' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Network').fill('10.0.0.1/8');
  await dialog.getByRole('button', { name: 'List it' }).click();
  await dialog.locator('[aria-invalid=true]').waitFor();
  await dialog.getByLabel('Network').fill('10.1.0.0/16');
  await dialog.getByLabel('Its hosts may send as').fill('@printers.example.org');
  await dialog.getByRole('button', { name: 'List it' }).click();
  const row = page.getByRole('row').filter({ hasText: '10.1.0.0/16' });
  await row.getByText('@printers.example.org').waitFor();
  await page.getByRole('button', { name: 'Commands for 10.1.0.0/16' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No network is listed').waitFor();
  expect(faults).toEqual([]);
});

test('the audit tells what was done, by whom and from where, and is narrowed to one thing', async () => {
  await createCredential(page, 'app1');
  await open(page, '/audit');
  const first = page.getByRole('row').nth(1);
  await first.getByText('credential: create').waitFor();
  expect(await first.innerText()).toContain(`${world.account.email} from 127.0.0.1`);
  await page.getByRole('row').filter({ hasText: 'network: remove' }).waitFor();
  await page.getByLabel('Noun').selectOption('network');
  await page.waitForURL('**/audit?action=network');
  await page.getByRole('row').filter({ hasText: 'credential: create' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('row').filter({ hasText: '10.1.0.0/16' }).count()).toBe(2);
  await page.getByRole('searchbox', { name: 'What was done to' }).fill('nothing of that name');
  await page.keyboard.press('Enter');
  await page.getByText('No entry is like that').waitFor();
  expect(faults).toEqual([]);
});
