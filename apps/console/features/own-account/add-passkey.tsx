'use client';

import { TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { PasswordField, passwordOf } from '../form/password-fields.tsx';
import { textOf } from '../form/read-form.ts';
import { addPasskey } from '../passkey/add-passkey.ts';
import { deviceOf } from './device-of.ts';

/** Adds a passkey: its name and the password here, the rest on the device. */
export function AddPasskey({ onDone, onClose }: { readonly onDone: () => void; readonly onClose: () => void }) {
  return (
    <FormDialog
      title="Add a passkey"
      says="Your browser asks next where it is to be kept: on this device, in a password manager, on a telephone or a security key."
      verb="Go on"
      busy="Asking your device…"
      submit={(form) => addPasskey({ name: textOf(form, 'name'), password: passwordOf(form) })}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Name"
            hint="By which you know it among others."
            name="name"
            defaultValue={deviceOf(navigator.userAgent)}
            required
            maxLength={60}
            autoComplete="off"
            error={faultOf(problem, 'name')}
          />
          <PasswordField label="Your password" problem={problem} />
        </>
      )}
    </FormDialog>
  );
}
