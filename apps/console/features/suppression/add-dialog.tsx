'use client';

import { useState, type FormEvent } from 'react';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { textOf } from '../form/read-form.ts';

/** Suppresses an address by hand. */
export function AddSuppression({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = textOf(form, 'reason');
    const scope = textOf(form, 'scope');
    setAsking(true);
    const result = await browserApi.addSuppression({
      body: { address: textOf(form, 'address'), ...(scope ? { scope } : {}), ...(reason ? { reason } : {}) },
    });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    onClose();
    onDone();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Send to an address no more"
      says="Mail to it is accepted and put down as suppressed, or refused at RCPT where its credential says so."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && !problem.errors && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        <TextField
          label="Address"
          name="address"
          maxLength={320}
          required
          autoFocus
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          error={faultOf(problem, 'address')}
        />
        <TextField
          label="Only for mail from"
          hint="A sender or a domain as @example.org; empty for every sender."
          name="scope"
          maxLength={320}
          autoComplete="off"
          spellCheck={false}
          error={faultOf(problem, 'scope')}
        />
        <TextField label="Reason" name="reason" maxLength={500} autoComplete="off" error={faultOf(problem, 'reason')} />
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Suppressing…' : 'Suppress it'}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}
