'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import type { Result } from '@postern/admin-client';
import type { Problem } from '@postern/admin-contract';
import { Button, Dialog } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';

/**
 * A form over the page: asks, and is gone when what it asked for was done.
 *
 * It stays open with the problem when it is refused; what is wrong with one field is said at that field, by `children`.
 */
export function FormDialog<T>(props: {
  readonly title: string;
  readonly says: string;
  readonly verb: string;
  /** The verb while the answer is waited for. */
  readonly busy: string;
  /** What is hard to take back is asked for in the colour of harm. */
  readonly kind?: 'primary' | 'danger';
  readonly submit: (form: FormData) => Promise<Result<T>>;
  readonly onDone: (value: T) => void;
  readonly onClose: () => void;
  readonly children: (problem: Problem | undefined) => ReactNode;
}) {
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setAsking(true);
    const result = await props.submit(form);
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    props.onDone(result.ok);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()} title={props.title} says={props.says}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {!problem?.errors && <ProblemCallout problem={problem} />}
        {props.children(problem)}
        <div className="flex flex-row-reverse gap-2">
          <Button kind={props.kind ?? 'primary'} type="submit" disabled={asking}>
            {asking ? props.busy : props.verb}
          </Button>
          <Button onClick={props.onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}
