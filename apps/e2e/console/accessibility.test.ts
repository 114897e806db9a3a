import { afterAll, expect, test } from 'vitest';
import { accessibilityFaults, consoleWorld, fillConsole, signedInPage, usable } from '../src/index.ts';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
/** By how much a page is wider than its window. */
const WIDER = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
/** A page enlarged four times (WCAG 1.4.10), and letters twice as large (1.4.4). */
const REFLOWS = [
  [{ width: 320, height: 640 }, 16],
  [{ width: 1280, height: 800 }, 32],
] as const;

const { world, page, end } = await signedInPage(consoleWorld(), '/credentials', { viewport: WIDE });
await page.getByRole('button', { name: 'Create a credential' }).first().waitFor();
await fillConsole(world, page);
afterAll(end);

test(
  'no page has a fault that axe finds, in either theme, wide or narrow, or scrolls sideways when it is narrow or large',
  { timeout: 240_000 },
  async () => {
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
      for (const [size, fontPixels] of REFLOWS) {
        await page.setViewportSize(size);
        await setFontSize(fontPixels);
        const beyond = await page.evaluate<number>(WIDER);
        if (beyond > 0) found.push(`${path} ${size.width} with letters of ${fontPixels}: ${beyond} pixels too wide`);
      }
      await setFontSize(16);
    }
    // Lists, one thing of each, and what lies below.
    expect([...seen]).toEqual(
      expect.arrayContaining(['/', '/messages/*', '/credentials/*', '/networks/*', '/domains/*']),
    );
    expect(found).toEqual([]);
  },
);

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

test('a command of the palette is given on the page that it leads to as well, and as often as one likes', async () => {
  await page.goto('/networks');
  await usable(page);
  for (let time = 0; time < 2; time++) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Go to a page/ }).fill('list a net');
    await page.getByRole('option', { name: /^List a network/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /network/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForURL((url) => url.search === '');
  }
});

test('the keyboard is at the content of the page when what it was at is gone', async () => {
  await page.goto('/networks');
  await usable(page);
  await page.getByRole('button', { name: 'Commands for 10.1.0.0/16' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter');
  await page.getByText('No network is listed').waitFor();
  await page.locator('#content:focus').waitFor();
});

test('a menu is walked with the arrows, its dialog keeps the keyboard, and both give it back to the button', async () => {
  await page.goto('/credentials');
  await usable(page);
  const button = page.getByRole('button', { name: 'Commands for app1' });
  await button.press('Enter');
  await page.locator('[role=menuitem]:focus').getByText('Disable').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('[role=menuitem]:focus').getByText('Revoke').waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Revoke app1' });
  await dialog.locator('select:focus').waitFor();
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press(step < 5 ? 'Tab' : 'Shift+Tab');
    expect(await dialog.locator(':focus').count(), `step ${step}`).toBe(1);
  }
  await page.keyboard.press('Escape');
  await page.locator('button:focus[aria-label="Commands for app1"]').waitFor();
});

/** The words of a control whose middle something else covers. */
const HIDDEN = `(() => {
  const here = document.activeElement;
  const { left, top, width, height } = here.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  return above === here || here.contains(above) ? null : here.textContent;
})()`;

test('what the keyboard comes to does not lie below what sticks to the top of the page', async () => {
  await page.setViewportSize({ width: 1440, height: 420 });
  await page.goto('/credentials');
  await page.getByRole('link', { name: 'app1' }).click();
  await page.getByRole('heading', { name: 'app1' }).waitFor();
  await usable(page);
  const controls = page.locator('main :is(a, button, summary)').filter({ visible: true });
  await controls.last().focus();
  for (let left = await controls.count(); left > 1; left--) {
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate<string | null>(HIDDEN)).toBeNull();
  }
  await page.setViewportSize(WIDE);
});

test('who asked for less motion is shown none, and who sees the colours of the system sees what is chosen', async () => {
  const moving = () => page.evaluate<number>('document.getAnimations().length');
  await page.goto('/credentials');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving()).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  expect(await moving()).toBe(0);
  const outline = (selector: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).outlineStyle`);
  expect(await outline('nav [aria-current=page]')).toBe('solid');
  await usable(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
  expect(await outline('[role=option][aria-selected=true]')).toBe('solid');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ forcedColors: 'none' });
});

/** Letters as large as the viewer wants them, by the setting of the browser. */
async function setFontSize(pixels: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: pixels, fixed: (pixels * 13) / 16 } });
  await session.detach();
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
