import { waitFor } from '@postern/lab';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium as root, without a word to anyone outside. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['POSTERN_TEST_CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });
}

/** A page of a visitor of its own, and all that a page should never say or do. */
export interface Visit {
  readonly page: Page;
  /** Faults of scripts, breaches of the content security policy, dialogs, and requests to other places. */
  readonly faults: readonly string[];
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: url, timezoneId: 'Europe/Vienna', ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`fault: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself tells of answers 4yz and 5yz, which tests ask for on purpose.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`error: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) faults.push(`request: ${request.url()}`);
  });
  return { page, faults };
}

/** Goes to a page and waits until it answers to a hand: what the server writes is seen before it can be used. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await usable(page);
}

/** Waits until every control of the page has its handlers. */
export async function usable(page: Page): Promise<void> {
  const controls = page.locator('main :is(a, button, input, select)');
  const ready = (all: readonly object[]) =>
    all.length > 0 && all.every((each) => Object.keys(each).some((key) => key.startsWith('__reactProps')));
  await waitFor(() => controls.evaluateAll(ready), { timeoutMs: 30_000, everyMs: 50, what: 'the page to be usable' });
}

/** Signs in on the page that asks for it. */
export async function signIn(
  page: Page,
  account: { readonly email: string; readonly password: string },
): Promise<void> {
  await usable(page);
  await page.getByLabel('E-mail address').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A credential made in the name of whoever is signed in on the page. */
export async function createCredential(
  page: Page,
  name: string,
): Promise<{ readonly user: string; readonly password: string }> {
  const answer = await page.evaluate(async (credential) => {
    const response = await fetch('/api/v1/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: credential, senderRules: ['@lab.example'] }),
    });
    return { status: response.status, body: await response.text() };
  }, name);
  if (answer.status !== 201) throw new Error(`no credential: ${answer.status} ${answer.body}`);
  const { secret } = JSON.parse(answer.body) as { readonly secret: string };
  return { user: name, password: secret };
}
