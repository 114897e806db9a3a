'use client';

import type { Result } from '@postern/admin-client';
import { TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { retitled } from './retitled.ts';

/** Asks for the password before something is done to one's own account. */
export function ConfirmPassword<T>(props: {
  readonly title: string;
  readonly says: string;
  readonly verb: string;
  /** Whoever comes by single sign-on has none to show. */
  readonly hasPassword: boolean;
  readonly submit: (body: { readonly password?: string }) => Promise<Result<T>>;
  readonly onDone: (value: T) => void;
  readonly onClose: () => void;
}) {
  return (
    <FormDialog
      title={props.title}
      says={props.says}
      verb={props.verb}
      busy="Asking…"
      submit={(form) => {
        const password = form.get('password');
        const given = typeof password === 'string' ? { password } : {};
        return props.submit(given).then((result) => retitled(result, 'That is not your password'));
      }}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      {(problem) =>
        props.hasPassword && (
          <TextField
            label="Your password"
            name="password"
            type="password"
            required
            maxLength={128}
            autoComplete="current-password"
            error={faultOf(problem, 'password')}
          />
        )
      }
    </FormDialog>
  );
}
