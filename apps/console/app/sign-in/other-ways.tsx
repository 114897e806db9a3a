'use client';

import { useCallback } from 'react';
import { buttonLook } from '@postern/console-ui';
import { PasskeyButton } from '../../features/passkey/passkey-button.tsx';
import { usePasskeysHere } from '../../features/passkey/passkeys-here.ts';
import type { Ways } from './client.tsx';

/** What signs in beside the password: a passkey, the organisation's single sign-on. */
export function OtherWays({ returnPath, ways }: { readonly returnPath: string; readonly ways: Ways }) {
  const { passkeysAt, singleSignOn } = ways;
  const here = usePasskeysHere(passkeysAt);
  const onSignedIn = useCallback(() => window.location.replace(returnPath), [returnPath]);
  return (
    <>
      {(here === 'here' || singleSignOn) && <p className="my-3.5 text-center text-xs text-ink-soft">or</p>}
      <div className="flex flex-col gap-2.5">
        {here === 'here' && <PasskeyButton onSignedIn={onSignedIn} />}
        {singleSignOn && (
          // Not a link of the router: the answer leads to another site.
          <a href="/api/v1/session/single-sign-on" className={buttonLook('plain', 'h-9 w-full')}>
            Sign in with {singleSignOn}
          </a>
        )}
      </div>
      {here === 'elsewhere' && (
        <p className="mt-4 text-xs text-ink-soft">
          To sign in with a passkey, open the console at{' '}
          <a className="break-all underline" href={`${passkeysAt}/sign-in?return=${encodeURIComponent(returnPath)}`}>
            {passkeysAt}
          </a>
          : passkeys are bound to that name.
        </p>
      )}
    </>
  );
}
