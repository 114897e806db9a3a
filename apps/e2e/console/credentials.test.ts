import { afterAll, expect, test } from 'vitest';
import { createCredential, open, signedInPage, signIn, submit, visit, wholeSystem } from '../src/index.ts';

const answers = { rcpt: () => '451 4.7.1 come back later' };
const { world, browser, page, faults, end } = await signedInPage(wholeSystem({ host: { answers } }), '/credentials');
await page.getByRole('heading', { name: 'Credentials' }).waitFor();
afterAll(end);

test('a leaked credential is stopped in one move: counted first, with a reason, its mail held and itself refused', async () => {
  const { user, password } = await createCredential(page, 'leaked');
  const sender = { gateway: world.gateway, user, password };
  for (const to of ['a@receiver.example', 'b@receiver.example']) await submit(sender, undefined, { to });
  await open(page, '/credentials/leaked');
  await page.getByText(/^2 recipients of its mail wait/).waitFor();
  await page.getByRole('button', { name: 'Stop a leak' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('2 recipients of its mail wait or are held.').waitFor();
  await dialog.getByLabel('Reason').fill('its secret is on a paste site');
  await dialog.getByRole('button', { name: 'Stop the leak, hold 2' }).click();
  await dialog.getByText('leaked is revoked; its sessions have ended').waitFor();
  await dialog.getByText('2 recipients were held.').waitFor();
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(submit(sender)).rejects.toThrow(/535/);

  await page.getByRole('link', { name: 'Its audit' }).click();
  const row = page.getByRole('row').filter({ hasText: 'credential: revoke' });
  await row.getByText('its secret is on a paste site').waitFor();
  expect(faults).toEqual([]);
});

test('a secret is rotated: both are good, it is seen which is used, and the old one is retired', async () => {
  const { user, password } = await createCredential(page, 'rotated');
  await open(page, '/credentials/rotated');
  await page.getByRole('button', { name: 'Rotate the secret' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Rotate it' }).click();
  await dialog.getByText('This is the only time').waitFor();
  const fresh = await dialog.locator('code').nth(1).innerText();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByText('replaced, still good').waitFor();
  const to = 'c@receiver.example';
  for (const secret of [password, fresh])
    expect((await submit({ gateway: world.gateway, user, password: secret }, undefined, { to })).reply).toMatch(/^250/);
  await page.getByRole('button', { name: 'Retire it now' }).last().click();
  await dialog.getByLabel('Reason').fill('everything has the new one');
  await dialog.getByRole('button', { name: 'Retire it' }).click();
  await page.getByText('retired', { exact: true }).waitFor();
  await expect(submit({ gateway: world.gateway, user, password }, undefined, { to })).rejects.toThrow(/535/);
  expect(faults).toEqual([]);
});

test('a limit is set, and what is used of it is seen', async () => {
  const { user, password } = await createCredential(page, 'limited');
  await open(page, '/credentials/limited');
  await page.getByText('Nothing is limited').waitFor();
  await page.getByRole('button', { name: 'Change the limits' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Messages an hour').fill('2');
  await dialog.getByRole('button', { name: 'Change them' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (const to of ['d@receiver.example', 'e@receiver.example'])
    await submit({ gateway: world.gateway, user, password }, undefined, { to });
  await open(page, '/credentials/limited');
  await page.getByText('Full: more is refused for now').waitFor();
  expect(faults).toEqual([]);
});

test('an auditor sees a credential and changes nothing; who makes credentials sees no messages', async () => {
  const role = async (name: string, email: string) => {
    const made = await page.evaluate(
      async ([mail, word]) => {
        const headers = { 'content-type': 'application/json' };
        const body = JSON.stringify({ email: mail, name: 'Bea', role: word });
        return (await fetch('/api/v1/accounts', { method: 'POST', headers, body })).json() as Promise<unknown>;
      },
      [email, name],
    );
    const other = await visit(browser, world.url);
    await open(other.page, '/credentials/limited');
    await signIn(other.page, { email, password: passwordOf(made) });
    await other.page.getByRole('heading', { name: 'limited' }).waitFor();
    return other.page;
  };
  const commands = /^(Create|Change|Rotate|Bind|Disable|Revoke|Stop|List|Remove|Suppress|Add|Suspend)/;
  const auditor = await role('auditor', 'auditor@lab.example');
  for (const path of ['/credentials/limited', '/credentials', '/networks', '/suppressions', '/messages']) {
    await auditor.goto(path);
    await auditor.locator('main h1').first().waitFor();
    expect(await auditor.locator('main').getByRole('button', { name: commands }).count(), path).toBe(0);
  }
  const maker = await role('credentials', 'maker@lab.example');
  await maker.getByRole('button', { name: 'Rotate the secret' }).waitFor();
  expect(await maker.getByText('Recent mail').count()).toBe(0);
  const words = await maker.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
  expect(words).not.toContain('Messages');
  expect(words).toContain('Credentials');
});

function passwordOf(made: unknown): string {
  const password: unknown = typeof made === 'object' && made !== null && 'password' in made ? made.password : undefined;
  if (typeof password !== 'string') throw new Error(`no account: ${JSON.stringify(made)}`);
  return password;
}
