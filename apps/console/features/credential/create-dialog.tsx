'use client';

import { useState, type FormEvent } from 'react';
import type { NewCredential, Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, LinesField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { linesOf, textOf } from '../form/read-form.ts';
import { NewSecret } from './new-secret.tsx';

/** Makes a credential: what it is for and whom it may send as; then shows its secret, once. */
export function CreateCredential({ onClose }: { readonly onClose: () => void }) {
  const [made, setMade] = useState<NewCredential | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = readForm(new FormData(event.currentTarget));
    setAsking(true);
    const result = await browserApi.createCredential({ body });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    setMade(result.ok);
  };

  if (made)
    return (
      // The secret is shown once: the dialog closes by its own button only.
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`${made.credential.name} is ready`}
        says="This is the only time that its secret is shown. Copy it now."
      >
        <NewSecret made={made} onDone={onClose} />
      </Dialog>
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Create a credential"
      says="For one application or device, so that it can be revoked alone."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && !problem.errors && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        <TextField
          label="Name"
          hint="What it signs in with, such as app1 or printer-2nd-floor."
          name="name"
          maxLength={64}
          required
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={faultOf(problem, 'name')}
        />
        <LinesField
          label="May send as"
          hint="One a line: an address, or a whole domain as @example.org."
          name="senders"
          rows={3}
          required
          spellCheck={false}
          autoCapitalize="none"
          error={faultOf(problem, 'senderRules')}
        />
        <LinesField
          label="Only from these networks"
          hint="One address or CIDR a line; empty for anywhere."
          name="networks"
          rows={2}
          spellCheck={false}
          error={faultOf(problem, 'networks')}
        />
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Creating…' : 'Create'}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}

function readForm(form: FormData) {
  return { name: textOf(form, 'name'), senderRules: linesOf(form, 'senders'), networks: linesOf(form, 'networks') };
}
