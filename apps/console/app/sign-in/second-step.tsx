'use client';

import { useState, type FormEvent } from 'react';
import { Button, Callout, TextField } from '@postern/console-ui';
import { showCode, type Refusal } from './actions.ts';

/** The second step: a code of the authenticator app, or a recovery code. */
export function SecondStepForm(props: { readonly returnPath: string; readonly onBack: () => void }) {
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsking(true);
    const refused = await showCode(new FormData(event.currentTarget));
    if (!refused) return window.location.replace(props.returnPath);
    setAsking(false);
    setRefusal(refused);
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5">
      {refusal && (
        <Callout tone="bad" title={refusal.title}>
          {refusal.says}
        </Callout>
      )}
      <TextField
        label="Code"
        hint="Six digits from your authenticator app, or one of your recovery codes."
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        maxLength={64}
      />
      <Button kind="primary" type="submit" disabled={asking} className="mt-1 h-9">
        {asking ? 'Signing in…' : 'Sign in'}
      </Button>
      <Button kind="quiet" onClick={props.onBack}>
        Begin anew
      </Button>
    </form>
  );
}
