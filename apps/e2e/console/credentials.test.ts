import type { Locator, Page } from 'playwright-core';
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
  const secrets = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Secrets', exact: true }) });
  await secrets.getByText('revoked', { exact: true }).waitFor();
  await secrets.getByRole('button').waitFor({ state: 'detached' });

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

test('new mail is held at rates that are set in the form, and a threshold beyond the critical one is refused at its field', async () => {
  await createCredential(page, 'judged');
  await open(page, '/credentials/judged');
  const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Bounces and suppression' }) });
  await panel.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New mail is held').selectOption('critical');
  await dialog.getByLabel('Bounces: warning at, in percent').fill('30');
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await dialog.getByText('Expected no more than what is critical').waitFor();
  await dialog.getByLabel('Bounces: critical at, in percent').fill('40');
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await panel.getByText('warning at 30%, critical at 40%').waitFor();
  await panel.getByText('only when it is critical').waitFor();
  expect(faults).toEqual([]);
});

test('an auditor sees a credential and changes nothing; who makes credentials sees no messages', async () => {
  const commands = /^(Create|Change|Rotate|Bind|Disable|Revoke|Stop|List|Remove|Suppress|Add|Suspend)/;
  const auditor = await somebody('auditor', 'auditor@lab.example');
  for (const path of ['/credentials/limited', '/credentials', '/networks', '/suppressions', '/messages']) {
    await auditor.goto(path);
    await auditor.locator('main h1').first().waitFor();
    expect(await auditor.locator('main').getByRole('button', { name: commands }).count(), path).toBe(0);
  }
  const maker = await somebody('credentials', 'maker@lab.example');
  await maker.getByRole('button', { name: 'Rotate the secret' }).waitFor();
  expect(await maker.getByText('Recent mail').count()).toBe(0);
  const words = await maker.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
  expect(words).not.toContain('Messages');
  expect(words).toContain('Credentials');
});

test('two who change one credential: the second sees what the first did, loses nothing, and decides', async () => {
  await createCredential(page, 'shared');
  const ben = await anotherOwner();
  const dialogOf = async (who: Page, button: string) => {
    await open(who, '/credentials/shared');
    await who.getByRole('button', { name: button, exact: true }).first().click();
    await who.getByRole('dialog').getByLabel('Reason').waitFor();
    return who.getByRole('dialog');
  };
  const change = async (dialog: Locator, fields: Readonly<Record<string, string>>, verb: string) => {
    for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(text);
    await dialog.getByRole('button', { name: verb }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const mine = await dialogOf(page, 'Change');
  await mine.getByLabel('Owner').fill('the web team');
  await change(await dialogOf(ben, 'Change'), { 'May send as': '@two.example', Note: 'ours' }, 'Change it');
  await mine.getByRole('button', { name: 'Change it' }).click();
  const notice = mine.getByRole('status').filter({ hasText: 'It was changed while you were at it' });
  await notice.getByText('ben@lab.example').waitFor();
  await notice.getByText('@two.example').waitFor();
  expect(await mine.getByLabel('Owner').inputValue()).toBe('the web team');
  expect(await mine.getByLabel('May send as').inputValue()).toBe('@two.example');
  await change(mine, {}, 'Change it');
  await page.getByText('the web team').waitFor();
  await page.getByText('@two.example').waitFor();

  // Both wrote into one field: it is told, and what is there now is taken at a click.
  const again = await dialogOf(page, 'Change');
  await again.getByLabel('Note').fill('mine');
  await change(await dialogOf(ben, 'Change'), { Note: 'yours' }, 'Change it');
  await again.getByRole('button', { name: 'Change it' }).click();
  await again.getByText('You wrote something else here').waitFor();
  expect(await again.getByLabel('Note').inputValue()).toBe('mine');
  await again.getByRole('button', { name: 'Take what is there now' }).click();
  await again.getByText('You wrote something else here').waitFor({ state: 'detached' });
  await expect.poll(() => again.getByLabel('Note').inputValue()).toBe('yours');

  // What was changed beside the form is in nobody's way.
  await change(await dialogOf(ben, 'Change the limits'), { 'Messages an hour': '7' }, 'Change them');
  await change(again, { Note: 'mine after all' }, 'Change it');
  await page.getByText('mine after all').waitFor();
  expect(faults).toEqual([]);
});

test('what another operator adds appears on the list by itself; a source is changed with a reason', async () => {
  const ben = await anotherOwner();
  await open(page, '/routes');
  await page.getByText('No routes: mail goes to the recipients').waitFor();
  await open(ben, '/routes');
  await ben.getByRole('button', { name: 'Add a route' }).click();
  const form = ben.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('partner');
  await form.getByLabel('Smarthost', { exact: true }).fill('relay.partner.example');
  await form.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('link', { name: 'partner' }).click();
  await page.getByText('No credential and no listed network names it').waitFor();

  await open(ben, '/sources');
  await ben.getByRole('button', { name: 'Add a source' }).click();
  await form.getByLabel('Name', { exact: true }).fill('out1');
  await form.getByLabel('Addresses').fill('127.0.0.1');
  await form.getByLabel('Name in EHLO').fill('out1.lab.example');
  await form.getByRole('button', { name: 'Add it' }).click();
  await ben.getByRole('button', { name: 'Commands for the source out1' }).click();
  await ben.getByRole('menuitem', { name: 'Change' }).click();
  await form.getByLabel('Weight').fill('3');
  await form.getByLabel('Reason').fill('a faster line');
  await form.getByRole('button', { name: 'Change it' }).click();
  await form.waitFor({ state: 'detached' });
  await ben.getByRole('row').filter({ hasText: 'out1' }).getByText('3', { exact: true }).waitFor();
  await open(ben, '/audit?action=source');
  await ben.getByText('a faster line').waitFor();
  expect(faults).toEqual([]);
});

/** Signs in once for all tests that need a second person. */
let owner: Promise<Page> | undefined;
const anotherOwner = () => (owner ??= somebody('owner', 'ben@lab.example'));

async function somebody(role: string, email: string) {
  const path = '/credentials/limited';
  const made = await page.evaluate(
    async ([mail, word]) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ email: mail, name: 'Bea', role: word });
      return (await fetch('/api/v1/accounts', { method: 'POST', headers, body })).json() as Promise<unknown>;
    },
    [email, role],
  );
  const other = await visit(browser, world.url);
  await open(other.page, path);
  await signIn(other.page, { email, password: passwordOf(made) });
  await other.page.getByRole('heading', { name: 'limited' }).waitFor();
  return other.page;
}

function passwordOf(made: unknown): string {
  const password: unknown = typeof made === 'object' && made !== null && 'password' in made ? made.password : undefined;
  if (typeof password !== 'string') throw new Error(`no account: ${JSON.stringify(made)}`);
  return password;
}
