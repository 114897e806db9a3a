'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import type { Result } from '@postern/admin-client';
import type { Problem } from '@postern/admin-contract';
import { Button, Dialog, DialogFooter } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';

/** What a form over the page says of itself, and what follows from it. */
export interface FormFrame<Done> {
  readonly title: string;
  readonly says: string;
  readonly verb: string;
  /** The verb while the answer is waited for. */
  readonly busy: string;
  /** Hears what was done. */
  readonly onDone?: (done: Done) => void | Promise<void>;
  readonly onClose: () => void;
}

/**
 * A form over the page: asks, and is gone when what it asked for was done.
 *
 * It stays open with the problem when it is refused; what is wrong with one field is said at that field, by `children`.
 */
export function FormDialog<Done>(
  props: FormFrame<Done> & {
    /** What is hard to take back is asked for in the colour of harm. */
    readonly kind?: 'primary' | 'danger';
    /** False: there is nothing to send yet. */
    readonly ready?: boolean;
    /** Undefined: nothing was asked for after all, and the form says why. */
    readonly submit: (form: FormData) => Promise<Result<Done> | undefined>;
    /** What stands in its place when it is done, such as a secret that is shown this once. */
    readonly shows?: (done: Done) => ReactNode;
    readonly children?: (problem: Problem | undefined) => ReactNode;
  },
) {
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<{ readonly value: Done } | undefined>(undefined);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setAsking(true);
    const result = await props.submit(form);
    setAsking(false);
    setProblem(result && 'problem' in result ? result.problem : undefined);
    if (!result || 'problem' in result) return;
    if (props.shows) setDone({ value: result.ok });
    else props.onClose();
    void props.onDone?.(result.ok);
  };
  if (done && props.shows) return props.shows(done.value);
  return (
    <Dialog title={props.title} says={props.says} onClose={props.onClose}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {!problem?.errors && <ProblemCallout problem={problem} />}
        {props.children?.(problem)}
        <DialogFooter>
          <Button kind={props.kind ?? 'primary'} type="submit" disabled={asking || props.ready === false}>
            {asking ? props.busy : props.verb}
          </Button>
          <Button onClick={props.onClose}>Leave it</Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
