'use client';

import { useState } from 'react';
import type { NewPassword } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';
import { NewPasswordDialog } from './new-password.tsx';
import { RoleField, roleOf } from './role-field.tsx';

/** Makes an account for a person; then shows its first password, once. */
export function CreateAccount({ onClose }: { readonly onClose: () => void }) {
  const [made, setMade] = useState<NewPassword | undefined>(undefined);
  if (made) return <NewPasswordDialog made={made} onClose={onClose} />;
  return (
    <FormDialog
      title="Make an account"
      says="For one person: what they do is in the audit under their name."
      verb="Make it"
      busy="Making…"
      submit={(form) => {
        const body = { email: textOf(form, 'email'), name: textOf(form, 'name'), role: roleOf(form) };
        return browserApi.createAccount({ body });
      }}
      onDone={setMade}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="E-mail address"
            hint="What they sign in with."
            name="email"
            type="email"
            maxLength={254}
            required
            autoFocus
            autoComplete="off"
            error={faultOf(problem, 'email')}
          />
          <TextField
            label="Name"
            name="name"
            maxLength={100}
            required
            autoComplete="off"
            error={faultOf(problem, 'name')}
          />
          <RoleField initial="operator" />
        </>
      )}
    </FormDialog>
  );
}
