'use client';

import { useState, type FormEvent } from 'react';
import type { Account, Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { RoleField, roleOf } from './role-field.tsx';

/** Gives an account another role. */
export function RoleDialog(props: {
  readonly account: Account;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { account, onClose, onDone } = props;
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const role = roleOf(new FormData(event.currentTarget));
    setAsking(true);
    const result = await browserApi.setAccountRole({ params: { account: account.id }, body: { role } });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    onClose();
    onDone();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`The role of ${account.email}`}
      says="It holds from the next click on."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        <RoleField initial={account.role} />
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Changing…' : 'Change'}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}
