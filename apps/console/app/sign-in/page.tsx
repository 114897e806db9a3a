import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { buttonLook, Callout } from '@postern/console-ui';
import { Mark } from '../../features/shell/mark.tsx';
import { ThemeMenu } from '../../features/shell/theme-menu.tsx';
import { parseTheme, THEME_COOKIE } from '../../features/shell/theme.ts';
import { safeReturnPath } from '../../features/session/return-path.ts';
import { isSignedIn, waysToSignIn } from '../../server/api.ts';
import { SignInForm } from './client.tsx';
import { readSearch, type RawSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const { returnTo, refused } = readSearch(await searchParams);
  const path = safeReturnPath(returnTo);
  const [signedIn, ways] = await Promise.all([isSignedIn(), waysToSignIn()]);
  if (signedIn) redirect(path);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-13 items-center justify-end px-3">
        <ThemeMenu initial={parseTheme((await cookies()).get(THEME_COOKIE)?.value)} />
      </header>
      <main className="mx-auto w-full max-w-[23rem] px-4 pt-[9dvh] pb-16">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark className="size-8" />
          <div>
            <p className="text-lg leading-5 font-semibold tracking-tight">Postern</p>
            <p className="text-xs text-ink-soft">Outbound mail gateway</p>
          </div>
        </div>
        <div className="rounded-lg border border-line bg-surface p-5">
          <h1 className="mb-4 text-lg font-semibold">Sign in</h1>
          {refused && (
            <Callout tone="bad" title="You were not signed in" className="mb-4">
              The single sign-on did not say who you are, or gives you no role here. Ask whoever runs Postern.
            </Callout>
          )}
          <SignInForm returnPath={path} />
          {ways.singleSignOn && (
            <>
              <p className="my-3.5 text-center text-xs text-ink-soft">or</p>
              {/* Not a link of the router: the answer leads to another site. */}
              <a href="/api/v1/session/single-sign-on" className={buttonLook('plain', 'h-9 w-full')}>
                Sign in with {ways.singleSignOn}
              </a>
            </>
          )}
        </div>
        <p className="mt-4 text-xs text-ink-soft">
          The first account&rsquo;s address and password were printed when Postern was started for the first time.
        </p>
      </main>
    </div>
  );
}
