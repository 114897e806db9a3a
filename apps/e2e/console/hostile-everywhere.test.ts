import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { consoleWorld, HOSTILE, hostileStore, signedInPage, visit } from '../src/index.ts';

const APP = join(import.meta.dirname, '../../console/app');
/** In this order: the first mail's page has its domain checked anew. */
const PAGES = globSync('**/page.tsx', { cwd: APP })
  .map((file) => `/${file.replace(/\/?page\.tsx$/, '')}`.replace(/\/\([^)]*\)/, '') || '/')
  .sort();

const { world, page, faults, browser, end } = await signedInPage(consoleWorld(), '/account', {
  userAgent: HOSTILE.slice(0, -1),
});
await page.getByText('Live', { exact: true }).waitFor();
const mail = await hostileStore(world.store, page);
afterAll(end);

/** One thing of each page that shows one. */
const THINGS: Readonly<Record<string, string>> = {
  '/messages/[id]': mail.id,
  '/queues/[id]': String(mail.queueId),
  '/credentials/[credential]': 'app1',
  '/networks/[network]': encodeURIComponent('10.1.0.0/16'),
  '/domains/[domain]': 'lab.example',
  '/routes/[route]': 'upstream',
  '/bounces/rules/versions/[version]': '99',
};
/** Pages on which nothing from outside stands, as they are first seen. */
const SILENT = [
  '/sign-in',
  '/unknown',
  '/invitation',
  '/first-mail',
  '/settings',
  '/readiness',
  '/sources',
  '/domains',

  '/bounces/rules',
  '/bounces',
  '/routes',
];

/** What pages look for in their addresses. */
const QUESTIONS = 'q domain domains name contains actor subject class return view cursor query state by'.split(' ');

/** Elements that only what we were told could have brought. */
const ACTS =
  '.planted, img, main iframe:not([sandbox]), main script, a[href^="javascript:" i], [onerror], [onmouseover]';

test.each(PAGES)('on %s what would act is text, under a policy that lets no script in', async (shape) => {
  const thing = THINGS[shape];
  if (/\[/.test(shape)) expect(thing, `a thing for ${shape}`).toBeDefined();
  const path = shape.replace(/\[\w+\]/, thing ?? '');
  const answer = await page.goto(path);
  const policy = (await answer?.allHeaders())?.['content-security-policy'] ?? '';
  expect(policy).toMatch(/default-src 'none'; script-src 'nonce-[\w+/=]{24}' 'strict-dynamic'; /);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  await page.locator('main h1').first().waitFor();
  if (!SILENT.includes(shape)) await page.getByText('<b class="planted">').first().waitFor({ state: 'attached' });
  expect(await page.locator(ACTS).count()).toBe(0);
  expect(faults).toEqual([]);
  // What stands in the address is no part of the page either.
  const asked = new URLSearchParams(Object.fromEntries(QUESTIONS.map((name) => [name, HOSTILE])));
  const html = await (await page.request.get(`${path}?${asked.toString()}`)).text();
  // What is not found is written by the browser.
  expect(html).toContain(shape === '/unknown' ? '__next_error__' : '<h1');
  expect(html).not.toMatch(/<(?:b class="planted"|img|script>alert)/);
});

test('an invitation shows the name that it was made with as text', async () => {
  const token = await page.evaluate<string>(async () => {
    const body = JSON.stringify({ email: 'two@lab.example', name: 'two', role: 'auditor' });
    const answer = await fetch('/api/v1/invitations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { token } = (await answer.json()) as { readonly token: string };
    return token;
  });
  await world.store.pool.query('update invitations set name = $1', [HOSTILE]);
  const guest = await visit(browser, world.url);
  await guest.page.goto(`/invitation#${token}`);
  expect(await guest.page.getByLabel('Your name').inputValue()).toBe(HOSTILE);
  expect(await guest.page.locator(ACTS).count()).toBe(0);
  expect(guest.faults).toEqual([]);
});

test('no cell of any file for spreadsheets is a formula', async () => {
  for (const list of ['messages', 'bounces', 'suppressions', 'events', 'audit']) {
    const text = await (await page.request.get(`/api/v1/${list}.csv`)).text();
    expect(text, list).toContain("'=cmd|");
    expect(text, list).not.toMatch(/(?:^|[,;\t\n])"?[=+@-]/);
  }
});
