'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { browserSupportsWebAuthnAutofill, WebAuthnAbortService } from '@simplewebauthn/browser';
import { KeyRound } from 'lucide-react';
import { Button, Callout } from '@postern/console-ui';
import { signInWithPasskey } from './sign-in-with-passkey.ts';
import type { DeviceFault } from './what-happened.ts';

/** Before what the API asked of the passkeys at the address field is good no longer. */
const OFFER_AGAIN_MS = 4 * 60_000;

/** Signs in with a passkey: by this button, or by one that the browser shows at the address field. */
export function PasskeyButton({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const [fault, setFault] = useState<DeviceFault | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const byHand = useRef(false);

  const finish = useCallback(
    (ended: Awaited<ReturnType<typeof signInWithPasskey>>) => {
      if (ended === 'signed-in') return onSignedIn();
      if (ended) setFault(ended);
    },
    [onSignedIn],
  );
  const offer = useCallback(async () => {
    if (byHand.current || document.hidden || !(await browserSupportsWebAuthnAutofill())) return;
    // A browser asks its devices one thing at a time: what was asked by hand is not taken away.
    finish(await signInWithPasskey('autofill', () => !byHand.current));
  }, [finish]);
  useEffect(() => {
    void offer();
    const again = () => void offer();
    const timer = setInterval(again, OFFER_AGAIN_MS);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
      WebAuthnAbortService.cancelCeremony();
    };
  }, [offer]);

  const ask = async () => {
    byHand.current = true;
    setAsking(true);
    setFault(undefined);
    const ended = await signInWithPasskey('at once');
    finish(ended);
    if (ended === 'signed-in') return;
    byHand.current = false;
    setAsking(false);
    void offer();
  };
  return (
    <div className="flex flex-col gap-3">
      {fault && (
        <Callout tone="bad" title={fault.title}>
          {fault.says}
        </Callout>
      )}
      <Button icon={KeyRound} className="h-9 w-full" disabled={asking} onClick={() => void ask()}>
        {asking ? 'Asking your device…' : 'Sign in with a passkey'}
      </Button>
    </div>
  );
}
