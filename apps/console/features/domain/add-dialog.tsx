'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { textOf } from '../form/read-form.ts';

/** Adds a sending domain, and goes to its page, where the records to publish are. */
export function AddDomain({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const rotate = Number(textOf(form, 'rotate'));
    setAsking(true);
    const result = await browserApi.addDomain({
      body: {
        name: textOf(form, 'name'),
        subDomains: form.has('subDomains'),
        rotateDays: rotate > 0 ? rotate : null,
      },
    });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    router.push(`/domains/${encodeURIComponent(result.ok.name)}`);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add a sending domain"
      says="Its keys are made here, and its mail is signed from now on. Then you publish the records that its page shows."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && !problem.errors && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        <TextField
          label="Domain"
          hint="What stands behind the @ of the senders: example.org."
          name="name"
          maxLength={255}
          required
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={faultOf(problem, 'name')}
        />
        <label className="flex min-h-6 items-center gap-2 text-sm">
          <input type="checkbox" name="subDomains" className="size-4 accent-accent" />
          It also signs for its sub-domains
        </label>
        <TextField
          label="New keys every so many days"
          hint="Empty: only when you ask for it."
          name="rotate"
          type="number"
          min={1}
          max={3650}
          error={faultOf(problem, 'rotateDays')}
        />
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Making its keys…' : 'Add it'}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}
