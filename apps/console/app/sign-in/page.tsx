import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { Mark } from '../../features/shell/mark.tsx';
import { ThemeMenu } from '../../features/shell/theme-menu.tsx';
import { parseTheme, THEME_COOKIE } from '../../features/shell/theme.ts';
import { safeReturnPath } from '../../features/session/return-path.ts';
import { isSignedIn } from '../../server/api.ts';
import { SignInForm } from './client.tsx';
import { readSearch, type RawSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const { returnTo } = readSearch(await searchParams);
  const path = safeReturnPath(returnTo);
  if (await isSignedIn()) redirect(path);
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
          <SignInForm returnPath={path} />
        </div>
        <p className="mt-4 text-xs text-ink-soft">
          The first account&rsquo;s address and password were printed when Postern was started for the first time.
        </p>
      </main>
    </div>
  );
}
