'use client';

import { useEffect, useState, type FormEvent } from 'react';
import type { Problem, Role } from '@postern/admin-contract';
import { Button, buttonLook, Callout, OutsideText, TextField } from '@postern/console-ui';
import { ROLE_SAYS } from '../../features/account/role-field.tsx';
import { faultOf } from '../../features/form/fault-of.ts';
import { NewPasswordField, passwordOf } from '../../features/form/password-fields.tsx';
import { textOf } from '../../features/form/read-form.ts';
import { browserApi } from '../../live/browser-api.ts';

interface Invited {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** Looks at the invitation, and makes the account with a password of its owner's own. */
export function InvitationClient() {
  const [invited, setInvited] = useState<Invited | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [state, setState] = useState<'asked' | 'asking' | 'done'>('asked');
  useEffect(() => {
    const token = window.location.hash.slice(1) || 'none';
    void browserApi.showInvitation({ body: { token } }).then((result) => {
      if ('problem' in result) setProblem(result.problem);
      else setInvited({ ...result.ok, token });
    });
  }, []);

  if (state === 'done') {
    return (
      <div className="flex flex-col gap-4">
        <Callout tone="good" title="Your account is made">
          Sign in with your e-mail address and the password that you chose. Then add a passkey or an authenticator app
          under “Your account”: a password alone is little for who can send as anyone.
        </Callout>
        <a href="/sign-in" className={buttonLook('primary')}>
          Sign in
        </a>
      </div>
    );
  }
  if (!invited) {
    if (!problem) return <p className="text-sm text-ink-soft">Looking at the invitation…</p>;
    return <Refused problem={problem} />;
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState('asking');
    const body = { token: invited.token, name: textOf(form, 'name'), password: passwordOf(form) };
    const result = await browserApi.acceptInvitation({ body });
    setProblem('problem' in result ? result.problem : undefined);
    setState('problem' in result ? 'asked' : 'done');
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5">
      {problem && !problem.errors && <Refused problem={problem} />}
      <p className="text-sm">
        For{' '}
        <span className="font-medium break-all">
          <OutsideText text={invited.email} />
        </span>
        . Your role will be {ROLE_SAYS[invited.role]}.
      </p>
      <input type="hidden" name="username" autoComplete="username" value={invited.email} readOnly />
      <TextField
        label="Your name"
        name="name"
        defaultValue={invited.name}
        required
        maxLength={100}
        autoComplete="name"
        error={faultOf(problem, 'name')}
      />
      <NewPasswordField label="Password" problem={problem} />
      <Button kind="primary" type="submit" disabled={state === 'asking'} className="mt-1 h-9">
        {state === 'asking' ? 'Making it…' : 'Make the account'}
      </Button>
    </form>
  );
}

/** Why the account is not made, and what to do. */
function Refused({ problem }: { readonly problem: Problem }) {
  switch (problem.code) {
    case 'not-found':
      return (
        <Callout tone="bad" title="This link is good no longer">
          It was used, revoked, or has ended. If you made your account with it,{' '}
          <a className="underline" href="/sign-in">
            sign in
          </a>
          ; else ask whoever sent it for another one.
        </Callout>
      );
    case 'conflict':
      return (
        <Callout tone="bad" title="There is an account with this address">
          It was made in another way:{' '}
          <a className="underline" href="/sign-in">
            sign in
          </a>{' '}
          with it. If it is not yours, ask whoever sent the link.
        </Callout>
      );
    case 'too-many-requests':
      return (
        <Callout tone="bad" title="Too many attempts">
          {problem.detail}
        </Callout>
      );
    default:
      return (
        <Callout tone="bad" title={problem.title}>
          {problem.detail}
        </Callout>
      );
  }
}
