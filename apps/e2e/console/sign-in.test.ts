import { afterAll, describe, expect, test } from 'vitest';
import { consoleWorld, open, signIn, visit, withBrowser } from '../src/index.ts';

const { world, browser, end } = await withBrowser(consoleWorld());
afterAll(end);

test('the first account signs in and comes to the page that was asked for', async () => {
  const { page, faults } = await visit(browser, world.url);
  await open(page, '/messages?q=state%3Adeferred');
  await page.waitForURL('**/sign-in?return=*');
  await signIn(page, world.account);
  await page.waitForURL('**/messages?q=state%3Adeferred');
  await page.getByText('Live', { exact: true }).waitFor();
  expect(faults).toEqual([]);
});

test('a wrong password and an unknown address are refused with the same words', async () => {
  const { page } = await visit(browser, world.url);
  const words = [];
  for (const email of [world.account.email, 'nobody@lab.example']) {
    await open(page, '/sign-in');
    await signIn(page, { email, password: 'not this one' });
    words.push(await page.getByRole('alert').filter({ hasText: 'wrong' }).innerText());
  }
  expect(words[0]).toContain('E-mail address or password is wrong');
  expect(words[1]).toBe(words[0]);
});

test.each(['//example.com/', 'https://example.com/', '/\\example.com', 'javascript:alert(1)'])(
  'a way back that leads to another site leads to the front page: %s',
  async (elsewhere) => {
    const { page, faults } = await visit(browser, world.url);
    await open(page, `/sign-in?return=${encodeURIComponent(elsewhere)}`);
    await signIn(page, world.account);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(page.url()).toBe(`${world.url}/`);
    expect(faults).toEqual([]);
  },
);

test('signing out ends the session on the server too: the cookie from before opens nothing', async () => {
  const { page } = await visit(browser, world.url);
  await open(page, '/sign-in');
  await signIn(page, world.account);
  await page.getByText('Live', { exact: true }).waitFor();
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const ask = () => fetch(`${world.url}/api/v1/session`, { headers: { cookie } });
  expect((await ask()).status).toBe(200);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  expect((await ask()).status).toBe(401);
  expect(
    (await fetch(`${world.url}/queues`, { headers: { cookie }, redirect: 'manual' })).headers.get('location'),
  ).toBe('/sign-in?return=%2Fqueues');
});

test('the cookie of a session is out of reach of scripts and of other sites', async () => {
  const { page } = await visit(browser, world.url);
  await open(page, '/sign-in');
  await signIn(page, world.account);
  await page.getByText('Live', { exact: true }).waitFor();
  const session = (await page.context().cookies()).filter(
    ({ name }) => !['postern_zone', 'postern_theme'].includes(name),
  );
  expect(session.length).toBeGreaterThan(0);
  for (const cookie of session)
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: expect.stringMatching(/Lax|Strict/) });
});

describe.each(['/', '/queues', '/queues/1', '/messages', '/credentials'])('without a session %s', (path) => {
  test('leads to the sign-in page', async () => {
    const answer = await fetch(`${world.url}${path}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([307, '/sign-in']);
  });

  test.each([
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' },
    { 'x-postern-path': '/sign-in' },
    { rsc: '1' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { rsc: '1', 'next-router-segment-prefetch': '/_full' },
    { cookie: 'postern.session=x' },
  ])('shows nothing, whatever headers are sent: %j', async (headers) => {
    const text = await (await fetch(`${world.url}${path}`, { headers })).text();
    expect(text).not.toMatch(/nextCursor|acceptedAt|senderRules|"accepted"|permissions/);
  });
});
