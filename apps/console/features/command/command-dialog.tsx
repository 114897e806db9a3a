'use client';

import type { ReactNode } from 'react';
import type { Result } from '@postern/admin-client';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { ProblemCallout } from '../problem/problem-callout.tsx';

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
  return (
    <FormDialog
      title={props.title}
      says={props.says}
      verb={props.verb}
      busy="Asking…"
      kind={props.kind}
      submit={(form) => props.command(reasonOf(form))}
      onDone={() => {
        props.onClose();
        void props.onDone();
      }}
      onClose={props.onClose}
    >
      {(problem) => (
        <>
          {/* No field of its own says what is wrong with it. */}
          {problem?.errors && <ProblemCallout problem={problem} />}
          {props.children}
          {props.reason !== 'none' && <ReasonField />}
        </>
      )}
    </FormDialog>
  );
}
