'use client';

import { useState } from 'react';
import type { NewPassword } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { NewPasswordDialog } from './new-password.tsx';
import { personOf, PersonFields } from './person-fields.tsx';

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
      submit={(form) => browserApi.createAccount({ body: personOf(form) })}
      onDone={setMade}
      onClose={onClose}
    >
      {(problem) => <PersonFields emailHint="What they sign in with." problem={problem} />}
    </FormDialog>
  );
}
