import type { Browser, BrowserContextOptions } from 'playwright-core';
import { open, openBrowser, signIn, type Visit, visit } from './browser.ts';

/** What a browser comes to: a console, and an account to sign in with. */
interface Visitable extends AsyncDisposable {
  readonly url: string;
  readonly account: { readonly email: string; readonly password: string };
}

/** A running console and a browser; `end` ends both. */
export interface Browsed<World> {
  readonly world: World;
  readonly browser: Browser;
  readonly end: () => Promise<void>;
}

/** A browser beside a console that is starting or has started. */
export async function withBrowser<World extends Visitable>(starting: World | Promise<World>): Promise<Browsed<World>> {
  const [world, browser] = await Promise.all([starting, openBrowser()]);
  const end = async () => {
    await browser.close();
    await world[Symbol.asyncDispose]();
  };
  return { world, browser, end };
}

/** A page of the console that the first account has come to by signing in. */
export async function signedInPage<World extends Visitable>(
  starting: World | Promise<World>,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Browsed<World> & Visit> {
  const browsed = await withBrowser(starting);
  try {
    const seen = await visit(browsed.browser, browsed.world.url, options);
    await open(seen.page, path);
    await signIn(seen.page, browsed.world.account);
    await seen.page.waitForURL(({ pathname }) => pathname !== '/sign-in');
    return { ...browsed, ...seen };
  } catch (fault) {
    await browsed.end();
    throw fault;
  }
}
