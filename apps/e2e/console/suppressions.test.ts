import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, signedInPage, storeMail } from '../src/index.ts';

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

test('a list is sorted by its headings, and the address of the page keeps it', async () => {
  await world.store.pool.query(
    `insert into suppressions (id, address, scope, class, source, evidence, created_by)
     select ('01890000-0000-7000-8000-00000000000' || n)::uuid, substr('bca', n, 1) || '@order.example', '*', 'manual', 'manual', '', 'tests'
     from generate_series(1, 3) n`,
  );
  const shown = async () =>
    (await page.locator('tbody tr td:first-child').allInnerTexts()).map((text) => text.slice(0, 1));
  await open(page, '/suppressions?contains=order.example');
  expect(await shown()).toEqual(['a', 'c', 'b']);
  await page.getByRole('columnheader', { name: 'Address' }).getByRole('link').click();
  await page.waitForURL('**/suppressions?contains=order.example&sort=address&order=ascending');
  await page.locator('th[aria-sort=ascending]').waitFor();
  expect(await shown()).toEqual(['a', 'b', 'c']);
  await open(page, '/suppressions?contains=order.example&sort=address&order=descending&limit=2');
  expect(await shown()).toEqual(['c', 'b']);
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('link', { name: 'First page' }).waitFor();
  expect(await shown()).toEqual(['a']);
  const file = await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '');
  const rows = (await file.text()).split('\r\n').slice(1, -1);
  expect(rows.map((row) => row.slice(0, 1))).toEqual(['c', 'b', 'a']);
  expect(faults).toEqual([]);
});

test('older rules are looked at, set against those that count, and brought back', async () => {
  for (const rules of [
    '[{"id": "mine", "class": "policy", "codes": ["5"]}]',
    '[{"id": "other", "class": "policy", "codes": ["4"]}]',
  ])
    await world.store.pool.query(
      `insert into bounce_rule_sets (version, rules, created_by, activated_at)
       select coalesce(max(version), 1) + 1, $1::jsonb, 'ada@lab.example', clock_timestamp() from bounce_rule_sets`,
      [rules],
    );
  await open(page, '/bounces');
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('link', { name: 'Versions' }).click();
  await page.getByRole('link', { name: 'Version 2' }).click();
  await page.getByText('1 rule only in this version').waitFor();
  await page.getByRole('button', { name: 'Classify by these again' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('the newer ones were wrong');
  await dialog.getByRole('button', { name: 'Classify by these again' }).click();
  await page.getByText('Version 4').waitFor();
  await page.getByLabel('Rules in their order').getByText('mine').waitFor();
  expect(faults).toEqual([]);
});

test('what came back by mail is listed with what came of it', async () => {
  await open(page, '/bounces/returned');
  await page.getByText('Nothing came back yet').waitFor();
  const { id } = await storeMail(world.store, { to: ['later@receiver.example'] });
  await world.store.pool.query(
    `insert into returned_reports (id, received_at, message_id, number, kind, action, status, diagnostic, class, client_address, effect)
     values (gen_random_uuid(), now(), $1, 1, 'dsn', 'failed', '5.1.1', 'smtp; 550 <b>gone</b>', 'recipient_unknown', '192.0.2.9', 'suppressed')`,
    [id],
  );
  await open(page, '/bounces/returned?effect=suppressed');
  const row = page.getByRole('row').filter({ hasText: 'later@receiver.example' });
  await row.getByText('smtp; 550 <b>gone</b>').waitFor();
  await row.getByText('suppressed').waitFor();
  expect(await row.getByRole('link', { name: 'later@receiver.example' }).getAttribute('href')).toBe(`/messages/${id}`);
  expect(faults).toEqual([]);
});

test('an event is seen, and leaves the list once it is resolved', async () => {
  // A busy machine raises events of its own.
  await open(page, '/events?kind=credential');
  await page.getByText('No event is like that').waitFor();
  await world.store.pool.query(
    "insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts) values ('credential.departure', 'warning', 'credential', 'x', 'app1', 'sends ten times its usual', '{}')",
  );
  await open(page, '/events?kind=credential');
  await page.getByText('sends ten times its usual').waitFor();
  await page.getByRole('button', { name: /^Resolve/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
  await page.getByText('No event is like that').waitFor();
  await page.getByLabel('Which events').selectOption('resolved');
  await page.getByText('sends ten times its usual').waitFor();
  expect(faults).toEqual([]);
});
