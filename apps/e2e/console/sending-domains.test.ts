import { afterAll, expect, test } from 'vitest';
import { consoleWorld, signedInPage } from '../src/index.ts';

const { page, faults, end } = await signedInPage(consoleWorld(), '/domains');
afterAll(end);

test('a domain is added, its page shows the records to publish, its keys rotate, and it is removed', async () => {
  await page.getByText('No sending domain yet').waitFor();
  await page.getByRole('button', { name: 'Add a domain' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Domain', { exact: true }).fill('not a domain');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await dialog.locator('[aria-invalid=true]').waitFor();
  await dialog.getByLabel('Domain', { exact: true }).fill('lab.example');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await page.waitForURL('**/domains/lab.example');
  const keys = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Keys' }) });
  await keys.getByText('Ed25519').waitFor();
  expect(await keys.getByRole('listitem').count()).toBe(2);
  await page.getByText('v=DKIM1; k=ed25519').first().waitFor();
  // As the server writes it: no style of its own, which the content security policy would refuse.
  await page.reload();
  await page.getByText('v=DKIM1; k=ed25519').first().waitFor();
  await page.getByRole('tab', { name: 'One by one' }).press('ArrowRight');
  await page.getByRole('group', { name: 'the zone file' }).waitFor();
  await page.getByRole('tab', { name: 'Zone file' }).click();
  await page.getByRole('group', { name: 'the zone file' }).getByText('_domainkey').waitFor();

  await page.getByRole('button', { name: 'Rotate the keys' }).click();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await keys.getByText('waits until the world sees its record').first().waitFor();
  expect(await keys.getByRole('listitem').count()).toBe(4);

  await page.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No sending domain yet').waitFor();
  expect(faults).toEqual([]);
});
