'use client';

import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { NewPasswordDialog } from './new-password.tsx';
import { personOf, PersonFields } from './person-fields.tsx';

/** Makes an account for a person; then shows its first password, once. */
export function CreateAccount({ onClose }: { readonly onClose: () => void }) {
  return (
    <FormDialog
      title="Make an account"
      says="For one person: what they do is in the audit under their name."
      verb="Make it"
      busy="Making…"
      submit={(form) => browserApi.createAccount({ body: personOf(form) })}
      onClose={onClose}
      shows={(made) => <NewPasswordDialog made={made} onClose={onClose} />}
    >
      {(problem) => <PersonFields emailHint="What they sign in with." problem={problem} />}
    </FormDialog>
  );
}
