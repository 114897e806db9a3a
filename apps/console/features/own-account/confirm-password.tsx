'use client';

import type { ReactNode } from 'react';
import type { Result } from '@postern/admin-client';
import { FormDialog, type FormFrame } from '../form/form-dialog.tsx';
import { PasswordField, passwordOf } from '../form/password-fields.tsx';
import { retitled } from './retitled.ts';

/** Asks for the password before something is done to one's own account. */
export function ConfirmPassword<Done>({
  hasPassword,
  submit,
  ...frame
}: Omit<FormFrame<Done>, 'busy'> & {
  /** Whoever comes by single sign-on has none to show. */
  readonly hasPassword: boolean;
  readonly submit: (body: { readonly password?: string }) => Promise<Result<Done>>;
  /** What stands in its place when it is done. */
  readonly shows?: (done: Done) => ReactNode;
}) {
  return (
    <FormDialog
      {...frame}
      busy="Asking…"
      submit={async (form) =>
        retitled(await submit(hasPassword ? { password: passwordOf(form) } : {}), 'That is not your password')
      }
    >
      {(problem) => hasPassword && <PasswordField label="Your password" problem={problem} />}
    </FormDialog>
  );
}
