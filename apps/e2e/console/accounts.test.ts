import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, signedInPage, signIn, visit } from '../src/index.ts';

const BEA = 'bea@lab.example';

const { world, browser, page, faults, end } = await signedInPage(consoleWorld(), '/accounts');
afterAll(end);

/** The value that a dialog shows this once, by its name. */
async function shownOnce(name: string): Promise<string> {
  const dialog = page.getByRole('dialog');
  const line = dialog.locator('div').filter({ has: page.getByText(name, { exact: true }) });
  const value = await line.locator('code').last().innerText();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  return value;
}

test('a colleague gets an account, signs in with the password shown once, sees what an auditor sees, and changes it', async () => {
  await page.getByRole('button', { name: 'Make an account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill(BEA);
  await dialog.getByLabel('Name').fill('Bea');
  await dialog.getByLabel('Role').selectOption('auditor');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await dialog.getByText('This is the only time').waitFor();
  const password = await shownOnce('Password');
  await page.getByRole('row').filter({ hasText: BEA }).getByText('auditor').waitFor();

  const other = await visit(browser, world.url);
  await open(other.page, '/credentials');
  await signIn(other.page, { email: BEA, password });
  await other.page.getByText('No credential yet').waitFor();
  expect(await other.page.getByRole('button', { name: 'Create a credential' }).count()).toBe(0);
  await other.page.getByRole('button', { name: 'Account', exact: true }).click();
  await other.page.getByRole('menuitem', { name: 'Change the password' }).click();
  const change = other.page.getByRole('dialog');
  await change.getByLabel('Password of now').fill('not this one');
  await change.getByLabel('New password').fill('a sentence of her own');
  await change.getByRole('button', { name: 'Change it' }).click();
  await change.getByText('That is not your password').waitFor();
  await change.getByLabel('Password of now').fill(password);
  await change.getByRole('button', { name: 'Change it' }).click();
  await change.getByText('Your password is changed').waitFor();
  expect([faults, other.faults]).toEqual([[], []]);
});

test('the only owner cannot be removed, and the console says why', async () => {
  await page.getByRole('button', { name: `Commands for ${world.account.email}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByText('is the only owner').waitFor();
  await dialog.getByRole('button', { name: 'Leave it' }).click();
});

test('a key is made for a program, works, and works no more once it is revoked', async () => {
  await open(page, '/api-keys');
  await page.getByText('No API key yet').waitFor();
  await page.getByRole('button', { name: 'Create an API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('monitoring');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await dialog.getByText('This is the only time').waitFor();
  const header = await shownOnce('Header');
  const ask = async () => {
    const authorization = header.replace('Authorization: ', '');
    return (await fetch(`${world.url}/api/v1/queues`, { headers: { authorization } })).status;
  };
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'Revoke monitoring' }).click();
  await dialog.getByLabel('Reason').fill('it is switched off');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('row').filter({ hasText: 'monitoring' }).getByText('revoked').waitFor();
  expect(await ask()).toBe(401);
  expect(faults).toEqual([]);
});

test('what somebody else makes stands in the lists of accounts, invitations and keys without a reload', async () => {
  const made = (path: string, body: object) =>
    page.evaluate(
      async ([to, text]) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(to, { method: 'POST', headers, body: text })).status;
      },
      [path, JSON.stringify(body)] as const,
    );
  await open(page, '/accounts');
  await page.evaluate(() => Object.assign(globalThis, { stayed: true }));
  expect(await made('/api/v1/accounts', { email: 'cy@lab.example', name: 'Cy', role: 'auditor' })).toBe(201);
  expect(await made('/api/v1/invitations', { email: 'di@lab.example', name: 'Di', role: 'auditor' })).toBe(201);
  await page.getByRole('row').filter({ hasText: 'cy@lab.example' }).waitFor();
  await page.getByRole('list', { name: 'Invitations' }).getByText('di@lab.example').waitFor();
  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  expect(await made('/api/v1/api-keys', { name: 'elsewhere', permissions: ['ledger:read'] })).toBe(201);
  await page.getByRole('row').filter({ hasText: 'elsewhere' }).waitFor();
  expect(await page.evaluate(() => 'stayed' in globalThis)).toBe(true);
});

test('invitations that are over are found by their state, and a filter that matches nothing leads back', async () => {
  await open(page, '/accounts');
  await page.getByRole('button', { name: 'Revoke the invitation of di@lab.example' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('No invitation is open.').waitFor();
  await page.getByLabel('Invitations in the state').selectOption('revoked');
  await page.waitForURL('**/accounts?invitations=revoked');
  await page.getByRole('list', { name: 'Invitations' }).getByText('di@lab.example').waitFor();
  await open(page, '/accounts?contains=nobody-at-all');
  await page.getByRole('link', { name: 'Show all accounts' }).click();
  await page.getByRole('row').filter({ hasText: world.account.email }).waitFor();
  expect(faults).toEqual([]);
});

test('listed networks are found by an address in them and stand in the order of their addresses, either way', async () => {
  await world.store.pool.query(
    `insert into listed_networks (id, cidr, sender_rules) select gen_random_uuid(), cidr, '{*}'
     from unnest('{10.0.0.0/8,9.0.0.0/8,2001:db8::/32}'::text[]) cidr`,
  );
  const shown = () => page.locator('tbody tr td:first-child').allInnerTexts();
  await open(page, '/networks');
  expect(await shown()).toEqual(['9.0.0.0/8', '10.0.0.0/8', '2001:db8::/32']);
  await page.getByRole('columnheader', { name: 'Network' }).getByRole('link').click();
  await page.waitForURL('**/networks?order=descending');
  await page.locator('th[aria-sort=descending]').waitFor();
  expect(await shown()).toEqual(['2001:db8::/32', '10.0.0.0/8', '9.0.0.0/8']);
  await page.getByRole('searchbox').fill('10.1.2.3');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/networks?order=descending&contains=10.1.2.3');
  await page.getByText('1 network shown').waitFor();
  expect(await shown()).toEqual(['10.0.0.0/8']);
  expect(faults).toEqual([]);
});
