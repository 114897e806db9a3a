import { afterAll, expect, test } from 'vitest';
import {
  accessibilityFaults,
  consoleWorld,
  createCredential,
  recordAttempt,
  signedInPage,
  storeMail,
  usable,
} from '../src/index.ts';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

const { world, page, end } = await signedInPage(consoleWorld(), '/credentials', { viewport: WIDE });
await page.getByRole('button', { name: 'Create a credential' }).first().waitFor();
await fill();
afterAll(end);

test('no page has a fault that axe finds, in either theme, wide or narrow', { timeout: 240_000 }, async () => {
  const found: string[] = [];
  const seen = new Set<string>();
  const ahead = await links('nav[aria-label=Main]');
  expect(ahead.length).toBeGreaterThan(12);
  for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
    if (seen.has(shapeOf(path))) continue;
    seen.add(shapeOf(path));
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(path);
    await page.locator('main h1').first().waitFor();
    ahead.push(...(await links('main')));
    const looks = [
      [WIDE, 'light', 'everything'],
      [WIDE, 'dark', 'colours'],
      [NARROW, 'dark', 'everything'],
      [NARROW, 'light', 'colours'],
    ] as const;
    for (const [size, colorScheme, what] of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const faults = await accessibilityFaults(page, what);
      found.push(...faults.map((fault) => `${path} ${colorScheme} ${size.width}: ${fault}`));
    }
  }
  // Lists, one thing of each, and what lies below.
  expect([...seen]).toEqual(
    expect.arrayContaining(['/', '/messages/*', '/credentials/*', '/networks/*', '/domains/*']),
  );
  expect(found).toEqual([]);
});

/** What floats over a page is checked as well: a form, a menu, the palette, the sheet of shortcuts. */
test('neither has what opens over a page', async () => {
  const found: string[] = [];
  const check = async (what: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      found.push(...(await accessibilityFaults(page, 'floating')).map((fault) => `${what}: ${fault}`));
    }
    await page.keyboard.press('Escape');
  };
  await page.setViewportSize(WIDE);
  await page.goto('/credentials');
  await usable(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Go to a page/ }).fill('cred');
  await page.getByRole('option', { name: /^Credentials/ }).waitFor();
  await check('the palette');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await check('the sheet of shortcuts');
  await page.getByRole('button', { name: 'Create a credential' }).click();
  await page.getByRole('dialog').getByLabel('Name').waitFor();
  await page.getByText('Networks, limits, owner and more').click();
  await check('the form of a credential');
  await page.getByRole('button', { name: 'Commands for app1' }).click();
  await page.getByRole('menuitem', { name: 'Stop a leak' }).waitFor();
  await check('the menu of a credential');
  expect(found).toEqual([]);
});

test('the keyboard alone goes to a page, into a row, and back to the content', async () => {
  await page.goto('/messages');
  await usable(page);
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('content');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForURL('**/credentials');
  await page.getByRole('link', { name: 'app1' }).waitFor();
  await usable(page);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'app1' }).waitFor();
});

test('what opens over a page has the keyboard in its first field, and gives it back when it closes', async () => {
  await page.goto('/credentials');
  await usable(page);
  const create = page.getByRole('button', { name: 'Create a credential' });
  await create.press('Enter');
  await page.locator('[role=dialog] input[name=name]:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.locator(':focus').innerText()).toBe('Create a credential');
  await page.keyboard.press('Control+k');
  await page.locator('[role=combobox]:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: /^Go to a page/ }).waitFor({ state: 'detached' });
  expect(await page.locator(':focus').innerText()).toBe('Create a credential');
});

/** Something of everything that has a page. */
async function fill(): Promise<void> {
  await createCredential(page, 'app1');
  const deferred = { kind: 'deferred', dueAt: new Date(Date.now() + 300_000), maybeDelivered: false } as const;
  const mail = await storeMail(world.store, { message: { subject: 'late' } });
  await recordAttempt(world.store, mail, deferred);
  const ask = async (path: string, body: object) => {
    const status = await page.evaluate(
      async ([to, json]) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(`/api/v1/${to}`, { method: 'POST', headers, body: json ?? '' })).status;
      },
      [path, JSON.stringify(body)],
    );
    if (status >= 300) throw new Error(`${path}: ${status}`);
  };
  await ask('networks', { cidr: '10.1.0.0/16', limits: { messagesPerHour: 100 } });
  await ask('credentials/app1/update', { limits: { messagesPerHour: 100, maxSessions: 5 }, owner: 'Shop team' });
  await ask('domains', { name: 'lab.example' });
  await ask('suppressions', { address: 'gone@receiver.example', reason: 'asked for it' });
  await ask('routes', { name: 'upstream', host: 'smtp.lab.example', domains: ['elsewhere.example'] });
  await ask('sources', { name: 'out1', addresses: ['127.0.0.1'], ehloName: 'out1.lab.example', warmUp: [50, 100] });
  await ask('retry-plans', { scope: 'route', subject: 'upstream', delaysSeconds: [60], giveUpSeconds: 3600 });
  await ask('saved-views', { name: 'Late', query: 'state:deferred' });
  await ask('operations', { kind: 'hold', query: 'to:@nowhere.example', reason: 'a test' });
  await world.store.pool.query(
    "insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts) values ('credential.departure', 'warning', 'credential', 'x', 'app1', 'sends ten times its usual', '{}')",
  );
}

/** The paths within the console that a part of the page links to. */
function links(part: string): Promise<string[]> {
  const selector = JSON.stringify(`${part} a[href^="/"]:not([href^="/api/"])`);
  return page.evaluate<string[]>(`[...document.querySelectorAll(${selector})].map((each) => each.pathname)`);
}

/** Pages that differ by the thing that they show only are one: `/messages/0199…` is `/messages/*`. */
function shapeOf(path: string): string {
  return path
    .split('/')
    .map((part, at) => (at > 1 && /[\d.%]/.test(part) ? '*' : part))
    .join('/');
}
