'use client';

import { useState, type FormEvent } from 'react';
import type { NewPassword, Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { textOf } from '../form/read-form.ts';
import { NewPasswordDialog } from './new-password.tsx';
import { RoleField, roleOf } from './role-field.tsx';

/** Makes an account for a person; then shows its first password, once. */
export function CreateAccount({ onClose }: { readonly onClose: () => void }) {
  const [made, setMade] = useState<NewPassword | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setAsking(true);
    const result = await browserApi.createAccount({
      body: { email: textOf(form, 'email'), name: textOf(form, 'name'), role: roleOf(form) },
    });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    setMade(result.ok);
  };
  if (made) return <NewPasswordDialog made={made} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Make an account"
      says="For one person: what they do is in the audit under their name."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && !problem.errors && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        <TextField
          label="E-mail address"
          hint="What they sign in with."
          name="email"
          type="email"
          maxLength={254}
          required
          autoFocus
          autoComplete="off"
          error={faultOf(problem, 'email')}
        />
        <TextField
          label="Name"
          name="name"
          maxLength={100}
          required
          autoComplete="off"
          error={faultOf(problem, 'name')}
        />
        <RoleField initial="operator" />
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Making…' : 'Make it'}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}
