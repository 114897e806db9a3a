'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import type { Result } from '@postern/admin-client';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, TextField } from '@postern/console-ui';

/**
 * Asks before a command is given: what it does and to how many, and why. The reason goes into the audit.
 *
 * It stays open with the problem when the command is refused.
 */
export function CommandDialog(props: {
  readonly title: string;
  readonly says: string;
  readonly verb: string;
  readonly kind: 'primary' | 'danger';
  /** `none`: the command takes no reason. */
  readonly reason?: 'none';
  readonly onClose: () => void;
  readonly command: (body: { readonly reason?: string }) => Promise<Result<unknown>>;
  readonly onDone: () => void | Promise<void>;
  /** What stands above the reason: more to choose, or what it is for. */
  readonly children?: ReactNode;
}) {
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('reason');
    const reason = typeof given === 'string' ? given.trim() : '';
    setAsking(true);
    const result = await props.command(reason ? { reason } : {});
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    props.onClose();
    await props.onDone();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()} title={props.title} says={props.says}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        {props.children}
        {props.reason !== 'none' && (
          <TextField
            label="Reason"
            hint="For the audit; may be left empty."
            name="reason"
            maxLength={500}
            autoComplete="off"
          />
        )}
        <div className="flex flex-row-reverse gap-2">
          <Button kind={props.kind} type="submit" disabled={asking}>
            {asking ? 'Asking…' : props.verb}
          </Button>
          <Button onClick={props.onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}
