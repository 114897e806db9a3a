'use client';

import { useState, type FormEvent } from 'react';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';

/** Changes one's own password. */
export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [state, setState] = useState<'asked' | 'asking' | 'done'>('asked');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const current = passwordOf(form, 'current');
    const wanted = passwordOf(form, 'wanted');
    setState('asking');
    const result = await browserApi.changePassword({ body: { current, wanted } });
    setProblem('problem' in result ? result.problem : undefined);
    setState('problem' in result ? 'asked' : 'done');
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Change your password"
      says="Your other sessions end; this one goes on."
    >
      {state === 'done' ? (
        <div className="flex flex-col gap-4">
          <Callout tone="good" title="Your password is changed">
            Use the new one from now on.
          </Callout>
          <Button className="self-end" onClick={onClose}>
            Close
          </Button>
        </div>
      ) : (
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          {problem && !problem.errors && (
            <Callout
              tone="bad"
              title={problem.code === 'sign-in-refused' ? 'That is not your password' : problem.title}
            >
              {problem.detail}
            </Callout>
          )}
          <TextField
            label="Password of now"
            name="current"
            type="password"
            required
            maxLength={128}
            autoComplete="current-password"
            error={faultOf(problem, 'current')}
          />
          <TextField
            label="New password"
            hint="8 characters or more; a sentence is easier to keep in mind than a riddle."
            name="wanted"
            type="password"
            required
            minLength={8}
            maxLength={128}
            autoComplete="new-password"
            error={faultOf(problem, 'wanted')}
          />
          <div className="flex flex-row-reverse gap-2">
            <Button kind="primary" type="submit" disabled={state === 'asking'}>
              {state === 'asking' ? 'Changing…' : 'Change it'}
            </Button>
            <Button onClick={onClose}>Leave it</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** A password as it was typed: space is part of it. */
function passwordOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
