import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Callout } from '@postern/console-ui';
import { safeReturnPath } from '../../features/session/return-path.ts';
import { EntryCard } from '../../features/shell/entry-card.tsx';
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
    <EntryCard
      title="Sign in"
      below={
        <>
          <p>No account yet? Whoever runs Postern sends you an invitation.</p>
          <p className="mt-1.5">
            The first account&rsquo;s address and password were printed when Postern was started for the first time.
          </p>
          <p className="mt-1.5">
            Locked out? An owner lets you in again, or <code className="font-mono">postern account reset</code> on the
            machine.
          </p>
        </>
      }
    >
      {refused && (
        <Callout tone="bad" title="You were not signed in" className="mb-4">
          The single sign-on did not say who you are, or gives you no role here. Ask whoever runs Postern.
        </Callout>
      )}
      <SignInForm returnPath={path} ways={ways} />
    </EntryCard>
  );
}
