'use client';

import { useState, type FormEvent } from 'react';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, LinesField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { linesOf, textOf } from '../form/read-form.ts';

/** Lists a network: whose hosts may relay without a credential, and whom they may send as. */
export function AddNetwork({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const senderRules = linesOf(form, 'senders');
    setAsking(true);
    const result = await browserApi.addNetwork({
      body: { cidr: textOf(form, 'cidr'), ...(senderRules.length > 0 ? { senderRules } : {}) },
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
      title="List a network"
      says="Everything that connects from it may relay without signing in. Keep it as small as the devices that cannot sign in."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && !problem.errors && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        <TextField
          label="Network"
          hint="A CIDR or one address: 192.0.2.0/24, 2001:db8::/64, 192.0.2.7."
          name="cidr"
          maxLength={49}
          required
          autoFocus
          autoComplete="off"
          spellCheck={false}
          error={faultOf(problem, 'cidr')}
        />
        <LinesField
          label="Its hosts may send as"
          hint="One a line: an address, or a whole domain as @example.org; empty for anyone."
          name="senders"
          rows={3}
          spellCheck={false}
          autoCapitalize="none"
          error={faultOf(problem, 'senderRules')}
        />
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Listing…' : 'List it'}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}
