'use client';

import { useState, useSyncExternalStore, type FormEvent } from 'react';
import { Button, Callout, TextField } from '@postern/console-ui';
import { signIn, type Refusal } from './actions.ts';
import { OtherWays } from './other-ways.tsx';
import { SecondStepForm } from './second-step.tsx';

const NO_REFUSAL: Refusal = { title: '', says: '', fields: {} };

/** The ways to sign in that there are here. */
export interface Ways {
  readonly singleSignOn: string | null;
  readonly passkeysAt: string | null;
}

/** The form with the other ways below it, or the second step where one is asked for. */
export function SignInForm({ returnPath, ways }: { readonly returnPath: string; readonly ways: Ways }) {
  const [second, setSecond] = useState(false);
  if (second) return <SecondStepForm returnPath={returnPath} onBack={() => setSecond(false)} />;
  return (
    <>
      <PasswordForm returnPath={returnPath} onSecondStep={() => setSecond(true)} />
      <OtherWays returnPath={returnPath} ways={ways} />
    </>
  );
}

/** Its button works once the page does, so that no password ever travels as a plain form. */
function PasswordForm(props: { readonly returnPath: string; readonly onSecondStep: () => void }) {
  const [refusal, setRefusal] = useState(NO_REFUSAL);
  const [asking, setAsking] = useState(false);
  const ready = useReady();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setAsking(true);
    const refused = await signIn(new FormData(form));
    if (refused === 'second-step') {
      setAsking(false);
      return props.onSecondStep();
    }
    if (!refused) {
      // Loaded anew, so that nothing of the page before stays in the browser's memory.
      window.location.replace(props.returnPath);
      return;
    }
    setAsking(false);
    setRefusal(refused);
    const first = form.elements.namedItem(refused.fields.email ? 'email' : 'password');
    if (first instanceof HTMLInputElement) first.focus();
  };

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5" noValidate>
      {refusal.title && (
        <Callout tone="bad" title={refusal.title}>
          {refusal.says}
        </Callout>
      )}
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        error={refusal.fields.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={refusal.fields.password}
      />
      <Button kind="primary" type="submit" disabled={!ready || asking} className="mt-1 h-9">
        {asking ? 'Signing in…' : 'Sign in'}
      </Button>
      <noscript>
        <p className="text-xs text-ink-soft">The console needs JavaScript, which this browser does not run.</p>
      </noscript>
    </form>
  );
}

/** False while the page is only what the server wrote. */
function useReady(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
