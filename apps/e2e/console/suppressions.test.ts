import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, signedInPage } from '../src/index.ts';

const { world, page, faults, end } = await signedInPage(consoleWorld(), '/suppressions');
afterAll(end);

test('an address is suppressed by hand, found, and lifted', async () => {
  await page.getByText('Nobody is suppressed').waitFor();
  await page.getByRole('button', { name: 'Suppress an address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill('Gone@Example.com');
  await dialog.getByLabel('Reason').fill('she has asked for it');
  await dialog.getByRole('button', { name: 'Suppress it' }).click();
  const row = page.getByRole('row').filter({ hasText: /gone@example.com/i });
  await row.getByText('she has asked for it').waitFor();
  await page.getByRole('searchbox', { name: 'Addresses that contain' }).fill('nobody-else');
  await page.keyboard.press('Enter');
  await page.getByText('No suppression is like that').waitFor();
  await page.getByRole('searchbox', { name: 'Addresses that contain' }).fill('gone');
  await page.keyboard.press('Enter');
  await row.getByRole('button', { name: 'Lift' }).click();
  await dialog.getByRole('button', { name: 'Lift it' }).click();
  await page.getByText('No suppression is like that').waitFor();
  expect(faults).toEqual([]);
});

test('an event is seen, and leaves the list once it is resolved', async () => {
  await open(page, '/events');
  await page.getByText('Nothing needs you').waitFor();
  await world.store.pool.query(
    "insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts) values ('credential.departure', 'warning', 'credential', 'x', 'app1', 'sends ten times its usual', '{}')",
  );
  await open(page, '/events');
  await page.getByText('sends ten times its usual').waitFor();
  await page.getByRole('button', { name: /^Resolve/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
  await page.getByText('Nothing needs you').waitFor();
  await page.getByLabel('Which events').selectOption('resolved');
  await page.getByText('sends ten times its usual').waitFor();
  expect(faults).toEqual([]);
});
