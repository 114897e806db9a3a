'use client';

import { browserApi } from '../../live/browser-api.ts';
import { DoneDialog } from '../form/done-dialog.tsx';
import { FormDialog } from '../form/form-dialog.tsx';
import { NewPasswordField, PasswordField, passwordOf } from '../form/password-fields.tsx';
import { retitled } from './retitled.ts';

const TITLE = 'Change your password';

/** Changes one's own password. */
export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  return (
    <FormDialog
      title={TITLE}
      says="Your other sessions end; this one goes on."
      verb="Change it"
      busy="Changing…"
      submit={async (form) => {
        const body = { current: passwordOf(form, 'current'), wanted: passwordOf(form, 'wanted') };
        return retitled(await browserApi.changePassword({ body }), 'That is not your password');
      }}
      onClose={onClose}
      shows={() => (
        <DoneDialog title={TITLE} done="Your password is changed" onClose={onClose}>
          Use the new one from now on.
        </DoneDialog>
      )}
    >
      {(problem) => (
        <>
          <PasswordField label="Password of now" name="current" problem={problem} />
          <NewPasswordField label="New password" name="wanted" problem={problem} />
        </>
      )}
    </FormDialog>
  );
}
