'use client';

import type { ReactNode } from 'react';
import type { Result } from '@postern/admin-client';
import { FormDialog, type FormFrame } from '../form/form-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { ProblemCallout } from '../problem/problem-callout.tsx';

/**
 * Asks before a command is given: what it does and to how many, and why. The reason goes into the audit.
 *
 * It stays open with the problem when the command is refused.
 */
export function CommandDialog<Done>({
  command,
  reason,
  children,
  ...frame
}: Omit<FormFrame<Done>, 'busy'> & {
  readonly kind: 'primary' | 'danger';
  /** `none`: the command takes no reason. */
  readonly reason?: 'none';
  readonly command: (body: { readonly reason?: string }) => Promise<Result<Done>>;
  /** What stands in its place when it is done. */
  readonly shows?: (done: Done) => ReactNode;
  /** What stands above the reason: more to choose, or what it is for. */
  readonly children?: ReactNode;
}) {
  return (
    <FormDialog {...frame} busy="Asking…" submit={(form) => command(reasonOf(form))}>
      {(problem) => (
        <>
          {/* No field of its own says what is wrong with it. */}
          {problem?.errors && <ProblemCallout problem={problem} />}
          {children}
          {reason !== 'none' && <ReasonField />}
        </>
      )}
    </FormDialog>
  );
}
