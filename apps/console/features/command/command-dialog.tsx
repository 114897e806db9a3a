'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import type { Result } from '@postern/admin-client';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog } from '@postern/console-ui';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';

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
    const body = reasonOf(new FormData(event.currentTarget));
    setAsking(true);
    const result = await props.command(body);
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
        {props.reason !== 'none' && <ReasonField />}
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
