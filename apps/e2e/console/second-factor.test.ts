import { createHmac } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, signIn, visit, withBrowser } from '../src/index.ts';

const { world, browser, end } = await withBrowser(consoleWorld());
afterAll(end);

test('a person adds an authenticator app, signs in with it, and an invited one makes their account', async () => {
  const { page, faults } = await visit(browser, world.url);
  await open(page, '/account');
  await signIn(page, world.account);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByLabel('Your password').fill(world.account.password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('img', { name: /picture that the app scans/ }).waitFor();
  const secret = (await page.getByRole('dialog').locator('code').first().textContent()) ?? '';
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, 0));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Keep your recovery codes').waitFor();
  const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'New recovery codes' }).waitFor();

  await open(page, '/accounts');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('E-mail address').fill('eve@lab.example');
  await page.getByRole('dialog').getByLabel('Name').fill('Eve');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = (await page.getByRole('dialog').locator('code').nth(1).textContent()) ?? '';
  expect(link).toMatch(new RegExp(`^${world.url}/invitation#\\w{32}$`));
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('list', { name: 'Invitations' }).getByText('eve@lab.example').waitFor();
  expect(faults).toEqual([]);

  const eve = await visit(browser, world.url);
  await eve.page.goto(link);
  await eve.page.getByLabel('Password').fill('a password of her own');
  await eve.page.getByRole('button', { name: 'Make the account' }).click();
  await eve.page.getByText('Your account is made').waitFor();
  expect(eve.faults).toEqual([]);

  const again = await visit(browser, world.url);
  await open(again.page, '/sign-in');
  await again.page.getByLabel('E-mail address').fill(world.account.email);
  await again.page.getByLabel('Password').fill(world.account.password);
  await again.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await again.page.getByLabel('Code').fill('000000');
  await again.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await again.page.getByText('That code does not sign in').waitFor();
  await again.page.getByLabel('Code').fill(codes[0] ?? '');
  await again.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await again.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  expect(again.faults).toEqual([]);
});

test('the header that the framework once took for its own shows no page, and there are no source maps', async () => {
  const headers = { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy', rsc: '1', 'next-action': 'x' };
  for (const path of ['/accounts', '/credentials', '/audit', '/account']) {
    const answer = await fetch(`${world.url}${path}`, { headers, redirect: 'manual' });
    expect(await answer.text(), path).not.toContain(world.account.email);
  }
  const page = await (await fetch(`${world.url}/sign-in`)).text();
  const scripts = [...page.matchAll(/src="(\/_next\/[^"]+\.js[^"]*)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  for (const path of scripts) {
    expect(await (await fetch(`${world.url}${path}`)).text(), path).not.toMatch(/sourceMappingURL/);
    expect((await fetch(`${world.url}${path.split('?')[0]}.map`)).status, path).toBe(404);
  }
});

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an authenticator app shows (RFC 6238), so many half minutes from now. */
function codeOf(secret: string, stepsAway: number): string {
  const bits = [...secret].map((each) => BASE32.indexOf(each).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAway));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
